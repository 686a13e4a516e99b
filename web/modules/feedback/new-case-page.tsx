import { useQueryClient } from '@tanstack/react-query'
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router'
import * as api from '#api/feedback'
import { barredFromInside } from '#core/may.ts'
import { call } from '#web/http/call.ts'
import { useServices, useSites } from '#web/modules/incidents/index.ts'
import { useAsker } from '#web/modules/people/index.ts'
import { FieldRow, RadioField, SelectField, TextAreaField } from '#web/ui/field.tsx'
import { Form, useForm } from '#web/ui/form.tsx'
import { notify } from '#web/ui/notices.tsx'
import { Page } from '#web/ui/page.tsx'
import { useText } from '#web/ui/text.tsx'
import { CustomerField } from './customer-field.tsx'

const route = getRouteApi('/shell/feedback/cases/new')

/** Praises or complains about the service itself. */
export function NewCasePage() {
  const t = useText()
  const client = useQueryClient()
  const navigate = useNavigate()
  const inside = barredFromInside(useAsker()) === null
  const { customer } = route.useSearch()
  const services = useServices(customer)
  const sites = useSites(customer)
  const form = useForm({
    initial: {
      customer: customer ?? '',
      kind: 'complaint',
      text: '',
      service: '',
      site: '',
    },
    check: (values) => ({
      text: values.text.trim() === '' ? t('feedback.case.text-missing') : undefined,
      customer: inside && values.customer === '' ? t('feedback.customer-missing') : undefined,
    }),
    async submit({ customer: whose, kind, text, service, site }) {
      const about = { ...(whose && { customer: whose }), ...(service && { service }), ...(site && { site }) }
      const { id } = await call(api.addFeedbackCase, { body: { kind, text, ...about } })
      await client.invalidateQueries({ queryKey: ['feedback'] })
      notify(t('feedback.case.sent'))
      await navigate({ to: '/feedback/cases/$id', params: { id }, ignoreBlocker: true })
    },
  })
  const none = { value: '', label: t('feedback.none') }
  return (
    <Page
      title={t('feedback.case.new')}
      lede={t('feedback.case.new-lede')}
      crumb={<Link to="/feedback">{t('feedback.title')}</Link>}
    >
      <Form form={form} guard action={t('feedback.send')}>
        <RadioField
          field={form.field('kind')}
          label={t('feedback.case.kind')}
          options={(['complaint', 'compliment'] as const).map((value) => ({
            value,
            label: t(`feedback.case.kind.${value}`),
          }))}
        />
        {inside && <CustomerField field={form.field('customer')} />}
        <TextAreaField field={form.field('text')} label={t('feedback.case.text')} rows={5} maxLength={10_000} />
        <FieldRow>
          <SelectField
            field={form.field('service')}
            label={t('feedback.service')}
            optional
            options={[none, ...services.map(({ id, name }) => ({ value: id, label: name }))]}
          />
          <SelectField
            field={form.field('site')}
            label={t('feedback.site')}
            optional
            options={[none, ...sites.map(({ id, name }) => ({ value: id, label: name }))]}
          />
        </FieldRow>
      </Form>
    </Page>
  )
}
