import * as api from '#api/major-incidents'
import type { MajorIncidentPage, MajorIncidentState } from '#api/major-incidents'
import { call } from '#web/http/call.ts'
import { useSession } from '#web/modules/people/index.ts'
import { useColleagues } from '#web/modules/incidents/index.ts'
import { Dialog } from '#web/ui/dialog.tsx'
import { NumberField, TextAreaField } from '#web/ui/field.tsx'
import { Form, useForm } from '#web/ui/form.tsx'
import { MomentField } from '#web/ui/moment-field.tsx'
import { notify } from '#web/ui/notices.tsx'
import { PersonField } from '#web/ui/person-field.tsx'
import { textChoice } from '#web/ui/text-choice.ts'
import { useText } from '#web/ui/text.tsx'
import { useChanged } from './queries.ts'
import { zoneOf } from './words.ts'

interface Values {
  readonly at: Date | null
  readonly note: string
  readonly commander: string
  readonly minutes: number | null
}

interface StepDialogProps {
  readonly major: MajorIncidentPage
  readonly to: MajorIncidentState
  readonly onClose: () => void
}

/** A step: when it was, and what it needs. In the moment of it Enter is enough. */
export function StepDialog({ major, to, onClose }: StepDialogProps) {
  const t = useText()
  const changed = useChanged()
  const { person } = useSession()
  const colleagues = useColleagues()
  const names = major.commander === null && to === 'declared'
  const people = [...(person === null || colleagues.some(({ id }) => id === person.id) ? [] : [person]), ...colleagues]
  const form = useForm<Values>({
    initial: { at: null, note: '', commander: person?.id ?? '', minutes: major.stabilityMinutes ?? 120 },
    check: ({ note, commander }) => ({
      ...(to === 'dismissed' && note.trim() === '' && { note: t('major-incidents.words-needed') }),
      ...(names && commander === '' && { commander: t('major-incidents.declare.commander-needed') }),
    }),
    submit: async ({ at, note, commander, minutes }) => {
      const words = note.trim()
      const reply = await call(api.transitMajorIncident, {
        params: { id: major.id },
        body: {
          to,
          ...(at !== null && { occurredAt: at }),
          ...(words !== '' && (to === 'dismissed' ? { reason: words } : { note: words })),
          ...(names && { commander }),
          ...(to === 'monitoring' && minutes !== null && { stabilityMinutes: minutes }),
        },
      })
      await changed(reply)
      notify(t('major-incidents.stepped', { to: textChoice(to) }))
      onClose()
    },
  })
  const tells = ['mitigated', 'restored', 'dismissed', 'stood-down'].includes(to)
  const dates = ['investigating', 'mitigated', 'restored'].includes(to)
  return (
    <Dialog title={t(`major-incidents.to.${to}`)} onClose={onClose}>
      <Form form={form} action={t('major-incidents.step-do', { to: textChoice(to) })} onCancel={onClose}>
        {to === 'restored' && <p>{t('major-incidents.restored-hint', { number: major.incident.number })}</p>}
        {names && (
          <PersonField
            field={form.field('commander')}
            label={t('major-incidents.commander')}
            people={people.map(({ id, name }) => ({ id, name }))}
          />
        )}
        {to === 'monitoring' && (
          <NumberField
            field={form.field('minutes')}
            label={t('major-incidents.stability')}
            hint={t('major-incidents.stability-hint')}
            min={0}
            max={20_160}
            width={160}
          />
        )}
        {tells && (
          <TextAreaField
            field={form.field('note')}
            label={t(to === 'dismissed' ? 'major-incidents.dismiss-why' : 'major-incidents.what-was-done')}
            {...(to !== 'dismissed' && { optional: true })}
            rows={3}
          />
        )}
        {dates && (
          <MomentField
            field={form.field('at')}
            label={t('major-incidents.when')}
            hint={t('major-incidents.when-hint')}
            zone={zoneOf(major)}
          />
        )}
      </Form>
    </Dialog>
  )
}
