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

const kinds = ['corrected-timestamp', 'late-pause', 'disputed-pause', 'wrong-agreement', 'exclusion'] as const
type Kind = (typeof kinds)[number]

interface Values {
  readonly kind: Kind
  readonly fact: string
  readonly pause: string
  readonly at: Date | null
  readonly from: Date | null
  readonly to: Date | null
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
    from: null,
    to: null,
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
    paths: {
      'change.fact': 'fact',
      'change.occurredAt': 'at',
      'change.from': 'from',
      'change.to': 'to',
      'change.service': 'service',
      'change.clock': 'clock',
    },
    check: (values) => ({ ...missing(values), ...whyErrors(t, values) }),
    submit: (values) => request({ ...whyOf(values), change: changeOf(values) }),
  })
  const { kind } = form.values

  function missing({ fact, pause, at, from, to, waitedFor, service, clock: of, excludedFor }: Values) {
    const needed = t('corrections.new.choose')
    if (kind === 'corrected-timestamp')
      return { ...(fact === '' && { fact: needed }), ...(at === null && { at: t('corrections.new.at-needed') }) }
    if (kind === 'late-pause')
      return {
        ...(from === null && { from: t('corrections.new.waited-from-needed') }),
        ...(to === null && { to: t('corrections.new.waited-to-needed') }),
        ...(from !== null && to !== null && to <= from && { to: t('corrections.new.waited-backwards') }),
        ...(waitedFor === '' && { waitedFor: needed }),
      }
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
      case 'late-pause': {
        const [from, to] = [values.from!.toISOString(), values.to!.toISOString()]
        return { ...common, kind: values.kind, from, to, waitedFor: reasonOf(values) }
      }
      case 'disputed-pause':
        return { ...common, kind: values.kind, fact: values.pause, waitedFor: reasonOf(values) }
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
      {kind === 'late-pause' && <LatePauseFields form={form} incident={incident} />}
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

/** What was chosen among the reasons of pauses. */
function reasonOf({ waitedFor: chosen }: Values) {
  return pauseReasons.find((reason) => reason === chosen)!
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

function LatePauseFields({ form, incident: { site, customer } }: FieldsProps) {
  const t = useText()
  const zone = site?.timeZone ?? customer.timeZone
  return (
    <>
      <MomentField field={form.field('from')} label={t('corrections.new.waited-from')} zone={zone} />
      <MomentField
        field={form.field('to')}
        label={t('corrections.new.waited-to')}
        hint={t('corrections.new.waited-to-hint')}
        zone={zone}
      />
      <WaitedForField form={form} />
    </>
  )
}

function PauseFields({ form, incident, pauses }: FieldsProps & { readonly pauses: readonly HistoryEntry[] }) {
  const t = useText()
  const { options } = useOptions(incident, pauses)
  return (
    <>
      <SelectField field={form.field('pause')} label={t('corrections.new.pause')} options={options} />
      <WaitedForField form={form} />
    </>
  )
}

function WaitedForField({ form }: Pick<FieldsProps, 'form'>) {
  const t = useText()
  return (
    <RadioField
      field={form.field('waitedFor')}
      label={t('corrections.new.waited-for')}
      hint={t('corrections.new.waited-for-hint')}
      options={pauseReasons.map((value) => ({ value, label: t(`corrections.wait.${value}`) }))}
    />
  )
}
