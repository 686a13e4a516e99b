import { useQueryClient, useSuspenseQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import * as api from '#api/renewals'
import { type Opportunity, reasons } from '#api/renewals'
import { decimalsOf } from '#core/exchange.ts'
import { call } from '#web/http/call.ts'
import { originAt } from '#web/modules/actions/index.ts'
import { Dialog } from '#web/ui/dialog.tsx'
import { FieldRow, NumberField, SelectField, TextAreaField, TextField } from '#web/ui/field.tsx'
import { Form, useForm } from '#web/ui/form.tsx'
import { notify } from '#web/ui/notices.tsx'
import { useText } from '#web/ui/text.tsx'
import { customersQuery } from './queries.ts'

interface Values {
  readonly customer: string
  readonly title: string
  readonly description: string
  readonly currency: string
  readonly value: number | null
  readonly probability: number | null
}

function useCheck() {
  const t = useText()
  return ({ customer, title, description, currency, probability }: Values) => ({
    customer: customer === '' ? t('renewals.customer-missing') : undefined,
    title: title.trim() === '' ? t('renewals.name-missing') : undefined,
    description: description.trim() === '' ? t('renewals.description-missing') : undefined,
    currency: /^[A-Z]{3}$/.test(currency) ? undefined : t('renewals.currency-missing'),
    probability:
      probability === null || (probability >= 0 && probability <= 100) ? undefined : t('renewals.percent-missing'),
  })
}

function bodyOf({ title, description, currency, value, probability }: Values) {
  const valueMinor = value === null ? null : Math.round(value * 10 ** decimalsOf(currency))
  return {
    title,
    description,
    currency,
    valueMinor,
    probabilityBp: probability === null ? null : Math.round(probability * 100),
  }
}

function Fields({ form }: { readonly form: ReturnType<typeof useForm<Values>> }) {
  const t = useText()
  const { currency } = form.values
  const digits = /^[A-Z]{3}$/.test(currency) ? decimalsOf(currency) : 2
  return (
    <>
      <TextField field={form.field('title')} label={t('renewals.what')} maxLength={200} autoFocus />
      <TextAreaField field={form.field('description')} label={t('renewals.description')} rows={3} maxLength={4000} />
      <FieldRow>
        <NumberField field={form.field('value')} label={t('renewals.value')} digits={digits} min={0} optional />
        <TextField field={form.field('currency')} label={t('renewals.currency')} maxLength={3} />
        <NumberField field={form.field('probability')} label={t('renewals.probability')} min={0} max={100} optional />
      </FieldRow>
    </>
  )
}

interface NewProps {
  readonly customer: string | undefined
  readonly description?: string
  /** By which it was seen. */
  readonly contract?: { readonly id: string; readonly currency: string } | null
  readonly onClose: () => void
}

/** Writes down what a customer needs. */
export function NewOpportunityDialog({ customer, description = '', contract = null, onClose }: NewProps) {
  const t = useText()
  const client = useQueryClient()
  const navigate = useNavigate()
  const { data: customers } = useSuspenseQuery(customersQuery())
  const form = useForm<Values>({
    initial: {
      customer: customer ?? '',
      title: '',
      description,
      currency: contract?.currency ?? 'EUR',
      value: null,
      probability: null,
    },
    check: useCheck(),
    async submit(values) {
      const seen =
        contract === null ? {} : { contract: contract.id, evidence: { kind: 'contract', id: contract.id } as const }
      const { id } = await call(api.addOpportunity, {
        body: { ...bodyOf(values), customer: values.customer, ...seen },
      })
      await client.invalidateQueries({ queryKey: ['renewals'] })
      notify(t('renewals.opportunity-added'))
      onClose()
      await navigate({ to: '/opportunities/$id', params: { id } })
    },
  })
  return (
    <Dialog title={t('renewals.opportunity-new')} onClose={onClose} width={560}>
      <Form form={form} action={t('renewals.opportunity-new')} onCancel={onClose}>
        {customer === undefined && (
          <SelectField
            field={form.field('customer')}
            label={t('renewals.customer')}
            options={[{ value: '', label: '–' }, ...customers.map(({ id, name }) => ({ value: id, label: name }))]}
          />
        )}
        <Fields form={form} />
      </Form>
    </Dialog>
  )
}

interface OfOpportunity {
  readonly of: Opportunity
  readonly onClose: () => void
}

export function ChangeOpportunityDialog({ of, onClose }: OfOpportunity) {
  const t = useText()
  const client = useQueryClient()
  const { id, version, customer, contract, title, description, currency, valueMinor, probabilityBp } = of
  const form = useForm<Values>({
    initial: {
      customer: customer.id,
      title,
      description,
      currency,
      value: valueMinor === null ? null : valueMinor / 10 ** decimalsOf(currency),
      probability: probabilityBp === null ? null : probabilityBp / 100,
    },
    check: useCheck(),
    async submit(values) {
      const body = { ...bodyOf(values), contract: contract?.id ?? null }
      await call(api.changeOpportunity, { params: { id }, body, match: version })
      await client.invalidateQueries({ queryKey: ['renewals'] })
      notify(t('renewals.changed'))
      onClose()
    },
  })
  return (
    <Dialog title={t('renewals.change')} onClose={onClose} width={560}>
      <Form form={form} action={t('renewals.change')} onCancel={onClose}>
        <Fields form={form} />
      </Form>
    </Dialog>
  )
}

/** An end, or a delay: with its reason. */
export function SettleOpportunityDialog({
  of: { id, version },
  to,
  onClose,
}: OfOpportunity & {
  readonly to: 'won' | 'lost' | 'deferred'
}) {
  const t = useText()
  const client = useQueryClient()
  const form = useForm<{ reason: '' | (typeof reasons)[number]; note: string; againOn: string }>({
    initial: { reason: '', note: '', againOn: '' },
    check: ({ reason, againOn }) => ({
      reason: reason === '' ? t('renewals.reason-missing') : undefined,
      againOn: to !== 'deferred' || /^\d{4}-\d{2}-\d{2}$/.test(againOn) ? undefined : t('renewals.day-missing'),
    }),
    async submit({ reason, note, againOn }) {
      if (reason === '') return
      const body = { to, reason, ...(note.trim() && { note }), ...(to === 'deferred' && { againOn }) }
      await call(api.moveOpportunity, { params: { id }, body, match: version })
      await client.invalidateQueries({ queryKey: ['renewals'] })
      notify(t(`renewals.o-state.${to}`))
      onClose()
    },
  })
  const title = t(`renewals.o-step.${to}`)
  return (
    <Dialog title={title} onClose={onClose}>
      <Form form={form} action={title} onCancel={onClose}>
        <SelectField
          field={form.field('reason')}
          label={t('renewals.reason')}
          options={[
            { value: '', label: '–' },
            ...reasons.map((value) => ({ value, label: t(`renewals.reason.${value}`) })),
          ]}
        />
        {to === 'deferred' && <TextField field={form.field('againOn')} type="date" label={t('renewals.again-on')} />}
        <TextAreaField field={form.field('note')} label={t('renewals.note')} rows={2} maxLength={2000} optional />
      </Form>
    </Dialog>
  )
}

/** Links a record by the address of its page: whoever saw it there has it at hand. */
export function EvidenceDialog({ of: { id }, onClose }: OfOpportunity) {
  const t = useText()
  const client = useQueryClient()
  const form = useForm({
    initial: { address: '', note: '' },
    check: ({ address }) => ({ address: originAt(address) === null ? t('renewals.address-missing') : undefined }),
    async submit({ address, note }) {
      const origin = originAt(address)
      if (origin === null) return
      await call(api.addEvidence, { params: { id }, body: { origin, note: note.trim() || null } })
      await client.invalidateQueries({ queryKey: ['renewals'] })
      notify(t('renewals.evidence-added'))
      onClose()
    },
  })
  return (
    <Dialog title={t('renewals.evidence-add')} onClose={onClose}>
      <Form form={form} action={t('renewals.evidence-add')} onCancel={onClose}>
        <TextField field={form.field('address')} label={t('renewals.address')} hint={t('renewals.address-hint')} />
        <TextField field={form.field('note')} label={t('renewals.note')} maxLength={1000} optional />
      </Form>
    </Dialog>
  )
}
