import { useQueryClient } from '@tanstack/react-query'
import * as api from '#api/contract-changes'
import type { Change } from '#api/contract-changes'
import { monthsAfter } from '#core/recurrence.ts'
import { call } from '#web/http/call.ts'
import { Dialog } from '#web/ui/dialog.tsx'
import { FieldRow, NumberField, TextField } from '#web/ui/field.tsx'
import { Form, useForm } from '#web/ui/form.tsx'
import { notify } from '#web/ui/notices.tsx'
import { useText } from '#web/ui/text.tsx'
import { useNow } from '#web/ui/use-now.ts'

const DAY = /^\d{4}-\d{2}-\d{2}$/

interface DialogProps {
  readonly change: Change
  readonly onClose: () => void
}

/** The signature: what it produces is done together, or not at all. */
export function SignDialog({ change: { id, version }, onClose }: DialogProps) {
  const t = useText()
  const client = useQueryClient()
  const today = useNow().toISOString().slice(0, 10)
  const form = useForm({
    initial: { signedOn: today, effectiveFrom: monthsAfter(`${today.slice(0, 7)}-01`, 1) },
    check: ({ signedOn, effectiveFrom }) => ({
      signedOn: DAY.test(signedOn) ? undefined : t('changes.day-missing'),
      effectiveFrom: DAY.test(effectiveFrom) ? undefined : t('changes.day-missing'),
    }),
    async submit(body) {
      await call(api.signChange, { params: { id }, body, match: version })
      await client.invalidateQueries()
      notify(t('changes.state.signed'))
      onClose()
    },
  })
  return (
    <Dialog title={t('changes.step.signed')} onClose={onClose}>
      <Form form={form} action={t('changes.step.signed')} onCancel={onClose}>
        <p className="pl-quiet">{t('changes.sign-hint')}</p>
        <FieldRow>
          <TextField field={form.field('signedOn')} label={t('changes.signed-on')} type="date" />
          <TextField field={form.field('effectiveFrom')} label={t('changes.effective-from')} type="date" />
        </FieldRow>
      </Form>
    </Dialog>
  )
}

/** Hours of a team, for which nobody has signed yet or somebody has. */
export function WorkDialog({ change: { id }, onClose }: DialogProps) {
  const t = useText()
  const client = useQueryClient()
  const form = useForm<{ day: string; hours: number | null; note: string }>({
    initial: { day: useNow().toISOString().slice(0, 10), hours: null, note: '' },
    check: ({ day, hours, note }) => ({
      day: DAY.test(day) ? undefined : t('changes.day-missing'),
      hours: hours === null || hours <= 0 ? t('changes.hours-missing') : undefined,
      note: note.trim() === '' ? t('changes.note-missing') : undefined,
    }),
    async submit({ day, hours, note }) {
      const body = { day, minutes: Math.max(1, Math.round((hours ?? 0) * 60)), note }
      await call(api.addChangeWork, { params: { id }, body })
      await client.invalidateQueries({ queryKey: ['changes'] })
      notify(t('changes.work-booked'))
      onClose()
    },
  })
  return (
    <Dialog title={t('changes.book-work')} onClose={onClose}>
      <Form form={form} action={t('changes.book-work')} onCancel={onClose}>
        <FieldRow>
          <TextField field={form.field('day')} label={t('changes.day')} type="date" />
          <NumberField field={form.field('hours')} label={t('changes.hours')} digits={2} min={0} />
        </FieldRow>
        <TextField field={form.field('note')} label={t('changes.note')} maxLength={400} />
      </Form>
    </Dialog>
  )
}
