import { useQuery, useQueryClient } from '@tanstack/react-query'
import * as api from '#api/margin'
import { type PlanCategory, planCategories, type PlanVersion, planVersions } from '#api/margin'
import { decimalsOf } from '#core/exchange.ts'
import { monthsAfter } from '#core/recurrence.ts'
import { call } from '#web/http/call.ts'
import { Dialog } from '#web/ui/dialog.tsx'
import { FieldRow, NumberField, SelectField, TextField } from '#web/ui/field.tsx'
import { Form, useForm } from '#web/ui/form.tsx'
import { notify } from '#web/ui/notices.tsx'
import { useText } from '#web/ui/text.tsx'
import { useMoney } from '#web/ui/use-money.ts'
import { useNow } from '#web/ui/use-now.ts'
import { plannedQuery } from './queries.ts'

type Amounts = Readonly<Record<PlanCategory, number | null>>

type Written = Amounts & {
  readonly version: PlanVersion
  readonly from: string
  readonly to: string
  readonly units: number | null
  readonly hours: number | null
}

const nothing = Object.fromEntries(planCategories.map((each) => [each, null])) as Amounts
const MONTH = /^\d{4}-(0[1-9]|1[0-2])$/
/** So many months at most are written at once. */
const MOST_MONTHS = 120

/** Months from one to another, both included; empty where the one is after the other. */
function monthsIn({ from, to }: Pick<Written, 'from' | 'to'>): readonly string[] {
  const months: string[] = []
  for (let month = from; month <= to && months.length <= MOST_MONTHS;) {
    months.push(month)
    month = monthsAfter(`${month}-01`, 1).slice(0, 7)
  }
  return months
}

/** What was offered, budgeted or is forecast, the same for each of some months; what is left empty stays as it is. */
export function PlanDialog({
  contractId,
  currency,
  onClose,
}: {
  readonly contractId: string
  readonly currency: string
  readonly onClose: () => void
}) {
  const t = useText()
  const client = useQueryClient()
  const money = useMoney()
  const digits = decimalsOf(currency)
  const next = monthsAfter(`${useNow().toISOString().slice(0, 7)}-01`, 1).slice(0, 7)
  const initial: Written = { ...nothing, version: 'forecast', from: next, to: next, units: null, hours: null }
  const filled = (written: Written) => planCategories.filter((each) => written[each] !== null)
  const form = useForm<Written>({
    initial,
    check: (written) => {
      const isMonth = (month: string) => (MONTH.test(month) ? undefined : t('margin.month-missing'))
      const months = monthsIn(written)
      return {
        from: isMonth(written.from),
        to:
          isMonth(written.to) ?? (months.length === 0 || months.length > MOST_MONTHS ? t('margin.plan-to') : undefined),
        'revenue:fixed': filled(written).length === 0 ? t('margin.plan-nothing') : undefined,
      }
    },
    async submit(written) {
      const { version, units, hours } = written
      const lines = monthsIn(written).flatMap((month) =>
        filled(written).map((category) => ({
          month,
          category,
          amountMinor: Math.round((written[category] ?? 0) * 10 ** digits),
          ...(category === 'revenue:volume' && units !== null && { quantity: units }),
          ...(category === 'cost:labour' && hours !== null && { quantity: Math.round(hours * 60) }),
        })),
      )
      await call(api.putPlan, { params: { id: contractId, version }, body: { lines } })
      await client.invalidateQueries({ queryKey: ['margin'] })
      notify(t('margin.plan-written', { months: monthsIn(written).length }))
      onClose()
    },
  })
  const { version, from } = form.values
  const { data: profit } = useQuery({ ...plannedQuery(contractId, from), enabled: MONTH.test(from) })
  const side = profit?.months.find(({ month }) => month === from)?.[version]
  const stands = (category: PlanCategory) => {
    if (!side) return t('margin.plan-now', { amount: '–' })
    const [kind, name] = category.split(':') as ['revenue' | 'cost', never]
    const amountMinor: number = side[kind][name]
    return t('margin.plan-now', { amount: amountMinor === 0 ? '–' : money({ amountMinor, currency }) })
  }
  const amount = (category: PlanCategory) => (
    <NumberField
      key={category}
      field={form.field(category)}
      label={t(`margin.${category.replace(':', '.') as 'revenue.fixed'}`)}
      hint={stands(category)}
      digits={digits}
    />
  )
  const pairsOf = (kind: 'revenue' | 'cost') => {
    const of = planCategories.filter((each) => each.startsWith(`${kind}:`))
    return of.flatMap((_, index) => (index % 2 === 0 ? [of.slice(index, index + 2)] : []))
  }
  return (
    <Dialog title={t('margin.plan-write')} onClose={onClose}>
      <Form form={form} action={t('margin.plan-write')} onCancel={onClose}>
        <p className="pl-quiet">{t('margin.plan-hint', { currency })}</p>
        <SelectField
          field={form.field('version')}
          label={t('margin.plan-version')}
          options={planVersions.map((value) => ({ value, label: t(`margin.version.${value}`) }))}
        />
        <FieldRow>
          <TextField field={form.field('from')} label={t('margin.from-month')} hint={t('margin.month-form')} />
          <TextField field={form.field('to')} label={t('margin.to-month')} hint={t('margin.month-form')} />
        </FieldRow>
        {[...pairsOf('revenue'), ...pairsOf('cost')].map((pair) => (
          <FieldRow key={pair[0]}>{pair.map(amount)}</FieldRow>
        ))}
        <FieldRow>
          <NumberField field={form.field('units')} label={t('margin.plan-units')} min={0} optional />
          <NumberField field={form.field('hours')} label={t('margin.plan-hours')} min={0} digits={2} optional />
        </FieldRow>
      </Form>
    </Dialog>
  )
}
