import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import * as api from '#api/forums'
import type { RunInFull } from '#api/forums'
import { call } from '#web/http/call.ts'
import { Dialog } from '#web/ui/dialog.tsx'
import { CheckField, FieldRow, TextAreaField } from '#web/ui/field.tsx'
import { Form, useForm } from '#web/ui/form.tsx'
import { MomentField } from '#web/ui/moment-field.tsx'
import { notify } from '#web/ui/notices.tsx'
import { useText } from '#web/ui/text.tsx'
import classes from './forums.module.css'

interface RecordDialogProps {
  readonly run: RunInFull
  readonly state: 'held' | 'not-held'
  readonly onClose: () => void
}

interface Values {
  readonly beganAt: Date | null
  readonly endedAt: Date | null
  readonly minutes: string
  readonly reason: string
}

/** Writes down what became of a meeting: when, who was there, what was said; or why it was not held. */
export function RecordDialog({ run, state, onClose }: RecordDialogProps) {
  const t = useText()
  const client = useQueryClient()
  const { id, version, members, plannedAt, minutesPlanned, timeZone } = run
  const held = state === 'held'
  const fresh = run.state !== 'held'
  const [present, setPresent] = useState<ReadonlySet<string>>(
    new Set(members.filter((each) => fresh || each.present).map((each) => each.id)),
  )
  const initial: Values = {
    beganAt: run.beganAt ?? plannedAt,
    endedAt: run.endedAt ?? new Date(plannedAt.getTime() + minutesPlanned * 60_000),
    minutes: run.minutes ?? '',
    reason: '',
  }
  const form = useForm({
    initial,
    check: ({ reason, beganAt }) => ({
      reason: !held && reason.trim() === '' ? t('forums.reason-needed') : undefined,
      beganAt: held && beganAt === null ? t('forums.began-needed') : undefined,
    }),
    async submit({ beganAt, endedAt, minutes, reason }) {
      const body = held
        ? {
            state,
            minutes,
            present: [...present],
            ...(beganAt && { beganAt }),
            ...(endedAt && { endedAt }),
          }
        : { state, reason }
      await call(api.recordRun, { params: { id }, body, match: version })
      await client.invalidateQueries({ queryKey: ['forums'] })
      notify(t('forums.recorded'))
      onClose()
    },
  })
  const toggle = (person: string) => (there: boolean) =>
    setPresent((before) => new Set(there ? [...before, person] : [...before].filter((each) => each !== person)))
  return (
    <Dialog title={t(held ? 'forums.record' : 'forums.record-not')} onClose={onClose} width={600}>
      <Form form={form} action={t('forums.save')} onCancel={onClose}>
        {held ? (
          <>
            <FieldRow>
              <MomentField field={form.field('beganAt')} label={t('forums.began')} zone={timeZone} />
              <MomentField field={form.field('endedAt')} label={t('forums.ended-at')} zone={timeZone} />
            </FieldRow>
            <fieldset className={classes.days}>
              <legend>{t('forums.attendance')}</legend>
              {members.map((person) => (
                <CheckField
                  key={person.id}
                  field={{
                    name: person.id,
                    value: present.has(person.id),
                    onChange: toggle(person.id),
                    error: undefined,
                  }}
                  label={person.name}
                />
              ))}
            </fieldset>
            <TextAreaField
              field={form.field('minutes')}
              label={t('forums.minutes-of')}
              hint={t('forums.minutes-hint')}
              rows={6}
              maxLength={20_000}
              optional
            />
          </>
        ) : (
          <TextAreaField field={form.field('reason')} label={t('forums.reason')} rows={3} maxLength={1000} />
        )}
      </Form>
    </Dialog>
  )
}
