import { useSuspenseQuery } from '@tanstack/react-query'
import { exclusionReasons } from '#api/corrections'
import { approvalSides, isCounted, type RequestEntry, type RequestPage } from '#api/requests'
import { RadioField, SelectField } from '#web/ui/field.tsx'
import { useForm } from '#web/ui/form.tsx'
import { MomentField } from '#web/ui/moment-field.tsx'
import { useText } from '#web/ui/text.tsx'
import { useFormat } from '#web/ui/use-format.ts'
import { useOrderFactWords } from './order-fact-words.ts'
import { orderFactsQuery } from './queries.ts'
import { RequestForm } from './request-form.tsx'
import { NONE, ServiceField } from './service-field.tsx'
import { useRequest } from './use-request.ts'
import { whyErrors, whyOf } from './why-fields.tsx'

const kinds = ['order-timestamp', 'order-pause', 'order-agreement', 'order-exclusion'] as const
type Kind = (typeof kinds)[number]

interface Values {
  readonly kind: Kind
  readonly fact: string
  readonly at: Date | null
  readonly asked: string
  readonly waitedFor: string
  readonly service: string
  readonly excludedFor: string
  readonly reason: string
  readonly evidence: string
}

interface OrderCorrectionProps {
  readonly request: RequestPage
  /** Whoever comes from its result wants to leave that out. */
  readonly exclude: boolean
}

/** What was recorded wrongly of an order, or why its result does not count. */
export function OrderCorrection({ request, exclude }: OrderCorrectionProps) {
  const t = useText()
  const send = useRequest()
  const { data: facts } = useSuspenseQuery(orderFactsQuery(request.id))
  const options = useOptions(request)
  const asked = facts.filter(({ kind }) => kind === 'request.approval-asked')
  const isOver = request.promise?.state === 'met' || request.promise?.state === 'breached-stopped'
  const offered = kinds.filter(
    (kind) => (kind !== 'order-pause' || asked.length > 0) && (kind !== 'order-exclusion' || isOver),
  )
  const form = useForm<Values>({
    initial: {
      kind: exclude && isOver ? 'order-exclusion' : 'order-timestamp',
      fact: '',
      at: null,
      asked: asked.length === 1 ? asked[0]!.id : '',
      waitedFor: '',
      service: '',
      excludedFor: '',
      reason: '',
      evidence: '',
    },
    paths: { 'change.fact': 'fact', 'change.occurredAt': 'at', 'change.service': 'service' },
    check: (values) => ({ ...missing(values), ...whyErrors(t, values) }),
    submit: (values) => send({ ...whyOf(values), change: changeOf(values) }),
  })
  const { kind } = form.values

  function missing(values: Values) {
    const needed = t('corrections.new.choose')
    const without = (...names: (keyof Values)[]) =>
      Object.fromEntries(names.filter((name) => values[name] === '').map((name) => [name, needed]))
    if (kind === 'order-pause') return without('asked', 'waitedFor')
    if (kind === 'order-agreement') return without('service')
    if (kind === 'order-exclusion') return without('excludedFor')
    return { ...without('fact'), ...(values.at === null && { at: t('corrections.new.at-needed') }) }
  }

  function changeOf(values: Values): Parameters<typeof send>[0]['change'] {
    const of = { request: request.id }
    switch (values.kind) {
      case 'order-timestamp':
        return { ...of, kind: values.kind, fact: values.fact, occurredAt: values.at!.toISOString() }
      case 'order-pause': {
        const waitedFor = approvalSides.find((side) => side === values.waitedFor)!
        return { ...of, kind: values.kind, fact: values.asked, waitedFor }
      }
      case 'order-agreement':
        return { ...of, kind: values.kind, service: values.service === NONE ? null : values.service }
      case 'order-exclusion':
        break
    }
    const excludedFor = exclusionReasons.find((reason) => reason === values.excludedFor)!
    return { ...of, kind: 'order-exclusion', excludedFor }
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
      {kind === 'order-timestamp' && (
        <>
          <SelectField
            field={form.field('fact')}
            label={t('corrections.new.fact')}
            options={options(facts.filter(isCounted))}
          />
          <MomentField field={form.field('at')} label={t('corrections.new.really')} zone={request.customer.timeZone} />
        </>
      )}
      {kind === 'order-pause' && (
        <>
          <SelectField field={form.field('asked')} label={t('corrections.new.asked')} options={options(asked)} />
          <RadioField
            field={form.field('waitedFor')}
            label={t('corrections.new.waited-for')}
            hint={t('corrections.new.order-waited-hint')}
            options={approvalSides.map((value) => ({ value, label: t(`corrections.side-of.${value}`) }))}
          />
        </>
      )}
      {kind === 'order-agreement' && (
        <ServiceField
          field={form.field('service')}
          label={t('corrections.new.order-service-right')}
          customer={request.customer.id}
          now={request.service}
        />
      )}
      {kind === 'order-exclusion' && (
        <RadioField
          field={form.field('excludedFor')}
          label={t('corrections.new.excluded-for')}
          options={exclusionReasons.map((value) => ({ value, label: t(`corrections.excluded.${value}`) }))}
        />
      )}
    </RequestForm>
  )
}

function useOptions({ customer: { timeZone } }: RequestPage) {
  const t = useText()
  const format = useFormat()
  const words = useOrderFactWords()
  return (facts: readonly RequestEntry[]) => [
    { value: '', label: t('corrections.new.choose-one') },
    ...facts.map((fact) => ({
      value: fact.id,
      label: `${format.instant(fact.occurredAt, timeZone)} · ${words(fact)}`,
    })),
  ]
}
