import { useQueryClient } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import * as api from '#api/customers'
import { barredFromManaging } from '#core/may.ts'
import { useAppearance } from '#web/app/appearance.ts'
import { call } from '#web/http/call.ts'
import { useAsker } from '#web/modules/people/index.ts'
import { TextField } from '#web/ui/field.tsx'
import { Form, useForm } from '#web/ui/form.tsx'
import { browserZone } from '#web/ui/format.ts'
import { Page } from '#web/ui/page.tsx'
import { Problem } from '#web/ui/problem.tsx'
import { useLanguage, useText } from '#web/ui/text.tsx'
import { CustomerFields, type CustomerValues, isKey, keyTyped } from './customer-fields.tsx'
import classes from './customers.module.css'

/** Adds a customer: a name is enough. */
export function NewCustomerPage() {
  const t = useText()
  const barred = barredFromManaging(useAsker())
  return (
    <Page
      title={t('customers.new.title')}
      lede={t('customers.new.lede')}
      crumb={<Link to="/customers">{t('customers.list.title')}</Link>}
    >
      <div className={classes.form}>{barred === null ? <NewCustomer /> : <Problem title={t(barred)} />}</div>
    </Page>
  )
}

function NewCustomer() {
  const t = useText()
  const cache = useQueryClient()
  const navigate = useNavigate()
  const language = useLanguage()
  const appearance = useAppearance()
  const form = useForm<CustomerValues>({
    initial: {
      name: '',
      key: '',
      kind: 'external',
      timeZone: appearance?.timeZone ?? browserZone(),
      language: appearance?.language ?? language,
    },
    check: ({ name, key, timeZone }) => ({
      name: name.trim() === '' ? t('customers.name-missing') : undefined,
      key: key.trim() === '' || isKey(key) ? undefined : t('customers.key-wrong'),
      timeZone: timeZone === '' ? t('customers.zone-missing') : undefined,
    }),
    async submit({ key, ...values }) {
      const body = { ...values, ...(key.trim() !== '' && { key: keyTyped(key) }) }
      const { id } = await call(api.addCustomer, { body })
      await Promise.all([
        cache.invalidateQueries({ queryKey: ['customers'] }),
        cache.invalidateQueries({ queryKey: ['choices'] }),
      ])
      await navigate({ to: '/customers/$id', params: { id } })
    },
  })
  return (
    <Form form={form} guard action={t('customers.new.do')}>
      <CustomerFields form={form}>
        <TextField
          field={form.field('key')}
          label={t('customers.key')}
          hint={t('customers.key-hint')}
          maxLength={8}
          optional
        />
      </CustomerFields>
    </Form>
  )
}
