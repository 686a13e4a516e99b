import { queryOptions, useQuery, useQueryClient } from '@tanstack/react-query'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import * as api from '#api/incidents'
import { barredFromWorking } from '#api/incidents'
import * as contacts from '#api/contacts'
import type { WholeContact } from '#api/contacts'
import type { Level } from '#api/service-levels'
import { call } from '#web/http/call.ts'
import { useAsker } from '#web/modules/people/index.ts'
import { LinkButton } from '#web/ui/button.tsx'
import { Empty } from '#web/ui/empty.tsx'
import { FieldRow, TextAreaField, TextField } from '#web/ui/field.tsx'
import { Form, useForm } from '#web/ui/form.tsx'
import { notify } from '#web/ui/notices.tsx'
import { Page } from '#web/ui/page.tsx'
import { SearchField } from '#web/ui/search-field.tsx'
import { useText } from '#web/ui/text.tsx'
import { HelpfulArticles } from './helpful-articles.tsx'
import { customersToChoose, useAgreements, useServices, useSites, useTeams } from './choices.ts'
import { draftOf } from '#web/ui/drafts.ts'
import { promisedFor } from './promise.ts'
import { RatingGrid } from './rating-grid.tsx'
import { SimilarIncidents } from './similar-incidents.tsx'
import classes from './new-incident-page.module.css'

const route = getRouteApi('/shell/incidents/new')

/** Logs an incident: what is wrong, how bad it is; the rest follows from the agreement. */
export function NewIncidentPage() {
  const t = useText()
  const barred = barredFromWorking(useAsker())
  const { data: customers } = useQuery(customersToChoose())
  const { contact: contactId } = route.useSearch()
  const { data: contact } = useQuery({ ...contactToLog(contactId ?? ''), enabled: contactId !== undefined })
  if (barred !== null) return <Page title={t('incidents.declare.barred')}>{t(barred)}</Page>
  return (
    <Page title={t('incidents.new')} lede={t('incidents.declare.lede')}>
      <div className={classes.form}>
        {customers?.length === 0 ? (
          <Empty
            title={t('incidents.declare.no-customer')}
            actions={
              <LinkButton to="/customers/new" main>
                {t('incidents.declare.add-customer')}
              </LinkButton>
            }
          >
            {t('incidents.declare.no-customer-more')}
          </Empty>
        ) : (
          (contactId === undefined || contact !== undefined) && (
            <Declaration customers={customers ?? []} contact={contact ?? null} />
          )
        )}
      </div>
    </Page>
  )
}

/** The contact that is gone on with. */
function contactToLog(id: string) {
  return queryOptions({
    queryKey: ['contacts', 'to-log', id],
    queryFn: ({ signal }) => call(contacts.getContact, { params: { id } }, signal),
  })
}

interface DeclarationProps {
  readonly customers: readonly { readonly id: string; readonly name: string }[]
  /** What was taken down of it is there already. */
  readonly contact: WholeContact | null
}

interface Values {
  readonly customer: string
  readonly title: string
  readonly description: string
  readonly impact: Level
  readonly urgency: Level
  readonly service: string
  readonly site: string
  readonly team: string
  readonly requester: string
}

