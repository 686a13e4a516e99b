import { useState } from 'react'
import type { IncidentPage } from '#api/incidents'
import * as api from '#api/tasks'
import { call } from '#web/http/call.ts'
import { Dialog } from '#web/ui/dialog.tsx'
import { CheckField, FieldRow, NumberField, TextAreaField, TextField } from '#web/ui/field.tsx'
import { Form, useForm } from '#web/ui/form.tsx'
import { notify } from '#web/ui/notices.tsx'
import { useText } from '#web/ui/text.tsx'
import { useReaderZone } from '#web/ui/use-format.ts'
import { todayIn } from './period.ts'

interface WorkDialogProps {
  readonly incident: IncidentPage
  readonly onDone: () => Promise<void>
  readonly onClose: () => void
}

/** Items to tick off, one on each line. */
export function ChecklistDialog({ incident, onDone, onClose }: WorkDialogProps) {
  const t = useText()
  const itemsOf = (lines: string) =>
    lines
      .split('\n')
      .map((line) => line.trim())
      .filter(Boolean)
  const form = useForm({
    initial: { lines: '' },
    check: ({ lines }) => ({ ...(itemsOf(lines).length === 0 && { lines: t('work.checklist.needed') }) }),
    submit: async ({ lines }) => {
      await call(api.addChecklist, { params: { id: incident.id }, body: { items: itemsOf(lines) } })
      await onDone()
    },
  })
  return (
    <Dialog title={t('work.checklist.add')} onClose={onClose}>
      <Form form={form} action={t('work.save')} onCancel={onClose}>
        <TextAreaField field={form.field('lines')} label={t('work.checklist.lines')} rows={6} />
      </Form>
    </Dialog>
  )
}

/** Time that one spent oneself. */
export function TimeDialog({ incident, onDone, onClose }: WorkDialogProps) {
  const t = useText()
  const zone = useReaderZone()
  const [today] = useState(() => todayIn(zone, new Date()))
  const initial: {
    readonly minutes: number | null
    readonly day: string
    readonly note: string
    readonly billable: boolean
  } = { minutes: 15, day: today, note: '', billable: false }
  const form = useForm({
    initial,
    check: ({ minutes }) => ({
      ...((minutes === null || minutes < 1 || minutes > 1440) && { minutes: t('work.time.minutes-needed') }),
    }),
    submit: async ({ minutes, ...rest }) => {
      const body = { ...rest, note: rest.note.trim(), minutes: minutes! }
      await call(api.bookTime, { params: { id: incident.id }, body })
      notify(t('work.time.booked', { minutes: minutes! }))
      await onDone()
    },
  })
  const { field } = form
  return (
    <Dialog title={t('work.time.add')} onClose={onClose}>
      <Form form={form} action={t('work.save')} onCancel={onClose}>
        <FieldRow>
          <NumberField field={field('minutes')} label={t('work.time.minutes')} min={1} max={1440} />
          <TextField field={field('day')} label={t('work.time.day')} type="date" />
        </FieldRow>
        <TextField field={field('note')} label={t('work.time.note')} maxLength={400} optional />
        <CheckField field={field('billable')} label={t('work.time.billable')} />
        <p className="pl-small pl-quiet">{t('work.time.who-sees')}</p>
      </Form>
    </Dialog>
  )
}
