import { useQueryClient } from '@tanstack/react-query'
import * as api from '#api/contracts'
import { type ChargeLine, chargeKinds } from '#api/contracts'
import { decimalsOf } from '#core/exchange.ts'
import { monthsAfter } from '#core/recurrence.ts'
import { call } from '#web/http/call.ts'
import { Dialog } from '#web/ui/dialog.tsx'
import { FieldRow, NumberField, SelectField, TextField } from '#web/ui/field.tsx'
import { Form, useForm } from '#web/ui/form.tsx'
import { notify } from '#web/ui/notices.tsx'
import { useText } from '#web/ui/text.tsx'
import { useNow } from '#web/ui/use-now.ts'
import { noPrice, PriceFields, type PriceValues, termsOf, valuesOf } from './price-fields.tsx'

const MONTH = /^\d{4}-(0[1-9]|1[0-2])$/

interface AddLineProps {
  readonly contractId: string
  readonly currency: string
  readonly onClose: () => void
}

type Kind = (typeof chargeKinds)[number]

export function AddLineDialog({ contractId, currency, onClose }: AddLineProps) {
  const t = useText()
  const client = useQueryClient()
  const month = useNow().toISOString().slice(0, 7)
  const decimals = decimalsOf(currency)
  const form = useForm<{ name: string; unit: string; kind: Kind; validFrom: string } & PriceValues>({
    initial: { name: '', unit: '', kind: 'fixed', validFrom: month, ...noPrice },
    check: ({ name, validFrom }) => ({
      name: name.trim() === '' ? t('contracts.title-missing') : undefined,
      validFrom: MONTH.test(validFrom) ? undefined : t('contracts.month-missing'),
    }),
    async submit({ name, unit, kind, validFrom, ...price }) {
      const terms = termsOf(kind, price, decimals)
      const body = { name, unit: unit.trim() === '' ? null : unit, validFrom, terms: terms as never }
      await call(api.addChargeLine, { params: { id: contractId }, body })
      await client.invalidateQueries({ queryKey: ['contracts'] })
      notify(t('contracts.line-added', { name }))
      onClose()
    },
  })
  return (
    <Dialog title={t('contracts.add-line')} onClose={onClose}>
      <Form form={form} action={t('contracts.add-line')} onCancel={onClose}>
        <TextField field={form.field('name')} label={t('contracts.name')} maxLength={200} />
        <SelectField
          field={form.field('kind')}
          label={t('contracts.line-kind')}
          options={chargeKinds.map((value) => ({ value, label: t(`contracts.line-kind.${value}`) }))}
        />
        <FieldRow>
          <TextField
            field={form.field('validFrom')}
            label={t('contracts.from-month')}
            hint={t('contracts.month-hint')}
          />
          <TextField field={form.field('unit')} label={t('contracts.unit')} maxLength={60} optional />
        </FieldRow>
        <PriceFields kind={form.values.kind} form={form} decimals={decimals} />
      </Form>
    </Dialog>
  )
}

interface OfLineProps {
  readonly line: ChargeLine
  readonly onClose: () => void
}

export function PriceDialog({ line, currency, onClose }: OfLineProps & { readonly currency: string }) {
  const t = useText()
  const client = useQueryClient()
  const next = monthsAfter(`${useNow().toISOString().slice(0, 7)}-01`, 1).slice(0, 7)
  const decimals = decimalsOf(currency)
  const latest = line.prices[0]?.terms
  const initial: PriceValues = latest === undefined ? noPrice : valuesOf(latest, decimals)
  const form = useForm({
    initial: { validFrom: next, reason: '', ...initial },
    check: ({ validFrom, reason }) => ({
      validFrom: MONTH.test(validFrom) ? undefined : t('contracts.month-missing'),
      reason: reason.trim() === '' ? t('contracts.reason-missing') : undefined,
    }),
    async submit({ validFrom, reason, ...price }) {
      const body = { validFrom, reason, terms: termsOf(line.kind, price, decimals) as never }
      await call(api.addChargePrice, { params: { id: line.id }, body, match: line.version })
      await client.invalidateQueries({ queryKey: ['contracts'] })
      notify(t('contracts.price-added', { name: line.name }))
      onClose()
    },
  })
  return (
    <Dialog title={t('contracts.new-price-of', { name: line.name })} onClose={onClose}>
      <Form form={form} action={t('contracts.new-price')} onCancel={onClose}>
        <FieldRow>
          <TextField
            field={form.field('validFrom')}
            label={t('contracts.from-month')}
            hint={t('contracts.month-hint')}
          />
          <TextField field={form.field('reason')} label={t('contracts.price-reason')} maxLength={500} />
        </FieldRow>
        <PriceFields kind={line.kind} form={form} decimals={decimals} />
      </Form>
    </Dialog>
  )
}

export function ReadingDialog({ line, onClose }: OfLineProps) {
  const t = useText()
  const client = useQueryClient()
  const now = useNow()
  const last = monthsAfter(`${now.toISOString().slice(0, 7)}-01`, -1).slice(0, 7)
  const form = useForm<{ month: string; quantity: number | null; source: string }>({
    initial: { month: last, quantity: null, source: '' },
    check: ({ month, quantity, source }) => ({
      month: MONTH.test(month) ? undefined : t('contracts.month-missing'),
      quantity: quantity === null ? t('contracts.quantity-missing') : undefined,
      source: source.trim() === '' ? t('contracts.source-missing') : undefined,
    }),
    async submit({ month, quantity, source }) {
      const body = { month, quantity: quantity ?? 0, source, countedAt: now }
      await call(api.addVolumeReading, { params: { id: line.id }, body })
      await client.invalidateQueries({ queryKey: ['contracts'] })
      notify(t('contracts.reading-kept'))
      onClose()
    },
  })
  return (
    <Dialog title={t('contracts.reading-of', { name: line.name })} onClose={onClose}>
      <Form form={form} action={t('contracts.keep-reading')} onCancel={onClose}>
        <FieldRow>
          <TextField field={form.field('month')} label={t('contracts.month')} hint={t('contracts.month-hint')} />
          <NumberField
            field={form.field('quantity')}
            label={t('contracts.quantity')}
            hint={t(
              line.kind === 'time'
                ? 'contracts.quantity-minutes'
                : line.kind === 'pass-through' || line.kind === 'true-up'
                  ? 'contracts.quantity-amount'
                  : 'contracts.quantity-units',
            )}
            min={0}
          />
        </FieldRow>
        <TextField field={form.field('source')} label={t('contracts.source')} maxLength={500} />
      </Form>
    </Dialog>
  )
}
