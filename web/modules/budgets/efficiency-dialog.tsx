import { useQueryClient } from '@tanstack/react-query'
import * as api from '#api/budgets'
import type { EfficiencyView } from '#api/budgets'
import { decimalsOf } from '#core/exchange.ts'
import { call } from '#web/http/call.ts'
import { Button } from '#web/ui/button.tsx'
import { Dialog } from '#web/ui/dialog.tsx'
import { CheckField, FieldRow, NumberField, TextField } from '#web/ui/field.tsx'
import { type Field, Form, useForm } from '#web/ui/form.tsx'
import { notify } from '#web/ui/notices.tsx'
import { useText } from '#web/ui/text.tsx'

interface Work {
  readonly name: string
  readonly unit: number | null
  readonly volume: number | null
  readonly actual: number | null
  readonly cashable: boolean
}

const nothingYet: Work = { name: '', unit: null, volume: null, actual: null, cashable: true }

interface EfficiencyDialogProps {
  readonly year: number
  readonly customer: string
  /** What was said of the year before now. */
  readonly item: EfficiencyView['items'][number] | undefined
  readonly onClose: () => void
}

/** What a year's work was and cost, against what one of it cost in the year before. */
export function EfficiencyDialog({ year, customer, item, onClose }: EfficiencyDialogProps) {
  const t = useText()
  const client = useQueryClient()
  const form = useForm<{ currency: string; work: readonly Work[] }>({
    initial: { currency: item?.currency ?? 'EUR', work: item === undefined ? [nothingYet] : workOf(item) },
    check: ({ currency, work }) => ({
      currency: /^[A-Z]{3}$/.test(currency) ? undefined : t('budgets.currency-missing'),
      work: work.every(isWhole) ? undefined : t('budgets.work-missing'),
    }),
    async submit({ currency, work }) {
      const minor = (amount: number | null) => Math.round((amount ?? 0) * 10 ** decimalsOf(currency))
      const said = work
        .filter(({ name }) => name.trim() !== '')
        .map(({ name, unit, volume, actual, cashable }) => ({
          name,
          baseUnitMinor: minor(unit),
          volume: volume ?? 0,
          actualMinor: minor(actual),
          cashable,
        }))
      const body = { customer, currency, work: said }
      await call(api.putEfficiency, { params: { year }, body })
      await client.invalidateQueries({ queryKey: ['budgets'] })
      notify(t('budgets.done'))
      onClose()
    },
  })
  const { work, currency } = form.values
  const digits = /^[A-Z]{3}$/.test(currency) ? decimalsOf(currency) : 2
  const error = form.field('work').error
  const fieldOf = <Key extends keyof Work>(index: number, key: Key): Field<Work[Key]> => ({
    name: `row-${index}-${key}`,
    value: work[index]![key],
    error: error !== undefined && !isWhole(work[index]!) && key === 'name' ? error : undefined,
    onChange: (value) => form.set({ work: work.map((each, at) => (at === index ? { ...each, [key]: value } : each)) }),
  })
  return (
    <Dialog title={t('budgets.efficiency')} onClose={onClose} width={640}>
      <Form form={form} action={t('budgets.efficiency-keep')} onCancel={onClose}>
        <p className="pl-quiet">{t('budgets.efficiency-hint', { year: String(year), before: String(year - 1) })}</p>
        <TextField field={form.field('currency')} label={t('budgets.currency')} maxLength={3} />
        {work.map((_, index) => (
          <fieldset key={index} style={{ border: 0, padding: 0, margin: 0, minWidth: 0, display: 'grid', gap: 14 }}>
            <legend className="pl-hidden">{t('budgets.work-number', { number: index + 1 })}</legend>
            <TextField field={fieldOf(index, 'name')} label={t('budgets.work-name')} maxLength={120} />
            <FieldRow>
              <NumberField
                field={fieldOf(index, 'unit')}
                label={t('budgets.work-unit', { before: String(year - 1) })}
                digits={digits}
                min={0}
              />
              <NumberField
                field={fieldOf(index, 'volume')}
                label={t('budgets.work-volume', { year: String(year) })}
                min={0}
              />
              <NumberField
                field={fieldOf(index, 'actual')}
                label={t('budgets.work-actual', { year: String(year) })}
                digits={digits}
                min={0}
              />
            </FieldRow>
            <CheckField field={fieldOf(index, 'cashable')} label={t('budgets.work-cashable')} />
          </fieldset>
        ))}
        <div>
          <Button onClick={() => form.set({ work: [...work, nothingYet] })}>{t('budgets.work-more')}</Button>
        </div>
      </Form>
    </Dialog>
  )
}

/** All of it is said, or nothing. */
function isWhole({ name, unit, volume, actual }: Work): boolean {
  const isEmpty = name.trim() === '' && unit === null && volume === null && actual === null
  return isEmpty || (name.trim() !== '' && unit !== null && volume !== null && actual !== null)
}

function workOf({ currency, work }: EfficiencyView['items'][number]): readonly Work[] {
  const whole = (minor: number) => minor / 10 ** decimalsOf(currency)
  return work.map(({ name, baseUnitMinor, volume, actualMinor, cashable }) => ({
    name,
    unit: whole(baseUnitMinor),
    volume,
    actual: whole(actualMinor),
    cashable,
  }))
}
