import { useQueryClient } from '@tanstack/react-query'
import * as api from '#api/suppliers'
import type { CapacityOrder, OrderState, PoolView } from '#api/suppliers'
import { monthsAfter } from '#core/recurrence.ts'
import { call } from '#web/http/call.ts'
import { Dialog } from '#web/ui/dialog.tsx'
import { FieldRow, NumberField, TextField } from '#web/ui/field.tsx'
import { Form, useForm } from '#web/ui/form.tsx'
import { useText } from '#web/ui/text.tsx'
import { useNow } from '#web/ui/use-now.ts'
import { LeasingWarning } from './leasing-warning.tsx'

/** Calls off units for a month. */
export function CallOffDialog({
  pool: { id, name, committed },
  onClose,
}: {
  readonly pool: PoolView
  readonly onClose: () => void
}) {
  const t = useText()
  const client = useQueryClient()
  const next = monthsAfter(`${useNow().toISOString().slice(0, 7)}-01`, 1).slice(0, 7)
  const form = useForm<{ month: string; quantity: number | null; slots: string }>({
    initial: { month: next, quantity: committed, slots: '' },
    check: ({ month, quantity }) => ({
      month: /^\d{4}-(0[1-9]|1[0-2])$/.test(month) ? undefined : t('suppliers.month-missing'),
      quantity: quantity === null || quantity < 1 ? t('suppliers.quantity-missing') : undefined,
    }),
    async submit({ month, quantity, slots }) {
      const body = { month, quantity: quantity ?? 1, slots: slots.trim() === '' ? null : slots }
      await call(api.callOff, { params: { id }, body })
      await client.invalidateQueries({ queryKey: ['suppliers'] })
      onClose()
    },
  })
  return (
    <Dialog title={t('suppliers.call-off-of', { name })} onClose={onClose}>
      <Form form={form} action={t('suppliers.call-off')} onCancel={onClose}>
        <FieldRow>
          <TextField field={form.field('month')} label={t('suppliers.month')} hint={t('suppliers.month-hint')} />
          <NumberField field={form.field('quantity')} label={t('suppliers.quantity')} min={1} />
        </FieldRow>
        <TextField
          field={form.field('slots')}
          label={t('suppliers.slots')}
          hint={t('suppliers.slots-hint')}
          maxLength={1000}
          optional
        />
        <LeasingWarning words={[form.values.slots]} />
      </Form>
    </Dialog>
  )
}

interface Step {
  readonly order: CapacityOrder
  readonly to: OrderState
}

/** How much was delivered, or is accepted, of a call-off. */
export function StepDialog({
  step: { order, to },
  own = false,
  onClose,
}: {
  readonly step: Step
  /** Said by the supplier itself. */
  readonly own?: boolean
  readonly onClose: () => void
}) {
  const t = useText()
  const take = useStep(own)
  const most = to === 'delivered' ? order.quantity : (order.delivered ?? 0)
  const title = t(`suppliers.order-step.${to === 'delivered' ? 'delivered' : 'accepted'}`)
  const form = useForm<{ quantity: number | null }>({
    initial: { quantity: most },
    check: ({ quantity }) => ({ quantity: quantity === null ? t('suppliers.quantity-missing') : undefined }),
    async submit({ quantity }) {
      await take({ order, to }, quantity)
      onClose()
    },
  })
  return (
    <Dialog title={title} onClose={onClose}>
      <Form form={form} action={title} onCancel={onClose}>
        <NumberField
          field={form.field('quantity')}
          label={t('suppliers.quantity')}
          hint={t('suppliers.quantity-hint', { most })}
          min={0}
          max={most}
        />
      </Form>
    </Dialog>
  )
}

/** Takes a step of a call-off: of ours, or as its supplier. */
export function useStep(own: boolean): (step: Step, quantity?: number | null) => Promise<void> {
  const client = useQueryClient()
  return async ({ order: { id, version }, to }, quantity = null) => {
    const asked = { params: { id }, body: { to, quantity }, match: version }
    await (own ? call(api.moveOwnOrder, asked) : call(api.moveOrder, asked))
    await client.invalidateQueries({ queryKey: ['suppliers'] })
  }
}
