import { useQueryClient } from '@tanstack/react-query'
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router'
import * as api from '#api/friction'
import { frictionMinutes } from '#core/impact.ts'
import { call } from '#web/http/call.ts'
import { CustomerField } from '#web/modules/feedback/index.ts'
import { useServices, useSites } from '#web/modules/incidents/index.ts'
import { FieldRow, NumberField, SelectField, TextAreaField, TextField } from '#web/ui/field.tsx'
import { Form, useForm } from '#web/ui/form.tsx'
import { notify } from '#web/ui/notices.tsx'
import { Page } from '#web/ui/page.tsx'
import { useText } from '#web/ui/text.tsx'
import { useFormat } from '#web/ui/use-format.ts'

const route = getRouteApi('/shell/friction/new')

interface Values {
  readonly customer: string
  readonly title: string
  readonly description: string
  readonly site: string
  readonly service: string
  readonly place: string
  readonly who: string
  readonly people: number | null
  readonly perWeek: number | null
  readonly minutes: number | null
  readonly rate: number | null
  readonly currency: string
  readonly workaround: string
}

const currencies = ['EUR', 'GBP', 'USD', 'CHF'] as const

/** A friction point was seen; from a ticket or from what somebody wrote it knows already where. */
export function NewFrictionPage() {
  const t = useText()
  const format = useFormat()
  const client = useQueryClient()
  const navigate = useNavigate()
  const { customer, incident, verbatim } = route.useSearch()
  const known = incident !== undefined || verbatim !== undefined
  const initial: Values = {
    customer: customer ?? '',
    title: '',
    description: '',
    site: '',
    service: '',
    place: '',
    who: '',
    people: null,
    perWeek: null,
    minutes: null,
    rate: null,
    currency: 'EUR',
    workaround: '',
  }
  const form = useForm<Values>({
    initial,
    check: (values) => ({
      title: values.title.trim() === '' ? t('friction.what-missing') : undefined,
      customer: !known && values.customer === '' ? t('friction.customer-missing') : undefined,
      people: values.people === null ? t('friction.number-missing') : undefined,
      perWeek: values.perWeek === null ? t('friction.number-missing') : undefined,
      minutes: values.minutes === null ? t('friction.number-missing') : undefined,
    }),
    async submit({ customer: whose, site, service, people, perWeek, minutes, rate, currency, ...rest }) {
      const body = {
        ...rest,
        people: people!,
        perWeek: perWeek!,
        minutes: minutes!,
        ...(rate !== null && { rate: { minor: Math.round(rate * 100), currency } }),
        ...(!known && { customer: whose }),
        ...(site && { site }),
        ...(service && { service }),
        ...(incident !== undefined && { incident }),
        ...(verbatim !== undefined && { verbatim }),
      }
      const { id } = await call(api.addFrictionPoint, { body })
      await client.invalidateQueries({ queryKey: ['friction'] })
      notify(t('friction.noted'))
      await navigate({ to: '/friction/$id', params: { id }, ignoreBlocker: true })
    },
  })
  const { people, perWeek, minutes } = form.values
  const sites = useSites(form.values.customer || undefined)
  const services = useServices(form.values.customer || undefined)
  const none = { value: '', label: t('friction.none-chosen') }
  return (
    <Page
      title={t('friction.new')}
      lede={
        incident !== undefined
          ? t('friction.from-incident', { number: incident })
          : t(verbatim === undefined ? 'friction.new-lede' : 'friction.from-verbatim')
      }
      crumb={<Link to="/friction">{t('friction.title')}</Link>}
    >
      <Form form={form} guard action={t('friction.note')}>
        <TextField
          field={form.field('title')}
          label={t('friction.what')}
          hint={t('friction.what-hint')}
          maxLength={200}
        />
        {!known && <CustomerField field={form.field('customer')} />}
        <FieldRow>
          <NumberField field={form.field('perWeek')} label={t('friction.per-week')} />
          <NumberField field={form.field('minutes')} label={t('friction.minutes')} />
          <NumberField field={form.field('people')} label={t('friction.people')} />
        </FieldRow>
        {people !== null && perWeek !== null && minutes !== null && (
          <p>{t('friction.a-year', { hours: format.number(frictionMinutes(perWeek, minutes, people) / 60, 1) })}</p>
        )}
        <FieldRow>
          <NumberField
            field={form.field('rate')}
            label={t('friction.rate')}
            hint={t('friction.rate-hint')}
            optional
            digits={2}
          />
          <SelectField
            field={form.field('currency')}
            label={t('friction.currency')}
            options={currencies.map((value) => ({ value, label: value }))}
          />
        </FieldRow>
        {!known && (
          <FieldRow>
            <SelectField
              field={form.field('site')}
              label={t('friction.site')}
              optional
              options={[none, ...sites.map(({ id, name }) => ({ value: id, label: name }))]}
            />
            <SelectField
              field={form.field('service')}
              label={t('friction.service')}
              optional
              options={[none, ...services.map(({ id, name }) => ({ value: id, label: name }))]}
            />
          </FieldRow>
        )}
        <FieldRow>
          <TextField field={form.field('place')} label={t('friction.place')} optional maxLength={200} />
          <TextField field={form.field('who')} label={t('friction.who')} optional maxLength={200} />
        </FieldRow>
        <TextAreaField
          field={form.field('description')}
          label={t('friction.description')}
          optional
          maxLength={10_000}
        />
        <TextAreaField field={form.field('workaround')} label={t('friction.workaround')} optional maxLength={4000} />
      </Form>
    </Page>
  )
}
