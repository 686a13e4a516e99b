import { useQueryClient, useSuspenseQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import * as api from '#api/budgets'
import { type Appropriation, risks } from '#api/budgets'
import { decimalsOf } from '#core/exchange.ts'
import { call } from '#web/http/call.ts'
import { Dialog } from '#web/ui/dialog.tsx'
import { FieldRow, NumberField, SelectField, TextAreaField, TextField } from '#web/ui/field.tsx'
import { Form, type FormState, useForm } from '#web/ui/form.tsx'
import { notify } from '#web/ui/notices.tsx'
import { useText } from '#web/ui/text.tsx'
import { useMoney } from '#web/ui/use-money.ts'
import { wordQuery } from './queries.ts'

type Amount = number | null

interface Asking {
  title: string
  amount: Amount
  contingency: Amount
  currency: string
  reason: string
  years: Amount
  /** By year, the first of them first. */
  benefits: readonly Amount[]
  runCosts: readonly Amount[]
  interest: Amount
  tolerance: Amount
  risk: (typeof risks)[number]
  riskNote: string
  alternatives: string
}

const MOST_YEARS = 20

interface AskDialogProps {
  readonly customer?: string | undefined
  /** What is asked for anew: a draft, or a supplement; without it something new is. */
  readonly of?: Appropriation
  readonly onClose: () => void
}

/** Asks for money with its business case, year by year. */
export function AskDialog({ customer, of, onClose }: AskDialogProps) {
  const t = useText()
  const { data: word } = useSuspenseQuery(wordQuery())
  const client = useQueryClient()
  const navigate = useNavigate()
  const form = useForm<Asking>({
    initial: of === undefined ? nothingYet : asItWas(of),
    check: ({ title, amount, currency, reason, years, benefits }) => ({
      title: title.trim() === '' ? t('budgets.name-missing') : undefined,
      amount: amount === null || amount <= 0 ? t('budgets.amount-missing') : undefined,
      currency: isCurrency(currency) ? undefined : t('budgets.currency-missing'),
      reason: reason.trim() === '' ? t('budgets.note-missing') : undefined,
      years: years !== null && years >= 1 && years <= MOST_YEARS ? undefined : t('budgets.years-missing'),
      benefits: firstOf(benefits, years).every((each) => each === null) ? t('budgets.benefit-missing') : undefined,
    }),
    async submit(said) {
      const body = bodyOf(said)
      if (of !== undefined) await call(api.writeAppropriation, { params: { id: of.id }, body, match: of.version })
      const id = of?.id ?? (await call(api.addAppropriation, { body: { ...body, customer: customer ?? null } })).id
      await client.invalidateQueries({ queryKey: ['budgets'] })
      notify(t(of === undefined ? 'budgets.asked-added' : 'budgets.asked-written'))
      onClose()
      if (of === undefined) await navigate({ to: '/appropriations/$id', params: { id } })
    },
  })
  const action = of === undefined ? t('budgets.asked-new', { word }) : t('budgets.asked-write')
  const digits = isCurrency(form.values.currency) ? decimalsOf(form.values.currency) : 2
  return (
    <Dialog title={action} onClose={onClose} width={600}>
      <Form form={form} action={action} onCancel={onClose}>
        {of?.state === 'supplement-required' && <SupplementHint of={of} />}
        <TextField field={form.field('title')} label={t('budgets.name')} maxLength={200} autoFocus />
        <FieldRow>
          <NumberField field={form.field('amount')} label={t('budgets.amount')} digits={digits} min={0} />
          <NumberField field={form.field('contingency')} label={t('budgets.contingency')} digits={digits} min={0} />
        </FieldRow>
        <FieldRow>
          <TextField field={form.field('currency')} label={t('budgets.currency')} maxLength={3} />
          <NumberField field={form.field('tolerance')} label={t('budgets.tolerance')} digits={2} min={0} max={100} />
        </FieldRow>
        <TextAreaField field={form.field('reason')} label={t('budgets.reason-field')} rows={2} maxLength={4000} />
        <FieldRow>
          <NumberField field={form.field('years')} label={t('budgets.years-field')} min={1} max={MOST_YEARS} />
          <NumberField field={form.field('interest')} label={t('budgets.interest')} digits={2} min={0} max={100} />
        </FieldRow>
        <Years form={form} digits={digits} />
        <FieldRow>
          <SelectField
            field={form.field('risk')}
            label={t('budgets.risk')}
            options={risks.map((value) => ({ value, label: t(`budgets.risk.${value}`) }))}
          />
          <TextField field={form.field('riskNote')} label={t('budgets.risk-note')} maxLength={2000} optional />
        </FieldRow>
        <TextAreaField
          field={form.field('alternatives')}
          label={t('budgets.alternatives-field')}
          rows={2}
          maxLength={4000}
          optional
        />
      </Form>
    </Dialog>
  )
}

/** What each year brings and costs; a year that nothing is typed for is like the one before. */
function Years({ form, digits }: { readonly form: FormState<Asking>; readonly digits: number }) {
  const t = useText()
  const { years } = form.values
  const shown = Math.min(Math.max(years ?? 1, 1), MOST_YEARS)
  const column = (name: 'benefits' | 'runCosts', index: number) => {
    const all = form.values[name]
    return {
      ...form.field(name),
      name: `${name}.${index}`,
      error: index === 0 ? form.field(name).error : undefined,
      value: all[index] ?? null,
      onChange: (amount: Amount) =>
        form.set({
          [name]: Array.from({ length: MOST_YEARS }, (_, at) => (at === index ? amount : (all[at] ?? null))),
        }),
    }
  }
  return (
    <>
      <p className="pl-quiet">{t('budgets.years-hint')}</p>
      {Array.from({ length: shown }, (_, index) => (
        <FieldRow key={index}>
          <NumberField
            field={column('benefits', index)}
            label={t('budgets.benefit-field', { year: index + 1 })}
            digits={digits}
            {...(index > 0 && { optional: true })}
          />
          <NumberField
            field={column('runCosts', index)}
            label={t('budgets.run-cost-field', { year: index + 1 })}
            digits={digits}
            optional
          />
        </FieldRow>
      ))}
    </>
  )
}

/** From what on a supplement is enough. */
function SupplementHint({ of: { currency, approvedMinor, forecastMinor } }: { readonly of: Appropriation }) {
  const t = useText()
  const money = useMoney()
  const amount = (amountMinor: number) => money({ amountMinor, currency })
  return (
    <p className="pl-quiet">
      {t('budgets.supplement-hint', { approved: amount(approvedMinor ?? 0), forecast: amount(forecastMinor) })}
    </p>
  )
}

const isCurrency = (text: string) => /^[A-Z]{3}$/.test(text)
const firstOf = (amounts: readonly Amount[], years: Amount) => amounts.slice(0, years ?? 1)

const nothingYet: Asking = {
  title: '',
  amount: null,
  contingency: 0,
  currency: 'EUR',
  reason: '',
  years: 4,
  benefits: [],
  runCosts: [],
  interest: 8,
  tolerance: 10,
  risk: 'medium',
  riskNote: '',
  alternatives: '',
}

function asItWas({
  currency,
  businessCase,
  amountMinor,
  contingencyMinor,
  toleranceBp,
  ...rest
}: Appropriation): Asking {
  const whole = (minor: number) => minor / 10 ** decimalsOf(currency)
  const { benefitsMinor, runCostMinor, rateBp, risk, riskNote, alternatives } = businessCase
  return {
    title: rest.title,
    reason: rest.reason,
    currency,
    amount: whole(amountMinor),
    contingency: whole(contingencyMinor),
    years: benefitsMinor.length,
    benefits: benefitsMinor.map(whole),
    runCosts: runCostMinor.map(whole),
    interest: rateBp / 100,
    tolerance: toleranceBp / 100,
    risk,
    riskNote,
    alternatives,
  }
}

function bodyOf({ title, reason, currency, amount, contingency, years, benefits, runCosts, ...said }: Asking) {
  const minor = (each: Amount) => Math.round((each ?? 0) * 10 ** decimalsOf(currency))
  const filled = (of: readonly Amount[]) => {
    const all: number[] = []
    for (let year = 0; year < (years ?? 1); year++) {
      const typed = of[year] ?? null
      all.push(typed === null ? (all.at(-1) ?? 0) : minor(typed))
    }
    return all
  }
  const { risk, riskNote, alternatives } = said
  return {
    title,
    reason,
    currency,
    amountMinor: minor(amount),
    contingencyMinor: minor(contingency),
    toleranceBp: Math.round((said.tolerance ?? 0) * 100),
    businessCase: {
      benefitsMinor: filled(benefits),
      runCostMinor: filled(runCosts),
      rateBp: Math.round((said.interest ?? 0) * 100),
      risk,
      riskNote,
      alternatives,
    },
  }
}