function Declaration({ customers, contact }: DeclarationProps) {
  const t = useText()
  const client = useQueryClient()
  const navigate = useNavigate()
  const { customer = '' } = route.useSearch()
  const [now] = useState(() => new Date())
  const initial: Values = {
    customer: contact?.customer.id ?? customer,
    title: contact?.subject ?? '',
    description: contact?.details ?? '',
    impact: 'medium',
    urgency: 'medium',
    service: '',
    site: contact?.site?.id ?? '',
    team: '',
    requester: contact?.caller.email ?? '',
  }
  const form = useForm({
    initial,
    check: ({ customer: chosen, title }) => ({
      ...(chosen === '' && { customer: t('incidents.declare.customer-needed') }),
      ...(title.trim() === '' && { title: t('incidents.title-needed') }),
    }),
    submit: async ({ customer: chosen, title, description, impact, urgency, ...optional }) => {
      const given = Object.fromEntries(Object.entries(optional).filter(([, value]) => value.trim() !== ''))
      const body = { customer: chosen, title, description, impact, urgency, channel: 'phone' as const, ...given }
      if (contact !== null) {
        const { customer: _customer, channel: _channel, ...declaration } = body
        const logged = await call(contacts.logContact, { params: { id: contact.id }, body: declaration })
        void client.invalidateQueries({ queryKey: ['incidents'] })
        void client.invalidateQueries({ queryKey: ['contacts'] })
        const { number } = logged.incident!
        notify(t('incidents.declare.from-contact', { number }))
        setTimeout(() => void navigate({ to: '/incidents/$id', params: { id: number } }))
        return
      }
      const { number, priority } = await call(api.declareIncident, { body })
      void client.invalidateQueries({ queryKey: ['incidents'] })
      // Without a network it is kept and has no number yet: it shows when it is sent.
      if (number === '') {
        setTimeout(() => void navigate({ to: '/incidents' }))
        return
      }
      notify(t('incidents.declare.done', { number, priority: priority.toUpperCase() }))
      // After the form knows that it is sent: it asks nobody to stay.
      setTimeout(() => void navigate({ to: '/incidents/$id', params: { id: number } }))
    },
  })
  const { values, field } = form
  const ofCustomer = values.customer === '' ? undefined : values.customer
  const sites = useSites(ofCustomer)
  const services = useServices(ofCustomer)
  const teams = useTeams()
  const agreements = useAgreements(ofCustomer)
  const promised = promisedFor(agreements, values.service || null, now)
  const option = ({ id, name }: { readonly id: string; readonly name: string }) => ({ value: id, label: name })
  const none = { value: '', label: t('incidents.none-chosen') }
  /** It is known already: what was typed is a note there. */
  function addTo({ id, number }: { readonly id: string; readonly number: string }) {
    draftOf(id, 'note').keep([values.title, values.description].filter((text) => text.trim() !== '').join('\n\n'))
    form.reset(values)
    // After the form knows that nothing is left to be sent.
    setTimeout(() => void navigate({ to: '/incidents/$id', params: { id: number }, search: { note: 'add' } }))
  }
  return (
    <div className={classes.beside}>
      <Form
        form={form}
        guard
        label={t('incidents.new')}
        action={t('incidents.declare.do')}
        beside={<LinkButton to="/incidents">{t('incidents.not-now')}</LinkButton>}
      >
        <SearchField
          // What is of one customer is of no other.
          field={{ ...field('customer'), onChange: (id) => form.set({ customer: id, site: '', service: '' }) }}
          label={t('incidents.customer')}
          autoFocus={ofCustomer === undefined}
          options={customers.map(option)}
        />
        <div>
          <TextField
            field={field('title')}
            label={t('incidents.field.title')}
            hint={t('incidents.declare.title-hint')}
            maxLength={400}
            autoFocus={ofCustomer !== undefined}
          />
          <div className={classes.suggested}>
            <SimilarIncidents customer={values.customer} title={values.title} onSame={addTo} />
            <HelpfulArticles customer={values.customer} title={values.title} />
          </div>
        </div>
        <TextAreaField
          field={field('description')}
          label={t('incidents.description')}
          hint={t('incidents.declare.description-hint')}
          optional
          rows={5}
        />
        <RatingGrid
          value={values}
          onChange={({ impact, urgency }) => form.set({ impact, urgency })}
          promised={promised}
          undecided={ofCustomer === undefined}
        />
        <FieldRow>
          <SearchField
            field={field('service')}
            label={t('incidents.service')}
            placeholder={t('incidents.none-chosen')}
            options={[none, ...services.map(option)]}
          />
          <SearchField
            field={field('site')}
            label={t('incidents.site')}
            placeholder={t(ofCustomer === undefined ? 'incidents.declare.customer-first' : 'incidents.none-chosen')}
            options={[none, ...sites.map(option)]}
          />
        </FieldRow>
        <FieldRow>
          <SearchField
            field={field('team')}
            label={t('incidents.team')}
            placeholder={t('incidents.none-chosen')}
            options={[none, ...teams.map(option)]}
          />
          <TextField
            field={field('requester')}
            type="email"
            inputMode="email"
            label={t('incidents.requester')}
            placeholder={t('incidents.declare.requester')}
            optional
          />
        </FieldRow>
      </Form>
    </div>
  )
}
