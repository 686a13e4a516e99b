import { FieldRow, NumberField, TextAreaField } from '#web/ui/field.tsx'
import type { FormState } from '#web/ui/form.tsx'
import { useText } from '#web/ui/text.tsx'

/** What a change does to what is delivered, promised and earned, as it is typed; amounts in whole units of the currency. */
export interface Impact {
  readonly scopeImpact: string
  readonly levelImpact: string
  readonly revenue: number | null
  readonly cost: number | null
}

interface ImpactFieldsProps<Values extends Impact> {
  readonly form: FormState<Values>
  /** Of the contract's currency. */
  readonly decimals: number
}

export function ImpactFields<Values extends Impact>({ form, decimals }: ImpactFieldsProps<Values>) {
  const t = useText()
  return (
    <>
      <TextAreaField field={form.field('scopeImpact')} label={t('changes.scope')} rows={2} maxLength={2000} optional />
      <TextAreaField field={form.field('levelImpact')} label={t('changes.levels')} rows={2} maxLength={2000} optional />
      <FieldRow>
        <NumberField field={form.field('revenue')} label={t('changes.revenue')} digits={decimals} />
        <NumberField field={form.field('cost')} label={t('changes.cost')} digits={decimals} />
      </FieldRow>
    </>
  )
}

/** The same as the server takes it: words or null, amounts in minor units. */
export function impactOf({ scopeImpact, levelImpact, revenue, cost }: Impact, decimals: number) {
  const minor = (amount: number | null) => Math.round((amount ?? 0) * 10 ** decimals)
  return {
    scopeImpact: scopeImpact.trim() || null,
    levelImpact: levelImpact.trim() || null,
    revenueMinor: minor(revenue),
    costMinor: minor(cost),
  }
}
