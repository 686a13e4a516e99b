import { useSuspenseQuery } from '@tanstack/react-query'
import { exclusionReasons } from '#api/corrections'
import { type HistoryEntry, type IncidentPage, pauseReasons } from '#api/incidents'
import { RadioField, SelectField } from '#web/ui/field.tsx'
import { type FormState, useForm } from '#web/ui/form.tsx'
import { MomentField } from '#web/ui/moment-field.tsx'
import { textChoice } from '#web/ui/text-choice.ts'
import { useText } from '#web/ui/text.tsx'
import { useFormat } from '#web/ui/use-format.ts'
import { beginsPause, isMovable, useFactWords } from './fact-words.ts'
import { factsQuery } from './queries.ts'
import { RequestForm } from './request-form.tsx'
import { NONE, ServiceField } from './service-field.tsx'
import { useRequest } from './use-request.ts'
import { whyErrors, whyOf } from './why-fields.tsx'

const kinds = ['corrected-timestamp', 'disputed-pause', 'wrong-agreement', 'exclusion'] as const
type Kind = (typeof kinds)[number]

interface Values {
  readonly kind: Kind
  readonly fact: string
  readonly pause: string
  readonly at: Date | null
  readonly waitedFor: string
  readonly service: string
  readonly clock: string
  readonly excludedFor: string
  readonly reason: string
  readonly evidence: string
}

interface IncidentCorrectionProps {
  readonly incident: IncidentPage
  /** The clock whose result is to be left out, where one came from it. */
  readonly clock: string | undefined
}

/** What was recorded wrongly of an incident, or why one of its results does not count. */
export function IncidentCorrection({ incident, clock }: IncidentCorrectionProps) {
  const t = useText()
  const request = useRequest()
  const { data: facts } = useSuspenseQuery(factsQuery(incident.id))
  const pauses = facts.filter(beginsPause)
  const stopped = incident.clocks.filter(({ state }) => state === 'met' || state === 'breached-stopped')
  const initial: Values = {
    kind: clock === undefined ? 'corrected-timestamp' : 'exclusion',
    fact: '',
    pause: pauses.length === 1 ? pauses[0]!.id : '',
    at: null,
    waitedFor: '',
    service: '',
    clock: clock ?? (stopped.length === 1 ? stopped[0]!.id : ''),
    excludedFor: '',
    reason: '',
    evidence: '',
  }
  const offered = kinds.filter(
    (kind) => (kind !== 'disputed-pause' || pauses.length > 0) && (kind !== 'exclusion' || stopped.length > 0),
  )
  const form = useForm<Values>({
    initial,
    paths: { 'change.fact': 'fact', 'change.occurredAt': 'at', 'change.service': 'service', 'change.clock': 'clock' },
    check: (values) => ({ ...missing(values), ...whyErrors(t, values) }),
    submit: (values) => request({ ...whyOf(values), change: changeOf(values) }),
  })
  const { kind } = form.values

  function missing({ fact, pause, at, waitedFor, service, clock: of, excludedFor }: Values) {
    const needed = t('corrections.new.choose')
    if (kind === 'corrected-timestamp')
      return { ...(fact === '' && { fact: needed }), ...(at === null && { at: t('corrections.new.at-needed') }) }
    if (kind === 'disputed-pause')
      return { ...(pause === '' && { pause: needed }), ...(waitedFor === '' && { waitedFor: needed }) }
    if (kind === 'wrong-agreement') return { ...(service === '' && { service: needed }) }
    return { ...(of === '' && { clock: needed }), ...(excludedFor === '' && { excludedFor: needed }) }
  }

  function changeOf(values: Values): Parameters<typeof request>[0]['change'] {
    const common = { incident: incident.id }
    switch (values.kind) {
      case 'corrected-timestamp':
        return { ...common, kind: values.kind, fact: values.fact, occurredAt: values.at!.toISOString() }
      case 'disputed-pause': {
        const waitedFor = pauseReasons.find((reason) => reason === values.waitedFor)!
        return { ...common, kind: values.kind, fact: values.pause, waitedFor }
      }
      case 'wrong-agreement':
        return { ...common, kind: values.kind, service: values.service === NONE ? null : values.service }
      case 'exclusion':
        break
    }
    const excludedFor = exclusionReasons.find((reason) => reason === values.excludedFor)!
    return { kind: 'exclusion', clock: values.clock, excludedFor }
  }

  return (
    <RequestForm form={form}>
      <RadioField
        field={form.field('kind')}
        label={t('corrections.new.what')}
        options={offered.map((value) => ({
          value,
          label: t(`corrections.new.kind.${value}`),
          hint: t(`corrections.new.kind-hint.${value}`),
        }))}
      />
      {kind === 'corrected-timestamp' && <MomentFields form={form} incident={incident} facts={facts} />}
      {kind === 'disputed-pause' && <PauseFields form={form} incident={incident} pauses={pauses} />}
      {kind === 'wrong-agreement' && (
        <ServiceField
          field={form.field('service')}
          label={t('corrections.new.service-right')}
          customer={incident.customer.id}
          now={incident.service}
        />
      )}
      {kind === 'exclusion' && (
        <>
          <RadioField
            field={form.field('clock')}
            label={t('corrections.new.clock')}
            options={stopped.map(({ id, metric }) => ({
              value: id,
              label: t('corrections.metric', { metric: textChoice(metric) }),
            }))}
          />
          <RadioField
            field={form.field('excludedFor')}
            label={t('corrections.new.excluded-for')}
            options={exclusionReasons.map((value) => ({ value, label: t(`corrections.excluded.${value}`) }))}
          />
        </>
      )}
    </RequestForm>
  )
}

interface FieldsProps {
  readonly form: FormState<Values>
  readonly incident: IncidentPage
}

function useOptions({ site, customer }: IncidentPage, facts: readonly HistoryEntry[]) {
  const t = useText()
  const format = useFormat()
  const words = useFactWords()
  const zone = site?.timeZone ?? customer.timeZone
  const options = facts.map((fact) => ({
    value: fact.id,
    label: `${format.instant(fact.occurredAt, zone)} · ${words(fact)}`,
  }))
  return { zone, options: [{ value: '', label: t('corrections.new.choose-one') }, ...options] }
}

function MomentFields({ form, incident, facts }: FieldsProps & { readonly facts: readonly HistoryEntry[] }) {
  const t = useText()
  const { zone, options } = useOptions(incident, facts.filter(isMovable))
  return (
    <>
      <SelectField field={form.field('fact')} label={t('corrections.new.fact')} options={options} />
      <MomentField field={form.field('at')} label={t('corrections.new.really')} zone={zone} />
    </>
  )
}

function PauseFields({ form, incident, pauses }: FieldsProps & { readonly pauses: readonly HistoryEntry[] }) {
  const t = useText()
  const { options } = useOptions(incident, pauses)
  return (
    <>
      <SelectField field={form.field('pause')} label={t('corrections.new.pause')} options={options} />
      <RadioField
        field={form.field('waitedFor')}
        label={t('corrections.new.waited-for')}
        hint={t('corrections.new.waited-for-hint')}
        options={pauseReasons.map((value) => ({ value, label: t(`corrections.wait.${value}`) }))}
      />
    </>
  )
}
