import { useQueryClient } from '@tanstack/react-query'
import * as api from '#api/margin'
import { costAccounts } from '#api/margin'
import { decimalsOf } from '#core/exchange.ts'
import { call } from '#web/http/call.ts'
import { AmountFileDialog } from '#web/ui/amount-file-dialog.tsx'
import { Dialog } from '#web/ui/dialog.tsx'
import { CheckField, FieldRow, NumberField, SelectField, TextField } from '#web/ui/field.tsx'
import { Form, useForm } from '#web/ui/form.tsx'
import { notify } from '#web/ui/notices.tsx'
import { useText } from '#web/ui/text.tsx'
import { useNow } from '#web/ui/use-now.ts'

interface DialogProps {
  readonly contractId: string
  readonly onClose: () => void
}

interface Written {
  readonly month: string
  readonly category: (typeof costAccounts)[number]
  readonly amount: number | null
  readonly accrued: boolean
  readonly reference: string
  readonly description: string
}

/** A single cost, or one that is only expected. */
export function CostDialog({ contractId, currency, onClose }: DialogProps & { readonly currency: string }) {
  const t = useText()
  const client = useQueryClient()
  const digits = decimalsOf(currency)
  const initial: Written = {
    month: useNow().toISOString().slice(0, 7),
    category: 'supplier',
    amount: null,
    accrued: false,
    reference: '',
    description: '',
  }
  const form = useForm({
    initial,
    check: ({ month, amount, description }) => ({
      month: /^\d{4}-(0[1-9]|1[0-2])$/.test(month) ? undefined : t('margin.month-missing'),
      amount: amount === null || amount <= 0 ? t('margin.amount-missing') : undefined,
      description: description.trim() === '' ? t('margin.description-missing') : undefined,
    }),
    async submit({ amount, reference, ...rest }) {
      const amountMinor = Math.round((amount ?? 0) * 10 ** digits)
      const body = { ...rest, amountMinor, reference: reference.trim() || null }
      await call(api.addCost, { params: { id: contractId }, body })
      await client.invalidateQueries({ queryKey: ['margin'] })
      notify(t('margin.cost-added'))
      onClose()
    },
  })
  return (
    <Dialog title={t('margin.add-cost')} onClose={onClose}>
      <Form form={form} action={t('margin.add-cost')} onCancel={onClose}>
        <FieldRow>
          <TextField field={form.field('month')} label={t('margin.month')} hint={t('margin.month-form')} />
          <SelectField
            field={form.field('category')}
            label={t('margin.category')}
            options={costAccounts.map((value) => ({ value, label: t(`margin.cost.${value}`) }))}
          />
        </FieldRow>
        <FieldRow>
          <NumberField field={form.field('amount')} label={t('margin.amount')} digits={digits} min={0} />
          <TextField field={form.field('reference')} label={t('margin.reference')} maxLength={120} optional />
        </FieldRow>
        <TextField field={form.field('description')} label={t('margin.description')} maxLength={500} />
        <CheckField field={form.field('accrued')} label={t('margin.accrue')} hint={t('margin.accrue-hint')} />
      </Form>
    </Dialog>
  )
}

/** A file of costs. */
export function ImportDialog({ contractId, onClose }: DialogProps) {
  const t = useText()
  const client = useQueryClient()
  return (
    <AmountFileDialog
      title={t('margin.import')}
      hint={t('margin.drop-hint')}
      onTake={async (body) => {
        const { posted, known } = await call(api.importCosts, { params: { id: contractId }, body })
        await client.invalidateQueries({ queryKey: ['margin'] })
        notify(t('margin.imported', { posted, known }))
      }}
      onClose={onClose}
    />
  )
}
