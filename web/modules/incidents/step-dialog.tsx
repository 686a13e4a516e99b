import { useQueryClient } from '@tanstack/react-query'
import type { IncidentPage, PauseReason } from '#api/incidents'
import * as api from '#api/incidents'
import { pauseReasons } from '#api/incidents'
import { call } from '#web/http/call.ts'
import { Button } from '#web/ui/button.tsx'
import { Dialog } from '#web/ui/dialog.tsx'
import { RadioField, TextAreaField, TextField } from '#web/ui/field.tsx'
import { Form, useForm } from '#web/ui/form.tsx'
import { MomentField } from '#web/ui/moment-field.tsx'
import { useText } from '#web/ui/text.tsx'
import { useAgreements } from './choices.ts'
import { draftOf } from '#web/ui/drafts.ts'
import { promisedFor } from './promise.ts'
import { showChanged } from './queries.ts'
import { type Ending, endingOf, ResolveFields, useEndingProblems } from './resolve-fields.tsx'
import type { AskingStep } from './steps.ts'
import { useStep } from './use-steps.ts'
import { waitWords } from './words.ts'

interface Words extends Ending {
  readonly reason: PauseReason | ''
  /** Why it is cancelled. */
  readonly cancelledFor: (typeof cancelReasons)[number]
  readonly note: string
  readonly evidence: string
  readonly resumeAt: Date | null
}

const cancelReasons = ['mistake', 'reclassified', 'other'] as const

interface StepDialogProps {
  readonly incident: IncidentPage
  readonly step: AskingStep
  readonly onClose: () => void
}

/** A step that needs words: why it waits, what was done, why it is taken up again or given up. */
export function StepDialog({ incident, step, onClose }: StepDialogProps) {
  const t = useText()
  const take = useStep(incident)
  const draft = draftOf(incident.id, step)
  const needsWords = step === 'resolve'
  const problemsOf = useEndingProblems()
  const client = useQueryClient()
  const initial: Words = {
    reason: '',
    cancelledFor: 'other',
    note: draft.words,
    evidence: '',
    resumeAt: null,
    ...endingOf(incident),
  }
  const form = useForm({
    initial,
    check: ({ reason, note, resumeAt, ...rest }) => ({
      ...(step === 'resolve' && problemsOf(incident, rest)),
      ...(resumeAt !== null && resumeAt <= new Date() && { resumeAt: t('incidents.hold.until-past') }),
      ...(step === 'hold' && reason === '' && { reason: t('incidents.hold.reason-needed') }),
      ...(needsWords && note.trim() === '' && { note: t('incidents.resolve.note-needed') }),
    }),
    submit: async (values) => {
      const { reason, cancelledFor, note, evidence, resumeAt, resolutionCode, workaround } = values
      if (step === 'resolve') await completeBefore(values)
      await take(step, {
        ...(step === 'resolve' && { workaround, ...(resolutionCode !== '' && { resolutionCode }) }),
        ...(reason !== '' && { reason }),
        ...(step === 'cancel' && cancelledFor !== 'other' && { cancelledFor }),
        ...(note.trim() !== '' && { note: note.trim() }),
        ...(evidence.trim() !== '' && { evidence: evidence.trim() }),
        ...(resumeAt !== null && { resumeAt }),
      })
      draft.drop()
      onClose()
    },
  })
  /** What is asked for of the incident itself is told first: what is resolved has it already. */
  async function completeBefore({ category, service }: Words) {
    const body = { ...(category.trim() !== '' && { category: category.trim() }), ...(service !== '' && { service }) }
    if (Object.keys(body).length === 0) return
    const { version } = await call(api.getIncident, { params: { id: incident.id } })
    showChanged(client, await call(api.changeIncident, { params: { id: incident.id }, body, match: version }))
  }
  const note = form.field('note')
  return (
    <Dialog title={t(`incidents.${step}.title`, { number: incident.number })} onClose={onClose}>
      <Form
        form={form}
        action={t(`incidents.${step}.do`)}
        beside={
          <Button onClick={onClose}>{t(step === 'cancel' ? 'incidents.cancel.keep' : 'incidents.not-now')}</Button>
        }
      >
        {step === 'hold' && <ReasonField incident={incident} field={form.field('reason')} />}
        {step === 'hold' && (
          <MomentField
            field={form.field('resumeAt')}
            label={t('incidents.hold.until')}
            hint={t('incidents.hold.until-hint')}
            zone={incident.site?.timeZone ?? incident.customer.timeZone}
          />
        )}
        {step === 'cancel' && (
          <RadioField
            field={form.field('cancelledFor')}
            label={t('incidents.cancel.why')}
            options={cancelReasons.map((value) => ({ value, label: t(`incidents.cancel.why.${value}`) }))}
          />
        )}
        <TextAreaField
          field={{
            ...note,
            onChange: (words) => {
              draft.keep(words)
              note.onChange(words)
            },
          }}
          label={t(`incidents.${step}.note`)}
          hint={t(`incidents.${step}.note-hint`)}
          optional={!needsWords}
          rows={step === 'resolve' ? 5 : 3}
        />
        {step === 'resolve' && <ResolveFields incident={incident} form={form} />}
        <TextField
          field={form.field('evidence')}
          label={t('incidents.evidence')}
          hint={t('incidents.evidence.hint')}
          maxLength={2000}
          optional
        />
      </Form>
    </Dialog>
  )
}

interface ReasonFieldProps {
  readonly incident: IncidentPage
  readonly field: Parameters<typeof RadioField<PauseReason | ''>>[0]['field']
}

/** Why it waits, and what that does to the resolution clock by the agreement. */
function ReasonField({ incident, field }: ReasonFieldProps) {
  const t = useText()
  const agreements = useAgreements(incident.customer.id)
  const promised = promisedFor(agreements, incident.service?.id ?? null, incident.openedAt)
  const hasClock = incident.clocks.some(({ metric }) => metric === 'resolution')
  const pauses = (reason: PauseReason) =>
    hasClock && promised !== null && promised.version.terms.pausedBy.includes(reason)
  return (
    <RadioField
      field={field}
      label={t('incidents.hold.reason')}
      {...(hasClock && promised !== null && { hint: t('incidents.hold.hint') })}
      options={pauseReasons.map((value) => ({
        value,
        label: t('incidents.hold.option', { wait: waitWords(t, value), pauses: pauses(value) ? 'yes' : 'no' }),
      }))}
    />
  )
}
