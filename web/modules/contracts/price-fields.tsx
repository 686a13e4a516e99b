import type { ChargeTerms } from '#api/contracts'
import { Button, TextButton } from '#web/ui/button.tsx'
import { FieldRow, NumberField, RadioField } from '#web/ui/field.tsx'
import type { FormState } from '#web/ui/form.tsx'
import { type Row, rowsOf, withChange, withoutRow, withRow } from '#web/ui/rows.ts'
import { useText } from '#web/ui/text.tsx'

interface Tier {
  /** Null: for all above. */
  readonly upTo: number | null
  readonly price: number | null
}

/** A price as somebody writes it: amounts in the currency, shares in percent. */
export interface PriceValues {
  readonly amount: number | null
  readonly baseline: number | null
  readonly band: number | null
  readonly reduced: number | null
  readonly renegotiate: number | null
  readonly method: 'outside-band' | 'from-baseline'
  readonly mode: 'graduated' | 'slab'
  readonly tiers: readonly Row<Tier>[]
}

export const noPrice: PriceValues = {
  amount: null,
  baseline: null,
  band: null,
  reduced: null,
  renegotiate: null,
  method: 'outside-band',
  mode: 'graduated',
  tiers: rowsOf<Tier>([{ upTo: null, price: null }]),
}

/** What is there already, to be changed. */
export function valuesOf(terms: ChargeTerms, decimals: number): PriceValues {
  const money = (minor: number) => minor / 10 ** decimals
  if (terms.kind === 'tiered') {
    const { mode, tiers } = terms
    return { ...noPrice, mode, tiers: rowsOf(tiers.map(({ upTo, unitMinor }) => ({ upTo, price: money(unitMinor) }))) }
  }
  if (terms.kind === 'baseline') {
    const { baseline, deadBandBp, additionalMinor, reducedMinor, method, renegotiateBp } = terms
    const shares = { band: deadBandBp / 100, renegotiate: renegotiateBp === null ? null : renegotiateBp / 100 }
    return { ...noPrice, baseline, method, ...shares, amount: money(additionalMinor), reduced: money(reducedMinor) }
  }
  if (terms.kind === 'unit') return { ...noPrice, amount: money(terms.unitMinor) }
  if (terms.kind === 'time') return { ...noPrice, amount: money(terms.hourMinor) }
  if (terms.kind === 'pass-through') return { ...noPrice, amount: terms.markUpBp / 100 }
  return terms.kind === 'true-up' ? noPrice : { ...noPrice, amount: money(terms.amountMinor) }
}

/** What was written, in the smallest unit of the currency. */
export function termsOf(kind: ChargeTerms['kind'], values: PriceValues, decimals: number): ChargeTerms {
  const minor = (amount: number | null) => Math.round((amount ?? 0) * 10 ** decimals)
  const share = (percent: number | null) => Math.round((percent ?? 0) * 100)
  const { amount, baseline, band, reduced, renegotiate, method, mode, tiers } = values
  if (kind === 'unit') return { kind, unitMinor: minor(amount) }
  if (kind === 'time') return { kind, hourMinor: minor(amount) }
  if (kind === 'pass-through') return { kind, markUpBp: share(amount) }
  if (kind === 'true-up') return { kind }
  if (kind === 'tiered')
    return { kind, mode, tiers: tiers.map(({ upTo, price }) => ({ upTo, unitMinor: minor(price) })) }
  if (kind === 'baseline') {
    const prices = { additionalMinor: minor(amount), reducedMinor: minor(reduced) }
    const renegotiateBp = renegotiate === null ? null : share(renegotiate)
    return { kind, baseline: baseline ?? 0, deadBandBp: share(band), ...prices, method, renegotiateBp }
  }
  return { kind, amountMinor: minor(amount) }
}

interface PriceFieldsProps {
  readonly kind: ChargeTerms['kind']
  readonly form: Pick<FormState<PriceValues>, 'field' | 'values' | 'set'>
  readonly decimals: number
}

/** The fields that a price of this kind has. */
export function PriceFields({ kind, form, decimals }: PriceFieldsProps) {
  const t = useText()
  if (kind === 'true-up') return <p className="pl-quiet">{t('contracts.price.true-up')}</p>
  if (kind === 'tiered') return <TierFields form={form} decimals={decimals} />
  const amount = <NumberField field={form.field('amount')} label={t(`contracts.price.${kind}`)} digits={decimals} />
  if (kind !== 'baseline') return amount
  return (
    <>
      <FieldRow>
        <NumberField field={form.field('baseline')} label={t('contracts.price.of-baseline')} min={0} />
        <NumberField field={form.field('band')} label={t('contracts.price.band')} min={0} max={100} digits={2} />
      </FieldRow>
      <FieldRow>
        {amount}
        <NumberField field={form.field('reduced')} label={t('contracts.price.reduced')} digits={decimals} />
      </FieldRow>
      <RadioField
        field={form.field('method')}
        label={t('contracts.price.method')}
        options={(['outside-band', 'from-baseline'] as const).map((value) => ({
          value,
          label: t(`contracts.price.method.${value}`),
        }))}
      />
      <NumberField
        field={form.field('renegotiate')}
        label={t('contracts.price.renegotiate')}
        min={0}
        max={1000}
        digits={2}
        optional
      />
    </>
  )
}

function TierFields({ form, decimals }: Omit<PriceFieldsProps, 'kind'>) {
  const t = useText()
  const { tiers } = form.values
  const change = (row: number, changed: Partial<Tier>) => form.set({ tiers: withChange(tiers, row, changed) })
  const field = (row: number, name: keyof Tier, value: number | null) => ({
    name: `tiers.${row}.${name}`,
    value,
    error: undefined,
    onChange: (next: number | null) => change(row, { [name]: next }),
  })
  return (
    <>
      <RadioField
        field={form.field('mode')}
        label={t('contracts.price.mode')}
        options={(['graduated', 'slab'] as const).map((value) => ({
          value,
          label: t(`contracts.price.mode.${value}`),
        }))}
      />
      {tiers.map(({ row, upTo, price }) => (
        <FieldRow key={row}>
          <NumberField
            field={field(row, 'upTo', upTo)}
            label={t('contracts.price.up-to')}
            hint={t('contracts.price.up-to-hint')}
            min={1}
            optional
          />
          <NumberField field={field(row, 'price', price)} label={t('contracts.price.unit')} digits={decimals} />
          {tiers.length > 1 && (
            <TextButton onClick={() => form.set({ tiers: withoutRow(tiers, row) })}>
              {t('contracts.price.remove-tier')}
            </TextButton>
          )}
        </FieldRow>
      ))}
      <p>
        <Button onClick={() => form.set({ tiers: withRow(tiers, { upTo: null, price: null }) })}>
          {t('contracts.price.add-tier')}
        </Button>
      </p>
    </>
  )
}
