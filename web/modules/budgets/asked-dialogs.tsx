import { useQueryClient, useSuspenseQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import * as api from '#api/budgets'
import { type Appropriation, risks } from '#api/budgets'
import { decimalsOf } from '#core/exchange.ts'
import { call } from '#web/http/call.ts'
import { Dialog } from '#web/ui/dialog.tsx'
import { FieldRow, NumberField, SelectField, TextAreaField, TextField } from '#web/ui/field.tsx'
import { Form, useForm } from '#web/ui/form.tsx'
import { notify } from '#web/ui/notices.tsx'
import { useText } from '#web/ui/text.tsx'
import { wordQuery } from './queries.ts'

/** Asks for money with its business case, the same benefit each year to begin with. */
export function AskDialog({
  customer,
  onClose,
}: {
  readonly customer: string | undefined
  readonly onClose: () => void
}) {
  const t = useText()
  const { data: word } = useSuspenseQuery(wordQuery())
  const client = useQueryClient()
  const navigate = useNavigate()
  const form = useForm<{
    title: string
    amount: number | null
    contingency: number | null
    currency: string
    reason: string
    benefit: number | null
    years: number | null
    interest: number | null
    risk: (typeof risks)[number]
    riskNote: string
    alternatives: string
  }>({
    initial: {
      title: '',
      amount: null,
      contingency: 0,
      currency: 'EUR',
      reason: '',
      benefit: null,
      years: 4,
      interest: 8,
      risk: 'medium',
      riskNote: '',
      alternatives: '',
    },
    check: ({ title, amount, currency, reason, benefit, years }) => ({
      title: title.trim() === '' ? t('budgets.name-missing') : undefined,
      amount: amount === null || amount <= 0 ? t('budgets.amount-missing') : undefined,
      currency: /^[A-Z]{3}$/.test(currency) ? undefined : t('budgets.currency-missing'),
      reason: reason.trim() === '' ? t('budgets.note-missing') : undefined,
      benefit: benefit === null ? t('budgets.amount-missing') : undefined,
      years: years !== null && years >= 1 && years <= 20 ? undefined : t('budgets.years-missing'),
    }),
    async submit({ title, amount, contingency, currency, reason, benefit, years, interest, ...rest }) {
      const minor = (each: number | null) => Math.round((each ?? 0) * 10 ** decimalsOf(currency))
      const businessCase = {
        benefitsMinor: Array.from({ length: years ?? 1 }, () => minor(benefit)),
        rateBp: Math.round((interest ?? 0) * 100),
        ...rest,
      }
      const amounts = { amountMinor: minor(amount), contingencyMinor: minor(contingency) }
      const body = { title, currency, reason, ...amounts, businessCase, customer: customer ?? null }
      const { id } = await call(api.addAppropriation, { body })
      await client.invalidateQueries({ queryKey: ['budgets'] })
      notify(t('budgets.asked-added'))
      onClose()
      await navigate({ to: '/appropriations/$id', params: { id } })
    },
  })
  return (
    <Dialog title={t('budgets.asked-new', { word })} onClose={onClose} width={600}>
      <Form form={form} action={t('budgets.asked-new', { word })} onCancel={onClose}>
        <TextField field={form.field('title')} label={t('budgets.name')} maxLength={200} autoFocus />
        <FieldRow>
          <NumberField field={form.field('amount')} label={t('budgets.amount')} digits={2} min={0} />
          <NumberField field={form.field('contingency')} label={t('budgets.contingency')} digits={2} min={0} />
          <TextField field={form.field('currency')} label={t('budgets.currency')} maxLength={3} />
        </FieldRow>
        <TextAreaField field={form.field('reason')} label={t('budgets.reason-field')} rows={2} maxLength={4000} />
        <FieldRow>
          <NumberField field={form.field('benefit')} label={t('budgets.benefit-field')} digits={2} />
          <NumberField field={form.field('years')} label={t('budgets.years-field')} min={1} max={20} />
          <NumberField field={form.field('interest')} label={t('budgets.interest')} digits={2} min={0} max={100} />
        </FieldRow>
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

interface OfAsked {
  readonly of: Appropriation
  readonly onClose: () => void
}

/** From when on it is used and written off, over how many months, down to what. */
export function ServiceDialog({ of: { id, version, currency }, onClose }: OfAsked) {
  const t = useText()
  const client = useQueryClient()
  const form = useForm<{ on: string; life: number | null; residual: number | null }>({
    initial: { on: '', life: 48, residual: 0 },
    check: ({ on, life }) => ({
      on: on === '' ? t('budgets.day-missing') : undefined,
      life: life !== null && life >= 1 ? undefined : t('budgets.amount-missing'),
    }),
    async submit({ on, life, residual }) {
      const residualMinor = Math.round((residual ?? 0) * 10 ** decimalsOf(currency))
      await call(api.putInService, {
        params: { id },
        body: { on, lifeMonths: life ?? 1, residualMinor },
        match: version,
      })
      await client.invalidateQueries({ queryKey: ['budgets'] })
      notify(t('budgets.done'))
      onClose()
    },
  })
  return (
    <Dialog title={t('budgets.put-in-service')} onClose={onClose}>
      <Form form={form} action={t('budgets.put-in-service')} onCancel={onClose}>
        <FieldRow>
          <TextField field={form.field('on')} type="date" label={t('budgets.in-service')} />
          <NumberField field={form.field('life')} label={t('budgets.life')} min={1} max={600} />
          <NumberField field={form.field('residual')} label={t('budgets.residual')} digits={2} min={0} />
        </FieldRow>
      </Form>
    </Dialog>
  )
}

/** A decision or a look back, with its words. */
export function WordsDialog({
  of: { id, version },
  to,
  onClose,
}: OfAsked & {
  readonly to: 'approved' | 'rejected' | 'post-reviewed'
}) {
  const t = useText()
  const client = useQueryClient()
  const title = t(to === 'approved' ? 'budgets.approve' : to === 'rejected' ? 'budgets.reject' : 'budgets.look-back')
  const form = useForm({
    initial: { note: '' },
    check: ({ note }) => ({ note: to !== 'approved' && note.trim() === '' ? t('budgets.note-missing') : undefined }),
    async submit({ note }) {
      const words = note.trim() || null
      if (to === 'post-reviewed')
        await call(api.moveAppropriation, { params: { id }, body: { to, postReview: words }, match: version })
      else await call(api.decideAppropriation, { params: { id }, body: { decision: to, note: words }, match: version })
      await client.invalidateQueries({ queryKey: ['budgets'] })
      notify(t('budgets.done'))
      onClose()
    },
  })
  return (
    <Dialog title={title} onClose={onClose}>
      <Form form={form} action={title} onCancel={onClose}>
        <TextAreaField
          field={form.field('note')}
          label={t('budgets.note')}
          rows={3}
          maxLength={2000}
          optional={to === 'approved'}
        />
      </Form>
    </Dialog>
  )
}
