import { useQuery, useQueryClient, useSuspenseQuery } from '@tanstack/react-query'
import * as api from '#api/budgets'
import { type BudgetLine, forecastReasons, funds } from '#api/budgets'
import { decimalsOf } from '#core/exchange.ts'
import { call } from '#web/http/call.ts'
import { Dialog } from '#web/ui/dialog.tsx'
import { FieldRow, NumberField, SelectField, TextAreaField, TextField } from '#web/ui/field.tsx'
import { Form, type FormState, useForm } from '#web/ui/form.tsx'
import { notify } from '#web/ui/notices.tsx'
import { SearchField } from '#web/ui/search-field.tsx'
import { useText } from '#web/ui/text.tsx'
import { useFormat } from '#web/ui/use-format.ts'
import { appropriationsQuery, lineQuery, placesQuery } from './queries.ts'
import { useFundWord } from './words.tsx'

export const minorOf = (amount: number | null, currency: string) =>
  Math.round((amount ?? 0) * 10 ** decimalsOf(currency))

/** The months of a year, `YYYY-MM`. */
export function monthsIn(year: number): readonly string[] {
  return Array.from({ length: 12 }, (_, index) => `${year}-${String(index + 1).padStart(2, '0')}`)
}

interface NewLineProps {
  readonly year: number
  readonly customer: string | undefined
  readonly onClose: () => void
}

/** A line that costs the same each month to begin with; its plan is changed month by month afterwards. */
export function NewLineDialog({ year, customer, onClose }: NewLineProps) {
  const t = useText()
  const client = useQueryClient()
  const fundWord = useFundWord()
  const { data: asked } = useSuspenseQuery(appropriationsQuery(customer))
  const form = useForm<{
    name: string
    costCentre: string
    fund: (typeof funds)[number]
    site: string
    service: string
    appropriation: string
    currency: string
    monthly: number | null
  }>({
    initial: {
      name: '',
      costCentre: '',
      fund: 'run',
      site: '',
      service: '',
      appropriation: '',
      currency: 'EUR',
      monthly: null,
    },
    check: ({ name, costCentre, currency, monthly }) => ({
      name: name.trim() === '' ? t('budgets.name-missing') : undefined,
      costCentre: costCentre.trim() === '' ? t('budgets.cost-centre-missing') : undefined,
      currency: /^[A-Z]{3}$/.test(currency) ? undefined : t('budgets.currency-missing'),
      monthly: monthly === null || monthly < 0 ? t('budgets.amount-missing') : undefined,
    }),
    async submit({ name, costCentre, fund, site, service, appropriation, currency, monthly }) {
      const plan = monthsIn(year).map((month) => ({ month, amountMinor: minorOf(monthly, currency) }))
      const of = { customer: customer ?? null, site: site || null, service: service || null }
      const paidBy = fund === 'appropriation' ? appropriation || null : null
      const body = { year, name, costCentre, fund, currency, plan, ...of, appropriation: paidBy }
      await call(api.addBudgetLine, { body })
      await client.invalidateQueries({ queryKey: ['budgets'] })
      notify(t('budgets.line-added'))
      onClose()
    },
  })
  return (
    <Dialog title={t('budgets.line-new')} onClose={onClose} width={560}>
      <Form form={form} action={t('budgets.line-new')} onCancel={onClose}>
        <FieldRow>
          <TextField field={form.field('name')} label={t('budgets.name')} maxLength={200} autoFocus />
          <TextField field={form.field('costCentre')} label={t('budgets.cost-centre')} maxLength={60} />
        </FieldRow>
        <FieldRow>
          <SelectField
            field={form.field('fund')}
            label={t('budgets.fund')}
            options={funds.map((value) => ({ value, label: fundWord(value) }))}
          />
          <NumberField field={form.field('monthly')} label={t('budgets.monthly')} digits={2} min={0} />
          <TextField field={form.field('currency')} label={t('budgets.currency')} maxLength={3} />
        </FieldRow>
        {form.values.fund === 'appropriation' && (
          <SearchField
            field={form.field('appropriation')}
            label={t('budgets.paid-by', { word: fundWord('appropriation') })}
            placeholder={t('budgets.paid-by-none')}
            options={asked.map(({ id, number, title }) => ({ value: id, label: `${number} ${title}` }))}
          />
        )}
        {customer !== undefined && <PlaceFields form={form} customer={customer} />}
      </Form>
    </Dialog>
  )
}

/** For which site and service of the chosen customer it is. */
function PlaceFields({
  form,
  customer,
}: {
  readonly form: Pick<FormState<{ site: string; service: string }>, 'field'>
  readonly customer: string
}) {
  const t = useText()
  const { data } = useQuery(placesQuery(customer))
  const choices = (of: readonly { readonly id: string; readonly name: string }[] = []) =>
    of.map(({ id, name }) => ({ value: id, label: name }))
  return (
    <FieldRow>
      <SearchField
        field={form.field('site')}
        label={t('budgets.site')}
        placeholder={t('budgets.any-site')}
        options={choices(data?.sites)}
      />
      <SearchField
        field={form.field('service')}
        label={t('budgets.service')}
        placeholder={t('budgets.any-service')}
        options={choices(data?.services)}
      />
    </FieldRow>
  )
}

