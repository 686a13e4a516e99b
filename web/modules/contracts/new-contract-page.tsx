import { useQueryClient, useSuspenseQuery } from '@tanstack/react-query'
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router'
import * as api from '#api/contracts'
import { barredFromTerms } from '#api/contracts'
import { call } from '#web/http/call.ts'
import { useAsker } from '#web/modules/people/index.ts'
import { Empty } from '#web/ui/empty.tsx'
import { FieldRow, NumberField, SelectField, TextField } from '#web/ui/field.tsx'
import { Form, useForm } from '#web/ui/form.tsx'
import { Page } from '#web/ui/page.tsx'
import { useText } from '#web/ui/text.tsx'
import { customersQuery } from './queries.ts'

const route = getRouteApi('/shell/contracts/new')
/** What the form says; an empty end is none. */
interface Written {
  readonly customer: string
  readonly number: string
  readonly title: string
  readonly currency: string
  readonly startsOn: string
  readonly endsOn: string
  readonly noticeDays: number | null
}

const DAY = /^\d{4}-\d{2}-\d{2}$/

/** Writes down a contract with its first terms. */
export function NewContractPage() {
  const t = useText()
  const barred = barredFromTerms(useAsker())
  if (barred === null) return <NewContract />
  return (
    <Page title={t('contracts.new')} crumb={<Link to="/contracts">{t('contracts.title')}</Link>}>
      <Empty title={t('contracts.new')}>{t(barred)}</Empty>
    </Page>
  )
}

function NewContract() {
  const t = useText()
  const client = useQueryClient()
  const navigate = useNavigate()
  const { customer } = route.useSearch()
  const { data: customers } = useSuspenseQuery(customersQuery())
  const initial: Written = {
    customer: customer ?? '',
    number: '',
    title: '',
    currency: 'EUR',
    startsOn: '',
    endsOn: '',
    noticeDays: 90,
  }
  const form = useForm({
    initial,
    check: (values) => ({
      customer: values.customer === '' ? t('contracts.customer-missing') : undefined,
      number: values.number.trim() === '' ? t('contracts.number-missing') : undefined,
      title: values.title.trim() === '' ? t('contracts.title-missing') : undefined,
      currency: /^[A-Z]{3}$/.test(values.currency) ? undefined : t('contracts.currency-missing'),
      startsOn: DAY.test(values.startsOn) ? undefined : t('contracts.day-missing'),
      endsOn: values.endsOn === '' || DAY.test(values.endsOn) ? undefined : t('contracts.day-missing'),
    }),
    async submit({ endsOn, noticeDays, ...values }) {
      const terms = { endsOn: endsOn === '' ? null : endsOn, noticeDays: noticeDays ?? 0 }
      const { id } = await call(api.addContract, { body: { ...values, terms } })
      await client.invalidateQueries({ queryKey: ['contracts'] })
      await navigate({ to: '/contracts/$id', params: { id }, ignoreBlocker: true })
    },
  })
  return (
    <Page
      title={t('contracts.new')}
      lede={t('contracts.new-lede')}
      crumb={<Link to="/contracts">{t('contracts.title')}</Link>}
    >
      <Form form={form} guard action={t('contracts.new')}>
        <SelectField
          field={form.field('customer')}
          label={t('contracts.customer')}
          options={[{ value: '', label: '–' }, ...customers.map(({ id, name }) => ({ value: id, label: name }))]}
        />
        <TextField field={form.field('title')} label={t('contracts.name')} maxLength={200} />
        <FieldRow>
          <TextField field={form.field('number')} label={t('contracts.number')} maxLength={60} />
          <TextField field={form.field('currency')} label={t('contracts.currency')} maxLength={3} />
        </FieldRow>
        <FieldRow>
          <TextField field={form.field('startsOn')} label={t('contracts.starts')} type="date" />
          <TextField
            field={form.field('endsOn')}
            type="date"
            label={t('contracts.ends')}
            hint={t('contracts.ends-hint')}
            optional
          />
          <NumberField field={form.field('noticeDays')} label={t('contracts.notice-field')} min={0} max={3650} />
        </FieldRow>
      </Form>
    </Page>
  )
}
