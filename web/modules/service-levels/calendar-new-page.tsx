import { useQueryClient, useSuspenseQuery } from '@tanstack/react-query'
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import * as api from '#api/service-levels'
import { barredFromManaging } from '#core/may.ts'
import { call } from '#web/http/call.ts'
import { useAsker } from '#web/modules/people/index.ts'
import { TextField } from '#web/ui/field.tsx'
import { Form, useForm } from '#web/ui/form.tsx'
import { browserZone } from '#web/ui/format.ts'
import { Page, Section } from '#web/ui/page.tsx'
import { Problem } from '#web/ui/problem.tsx'
import { SearchField } from '#web/ui/search-field.tsx'
import { useText } from '#web/ui/text.tsx'
import { agreeableCustomersQuery } from './agreements-queries.ts'
import { type HoursDraft, officeHours, readHours } from './calendar-draft.ts'
import { HoursFields } from './calendar-hours-fields.tsx'
import { sentHours } from './calendar-sent.ts'
import classes from './agreements.module.css'

const route = getRouteApi('/shell/calendars/new')

/** Adds hours that agreements can be made on. */
export function NewCalendarPage() {
  const t = useText()
  const barred = barredFromManaging(useAsker())
  return (
    <Page
      title={t('agreements.calendar.new')}
      lede={t('agreements.calendar.new.lede')}
      crumb={<Link to="/agreements">{t('agreements.list.title')}</Link>}
    >
      {barred === null ? <NewCalendar /> : <Problem title={t(barred)} />}
    </Page>
  )
}

interface Values {
  readonly name: string
  /** Id; empty for all. */
  readonly customer: string
  readonly hours: HoursDraft
}

function NewCalendar() {
  const t = useText()
  const cache = useQueryClient()
  const navigate = useNavigate()
  const { customer } = route.useSearch()
  const { data: customers } = useSuspenseQuery(agreeableCustomersQuery())
  const [tried, setTried] = useState(false)
  const form = useForm<Values>({
    initial: { name: '', customer: customer ?? '', hours: officeHours(browserZone()) },
    check: ({ name, hours }) => {
      setTried(true)
      return {
        name: name.trim() === '' ? t('agreements.calendar.name-missing') : undefined,
        hours: readHours(hours).rules === null ? t('agreements.calendar.wrong') : undefined,
      }
    },
    async submit({ name, customer: owner, hours }) {
      const { id } = await call(api.addCalendar, {
        body: { name, ...(owner !== '' && { customer: owner }), ...sentHours(hours) },
      })
      await cache.invalidateQueries({ queryKey: ['calendars'] })
      await navigate({ to: '/calendars/$id', params: { id }, ignoreBlocker: true })
    },
  })
  const hours = form.field('hours')
  return (
    <div className={classes.form}>
      <Form form={form} guard action={t('agreements.calendar.new.do')}>
        <div className={classes.who}>
          <TextField
            field={form.field('name')}
            label={t('agreements.calendar.name')}
            hint={t('agreements.calendar.name-hint')}
            maxLength={200}
          />
          <SearchField
            field={form.field('customer')}
            label={t('agreements.calendar.for')}
            placeholder={t('agreements.calendar.for-all')}
            options={[
              { value: '', label: t('agreements.calendar.for-all') },
              ...customers.map(({ id, name }) => ({ value: id, label: name })),
            ]}
          />
        </div>
        <Section title={t('agreements.hours')}>
          <HoursFields hours={hours.value} onChange={hours.onChange} strict={tried} />
          {hours.error !== undefined && (
            <p className={classes.wrong} role="alert">
              {hours.error}
            </p>
          )}
        </Section>
      </Form>
    </div>
  )
}