/** What each month of a line is planned to cost. */
export function PlanDialog({ line, onClose }: { readonly line: BudgetLine; readonly onClose: () => void }) {
  const t = useText()
  const format = useFormat()
  const client = useQueryClient()
  const { id, name, year, currency } = line
  const { data: whole } = useSuspenseQuery(lineQuery(id))
  const digits = decimalsOf(currency)
  const months = monthsIn(year)
  const form = useForm<{ amounts: Readonly<Record<string, number | null>> }>({
    initial: {
      amounts: Object.fromEntries(
        months.map((month) => [
          month,
          (whole.months.find((each) => each.month === month)?.planMinor ?? 0) / 10 ** digits,
        ]),
      ),
    },
    check: () => ({}),
    async submit({ amounts }) {
      const plan = months.map((month) => ({ month, amountMinor: minorOf(amounts[month] ?? 0, currency) }))
      await call(api.writeBudgetPlan, { params: { id }, body: { plan }, match: whole.version })
      await client.invalidateQueries({ queryKey: ['budgets'] })
      notify(t('budgets.planned'))
      onClose()
    },
  })
  const { amounts } = form.values
  return (
    <Dialog title={t('budgets.plan-change', { name })} onClose={onClose} width={560}>
      <Form form={form} action={t('budgets.plan-keep')} onCancel={onClose}>
        <p className="pl-quiet">{t('budgets.plan-hint')}</p>
        {[0, 3, 6, 9].map((first) => (
          <FieldRow key={first}>
            {months.slice(first, first + 3).map((month) => (
              <NumberField
                key={month}
                field={{
                  ...form.field('amounts'),
                  value: amounts[month] ?? null,
                  onChange: (amount: number | null) => form.set({ amounts: { ...amounts, [month]: amount } }),
                }}
                label={format.month(month)}
                digits={digits}
              />
            ))}
          </FieldRow>
        ))}
      </Form>
    </Dialog>
  )
}

interface ForecastProps {
  readonly year: number
  readonly customer: string | undefined
  readonly lines: readonly BudgetLine[]
  /** The last month in which something was spent. */
  readonly through: string | null
  readonly onClose: () => void
}

/** What the rest of the year will cost, line by line: written once, and locked. */
export function ForecastDialog({ year, customer, lines, through, onClose }: ForecastProps) {
  const t = useText()
  const format = useFormat()
  const client = useQueryClient()
  const ahead = monthsIn(year).filter((month) => through === null || month > through)
  const fromMonth = ahead[0] ?? `${year}-12`
  const perMonth = ({ sums: { outlookMinor, actualMinor }, currency }: BudgetLine) =>
    ahead.length === 0 ? 0 : Math.round((outlookMinor - actualMinor) / ahead.length) / 10 ** decimalsOf(currency)
  const form = useForm<{
    reason: (typeof forecastReasons)[number]
    note: string
    amounts: Readonly<Record<string, number | null>>
  }>({
    initial: { reason: 'price', note: '', amounts: Object.fromEntries(lines.map((line) => [line.id, perMonth(line)])) },
    check: ({ note }) => ({ note: note.trim() === '' ? t('budgets.note-missing') : undefined }),
    async submit({ reason, note, amounts }) {
      const body = {
        year,
        fromMonth,
        reason,
        note,
        customer: customer ?? null,
        lines: lines.flatMap(({ id, currency }) =>
          ahead.map((month) => ({ line: id, month, amountMinor: minorOf(amounts[id] ?? 0, currency) })),
        ),
      }
      await call(api.lockForecast, { body })
      await client.invalidateQueries({ queryKey: ['budgets'] })
      notify(t('budgets.forecast-locked'))
      onClose()
    },
  })
  const { amounts } = form.values
  return (
    <Dialog title={t('budgets.forecast-new')} onClose={onClose} width={560}>
      <Form form={form} action={t('budgets.forecast-new')} onCancel={onClose}>
        <p className="pl-quiet">{t('budgets.forecast-hint', { month: format.month(fromMonth) })}</p>
        {lines.map(({ id, name, currency }) => (
          <NumberField
            key={id}
            field={{
              ...form.field('amounts'),
              value: amounts[id] ?? null,
              onChange: (amount: number | null) => form.set({ amounts: { ...amounts, [id]: amount } }),
            }}
            label={`${name} (${currency})`}
            digits={decimalsOf(currency)}
          />
        ))}
        <SelectField
          field={form.field('reason')}
          label={t('budgets.why-moved')}
          options={forecastReasons.map((value) => ({ value, label: t(`budgets.reason.${value}`) }))}
        />
        <TextAreaField field={form.field('note')} label={t('budgets.note')} rows={2} maxLength={2000} />
      </Form>
    </Dialog>
  )
}
