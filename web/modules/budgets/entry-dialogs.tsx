import { useQueryClient, useSuspenseQuery } from '@tanstack/react-query'
import * as api from '#api/budgets'
import type { BudgetLine } from '#api/budgets'
import { decimalsOf } from '#core/exchange.ts'
import { call } from '#web/http/call.ts'
import { Dialog } from '#web/ui/dialog.tsx'
import { CheckField, FieldRow, NumberField, SelectField, TextField } from '#web/ui/field.tsx'
import { Form, useForm } from '#web/ui/form.tsx'
import { notify } from '#web/ui/notices.tsx'
import { useText } from '#web/ui/text.tsx'
import { useFormat } from '#web/ui/use-format.ts'
import { useMoney } from '#web/ui/use-money.ts'
import { useNow } from '#web/ui/use-now.ts'
import { minorOf, monthsIn } from './line-dialogs.tsx'
import { lineQuery } from './queries.ts'

interface OfLine {
  readonly line: BudgetLine
  readonly onClose: () => void
}

/** Something that is ordered for a line and not invoiced yet. */
export function OrderDialog({ line, onClose }: OfLine) {
  const t = useText()
  const client = useQueryClient()
  const { id, currency } = line
  const form = useForm<{ number: string; amount: number | null; expectedOn: string; description: string }>({
    initial: { number: '', amount: null, expectedOn: '', description: '' },
    check: ({ number, amount, expectedOn }) => ({
      number: number.trim() === '' ? t('budgets.name-missing') : undefined,
      amount: amount === null || amount <= 0 ? t('budgets.amount-missing') : undefined,
      expectedOn: expectedOn === '' ? t('budgets.day-missing') : undefined,
    }),
    async submit({ number, amount, expectedOn, description }) {
      const body = {
        number,
        amountMinor: minorOf(amount, currency),
        expectedOn,
        description: description.trim() || null,
      }
      await call(api.addCommitment, { params: { id }, body })
      await client.invalidateQueries({ queryKey: ['budgets'] })
      notify(t('budgets.line-added'))
      onClose()
    },
  })
  return (
    <Dialog title={t('budgets.order-add')} onClose={onClose}>
      <Form form={form} action={t('budgets.order-add')} onCancel={onClose}>
        <FieldRow>
          <TextField field={form.field('number')} label={t('budgets.order-number')} maxLength={60} autoFocus />
          <NumberField field={form.field('amount')} label={t('budgets.amount')} digits={decimalsOf(currency)} min={0} />
          <TextField field={form.field('expectedOn')} type="date" label={t('budgets.expected-on')} />
        </FieldRow>
        <TextField field={form.field('description')} label={t('budgets.note')} maxLength={500} optional />
      </Form>
    </Dialog>
  )
}

/** What of an order of a line was invoiced by now, and whether nothing more of it comes. */
export function OrderUseDialog({ line, onClose }: OfLine) {
  const t = useText()
  const money = useMoney()
  const client = useQueryClient()
  const today = useNow().toISOString().slice(0, 10)
  const { data: whole } = useSuspenseQuery(lineQuery(line.id))
  const { currency } = line
  const digits = decimalsOf(currency)
  const orders = whole.commitments.filter(({ closedOn }) => closedOn === null)
  const usedOf = (id: string) => (orders.find((each) => each.id === id)?.usedMinor ?? 0) / 10 ** digits
  const first = orders[0]?.id ?? ''
  const form = useForm<{ order: string; used: number | null; over: boolean }>({
    initial: { order: first, used: usedOf(first), over: false },
    check: ({ used }) => ({ used: used === null || used < 0 ? t('budgets.amount-missing') : undefined }),
    async submit({ order, used, over }) {
      const body = { usedMinor: minorOf(used, currency), closedOn: over ? today : null }
      const match = orders.find((each) => each.id === order)?.version ?? 0
      await call(api.writeCommitment, { params: { id: order }, body, match })
      await client.invalidateQueries({ queryKey: ['budgets'] })
      notify(t('budgets.done'))
      onClose()
    },
  })
  return (
    <Dialog title={t('budgets.order-use')} onClose={onClose}>
      <Form form={form} action={t('budgets.order-keep')} onCancel={onClose}>
        <SelectField
          field={{ ...form.field('order'), onChange: (order) => form.set({ order, used: usedOf(order) }) }}
          label={t('budgets.order-new-one')}
          options={orders.map(({ id, number, amountMinor }) => ({
            value: id,
            label: `${number}, ${money({ amountMinor, currency })}`,
          }))}
        />
        <NumberField field={form.field('used')} label={t('budgets.order-used-field')} digits={digits} min={0} />
        <CheckField field={form.field('over')} label={t('budgets.order-over')} />
      </Form>
    </Dialog>
  )
}

/** A cost that is expected in a month and not invoiced yet: it takes itself back in the next one. */
export function AccrualDialog({ line, onClose }: OfLine) {
  const t = useText()
  const format = useFormat()
  const client = useQueryClient()
  const { id, name, year, currency } = line
  const now = useNow().toISOString().slice(0, 7)
  const months = monthsIn(year)
  const form = useForm<{ month: string; amount: number | null; description: string }>({
    initial: { month: months.includes(now) ? now : months[0]!, amount: null, description: '' },
    check: ({ amount, description }) => ({
      amount: amount === null || amount <= 0 ? t('budgets.amount-missing') : undefined,
      description: description.trim() === '' ? t('budgets.note-missing') : undefined,
    }),
    async submit({ month, amount, description }) {
      const body = { month, amountMinor: minorOf(amount, currency), description }
      await call(api.addAccrual, { params: { id }, body })
      await client.invalidateQueries({ queryKey: ['budgets'] })
      notify(t('budgets.accrued-done'))
      onClose()
    },
  })
  return (
    <Dialog title={t('budgets.accrual-for', { name })} onClose={onClose}>
      <Form form={form} action={t('budgets.accrual-add')} onCancel={onClose}>
        <p className="pl-quiet">{t('budgets.accrual-hint')}</p>
        <FieldRow>
          <SelectField
            field={form.field('month')}
            label={t('budgets.month')}
            options={months.map((value) => ({ value, label: format.month(value) }))}
          />
          <NumberField
            field={form.field('amount')}
            label={`${t('budgets.amount')} (${currency})`}
            digits={decimalsOf(currency)}
            min={0}
          />
        </FieldRow>
        <TextField field={form.field('description')} label={t('budgets.note')} maxLength={500} />
      </Form>
    </Dialog>
  )
}
