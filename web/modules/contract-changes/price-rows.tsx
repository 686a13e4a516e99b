import type { PriceChange } from '#api/contract-changes'
import { type ChargeLine, chargeKinds } from '#api/contracts'
import { noPrice, PriceFields, type PriceValues, termsOf, valuesOf } from '#web/modules/contracts/index.ts'
import { Button, TextButton } from '#web/ui/button.tsx'
import { FieldRow, SelectField, TextField } from '#web/ui/field.tsx'
import type { FormState } from '#web/ui/form.tsx'
import { Section } from '#web/ui/page.tsx'
import { type Row, rowsOf, withChange, withoutRow, withRow } from '#web/ui/rows.ts'
import { useText } from '#web/ui/text.tsx'
import classes from './price-rows.module.css'

/** In place of a line's id: the change adds one. */
const NEW = 'new'

/** One price as it is typed. */
interface PriceRow extends PriceValues {
  readonly line: string
  /** Of a line that is new. */
  readonly name: string
  readonly kind: ChargeLine['kind']
  readonly validFrom: string
}

/** A form that says prices. */
export interface Priced {
  readonly prices: readonly Row<PriceRow>[]
}

type Lines = readonly Pick<ChargeLine, 'id' | 'name' | 'kind' | 'prices'>[]

/** What a change says already, to be said anew. */
export function priceRows(prices: readonly PriceChange[], decimals: number): Priced['prices'] {
  return rowsOf(
    prices.map(({ line, name, validFrom, terms }) => ({
      line: line ?? NEW,
      name,
      validFrom,
      kind: terms.kind,
      ...valuesOf(terms, decimals),
    })),
  )
}

/** What was typed, as the server takes it. */
export function pricesOf({ prices }: Priced, lines: Lines, decimals: number): readonly PriceChange[] {
  return prices.map(({ row: _row, line, name, kind, validFrom, ...values }) => {
    const of = lines.find(({ id }) => id === line)
    const terms = termsOf(of?.kind ?? kind, values, decimals) as PriceChange['terms']
    return { line: of?.id ?? null, name: of?.name ?? name, validFrom, terms }
  })
}

const MONTH = /^\d{4}-(0[1-9]|1[0-2])$/

const isNameless = ({ line, name }: PriceRow) => line === NEW && name.trim() === ''
const isMonthless = ({ validFrom }: PriceRow) => !MONTH.test(validFrom)

/** Whether something is missing of the prices, as words for it or undefined; each field then says what. */
export function usePriceCheck(): (priced: Priced) => string | undefined {
  const t = useText()
  return ({ prices }) =>
    prices.some((price) => isNameless(price) || isMonthless(price)) ? t('changes.month-missing') : undefined
}

interface PriceRowsProps<Values extends Priced> {
  readonly form: FormState<Values>
  readonly lines: Lines
  readonly decimals: number
  /** Of a price that is added. */
  readonly month: string
}

/** All prices of a change, of lines that are there and of new ones. */
export function PriceRows<Values extends Priced>({ form, lines, decimals, month }: PriceRowsProps<Values>) {
  const t = useText()
  const { prices } = form.values
  const set = (next: Priced['prices']) => form.set({ prices: next } as Partial<Values>)
  const first = lines[0]
  const fresh = (line: (typeof lines)[number] | undefined): PriceRow => ({
    line: line?.id ?? NEW,
    name: '',
    kind: line?.kind ?? 'fixed',
    validFrom: month,
    ...termsHeld(line, decimals),
  })
  const { error } = form.field('prices')
  return (
    <Section title={t('changes.price')} hint={t('changes.price-hint')}>
      {prices.map((price) => (
        <OnePrice
          key={price.row}
          price={price}
          lines={lines}
          decimals={decimals}
          checked={error !== undefined}
          onChange={(changed) => set(withChange(prices, price.row, changed))}
          onRemove={() => set(withoutRow(prices, price.row))}
        />
      ))}
      <p>
        <Button onClick={() => set(withRow(prices, fresh(first)))}>{t('changes.add-price')}</Button>
      </p>
    </Section>
  )
}

function termsHeld(line: Lines[number] | undefined, decimals: number): PriceValues {
  const held = line?.prices[0]?.terms
  return held === undefined ? noPrice : valuesOf(held, decimals)
}

interface OnePriceProps {
  readonly price: Row<PriceRow>
  readonly lines: Lines
  readonly decimals: number
  /** It was looked through and something was missing: it is said at its field. */
  readonly checked: boolean
  readonly onChange: (changed: Partial<PriceRow>) => void
  readonly onRemove: () => void
}

function OnePrice({ price, lines, decimals, checked, onChange, onRemove }: OnePriceProps) {
  const t = useText()
  const wrong = (name: keyof PriceRow) =>
    name === 'name' && isNameless(price)
      ? t('changes.line-missing')
      : name === 'validFrom' && isMonthless(price)
        ? t('changes.month-missing')
        : undefined
  const field = <Name extends keyof PriceRow>(name: Name) => ({
    name: `prices.${price.row}.${name}`,
    value: price[name],
    error: checked ? wrong(name) : undefined,
    onChange: (value: PriceRow[Name]) => onChange({ [name]: value }),
  })
  return (
    <div className={classes.price}>
      <FieldRow>
        <SelectField
          field={{
            ...field('line'),
            onChange: (line) => {
              const of = lines.find(({ id }) => id === line)
              onChange({ line, kind: of?.kind ?? 'fixed', ...termsHeld(of, decimals) })
            },
          }}
          label={t('changes.line')}
          options={[
            ...lines.map(({ id, name }) => ({ value: id, label: name })),
            { value: NEW, label: t('changes.new-line') },
          ]}
        />
        <TextField field={field('validFrom')} label={t('changes.from-month')} hint={t('changes.month-hint')} />
      </FieldRow>
      {price.line === NEW && (
        <FieldRow>
          <TextField field={field('name')} label={t('changes.line-name')} maxLength={200} />
          <SelectField
            field={{ ...field('kind'), onChange: (kind) => onChange({ kind, ...noPrice }) }}
            label={t('changes.line-kind')}
            options={chargeKinds.map((value) => ({ value, label: t(`contracts.line-kind.${value}`) }))}
          />
        </FieldRow>
      )}
      <PriceFields
        kind={price.kind}
        form={{ field: field as never, values: price, set: (values) => onChange(values) }}
        decimals={decimals}
      />
      <p>
        <TextButton onClick={onRemove}>{t('changes.remove-price')}</TextButton>
      </p>
    </div>
  )
}
