import { useQuery, useQueryClient } from '@tanstack/react-query'
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router'
import { useRef, useState } from 'react'
import * as api from '#api/contacts'
import { barredFromWorking, type Caller, type Channel, channels, type Outcome } from '#api/contacts'
import { call } from '#web/http/call.ts'
import { useSites } from '#web/modules/incidents/index.ts'
import { useAsker } from '#web/modules/people/index.ts'
import { Button } from '#web/ui/button.tsx'
import { draftOf } from '#web/ui/drafts.ts'
import { FieldRow, SelectField, TextAreaField, TextField } from '#web/ui/field.tsx'
import { Form, useForm } from '#web/ui/form.tsx'
import { keep, readKept } from '#web/ui/kept.ts'
import { Menu, MenuItem } from '#web/ui/menu.tsx'
import { notify } from '#web/ui/notices.tsx'
import { Page } from '#web/ui/page.tsx'
import { SearchField } from '#web/ui/search-field.tsx'
import { useText } from '#web/ui/text.tsx'
import { CallerField } from './caller-field.tsx'
import { Known } from './known.tsx'
import { customersToChoose } from './queries.ts'
import classes from './contacts.module.css'

const route = getRouteApi('/shell/contacts/new')
/** The way of the last one: whoever sits at the phone takes calls. */
const LAST_CHANNEL = 'plumbline.contact-channel'

/** Takes a contact down, in ten seconds: who, what about, and how it goes on. */
export function NewContactPage() {
  const t = useText()
  const barred = barredFromWorking(useAsker())
  const crumb = <Link to="/contacts">{t('contacts.title')}</Link>
  if (barred !== null)
    return (
      <Page title={t('contacts.form.barred')} crumb={crumb}>
        {t(barred)}
      </Page>
    )
  return (
    <Page title={t('contacts.new')} lede={t('contacts.form.lede')} crumb={crumb}>
      <Taking />
    </Page>
  )
}

interface Values {
  readonly who: string
  readonly customer: string
  readonly channel: Channel
  readonly subject: string
  readonly details: string
  readonly email: string
  readonly phone: string
  readonly site: string
}

/** What becomes of it: an outcome, an incident that is logged next, or one that is known. */
type Next =
  | Exclude<Outcome, 'incident' | 'attached' | 'request'>
  | 'log'
  | 'order'
  | { readonly id: string; readonly number: string }

function Taking() {
  const t = useText()
  const client = useQueryClient()
  const navigate = useNavigate()
  const { customer: scope = '' } = route.useSearch()
  const { data: customers = [] } = useQuery(customersToChoose())
  const [began] = useState(() => new Date())
  const [caller, setCaller] = useState<Caller | null>(null)
  const next = useRef<Next>('answered')
  const draft = draftOf('contact', 'new')
  const initial: Values = {
    who: '',
    customer: scope,
    channel: channels.find((each) => each === readKept(LAST_CHANNEL)) ?? 'phone',
    subject: draft.words,
    details: '',
    email: '',
    phone: '',
    site: '',
  }
  const form = useForm({
    initial,
    paths: { 'caller.email': 'email', 'caller.phone': 'phone', 'caller.name': 'who' },
    check: ({ customer, subject }) => ({
      ...(customer === '' && { customer: t('contacts.form.customer-needed') }),
      ...(subject.trim() === '' && { subject: t('contacts.form.subject-needed') }),
    }),
    submit: async ({ who, customer, channel, subject, details, email, phone, site }) => {
      const wanted = next.current
      next.current = 'answered'
      const about = typeof wanted === 'object' ? wanted : null
      const body = {
        customer,
        channel,
        subject: subject.trim(),
        details: details.trim(),
        startedAt: began,
        handleSeconds: Math.min(Math.round((Date.now() - began.getTime()) / 1000), 86_400),
        caller: {
          ...(caller !== null && { id: caller.id }),
          name: caller?.name ?? who.trim(),
          ...(email.trim() !== '' && { email: email.trim() }),
          ...(phone.trim() !== '' && { phone: phone.trim() }),
        },
        ...(site !== '' && { site }),
        ...(about === null
          ? {
              outcome:
                wanted === 'log' || wanted === 'order' || typeof wanted === 'object' ? ('open' as const) : wanted,
            }
          : { outcome: 'attached' as const, incident: about.id }),
      }
      const { id } = await call(api.takeContact, { body })
      draft.drop()
      keep(LAST_CHANNEL, channel)
      void client.invalidateQueries({ queryKey: ['contacts'] })
      // After the form knows that it is sent: it asks nobody to stay.
      if (wanted === 'order') {
        setTimeout(() => void navigate({ to: '/catalogue', search: { contact: id, caller: customer } }))
        return
      }
      if (wanted === 'log') {
        setTimeout(() => void navigate({ to: '/incidents/new', search: { contact: id } }))
        return
      }
      notify(about === null ? t(`contacts.done.${wanted as 'open'}`) : t('contacts.done.attached', about))
      if (about !== null) void client.invalidateQueries({ queryKey: ['incidents'] })
      setTimeout(() => void navigate({ to: '/contacts' }))
    },
  })
  const { values, field } = form
  const element = useRef<HTMLDivElement>(null)
  const sites = useSites(values.customer === '' ? undefined : values.customer)
  /** Sends it with another outcome than the one of the main button. */
  function go(wanted: Next) {
    next.current = wanted
    element.current?.querySelector('form')?.requestSubmit()
  }
  function choose(chosen: Caller) {
    setCaller(chosen)
    form.set({
      who: chosen.name,
      customer: chosen.customer.id,
      email: chosen.email ?? '',
      phone: chosen.phone ?? '',
      site: chosen.site?.id ?? '',
    })
    element.current?.querySelector<HTMLInputElement>('[name="subject"]')?.focus()
  }
  const option = ({ id, name }: { readonly id: string; readonly name: string }) => ({ value: id, label: name })
  const subject = field('subject')
  return (
    <div className={classes.form} ref={element}>
      <Form
        form={form}
        guard
        label={t('contacts.new')}
        actions={
          <>
            <Button main type="submit" busy={form.busy}>
              {t('contacts.form.answered')}
            </Button>
            <Button onClick={() => go('log')}>{t('contacts.form.log')}</Button>
            <Menu button={<Button>{t('contacts.form.more')}</Button>}>
              <MenuItem onClick={() => go('order')}>{t('contacts.form.request')}</MenuItem>
              <MenuItem onClick={() => go('open')}>{t('contacts.form.later')}</MenuItem>
              <MenuItem onClick={() => go('abandoned')}>{t('contacts.form.abandoned')}</MenuItem>
            </Menu>
          </>
        }
      >
        <CallerField
          field={{
            ...field('who'),
            onChange: (who) => {
              setCaller(null)
              form.set({ who })
            },
          }}
          customer={scope}
          chosen={caller}
          onChoose={choose}
        />
        <TextField
          field={{
            ...subject,
            onChange: (words) => {
              draft.keep(words)
              subject.onChange(words)
            },
          }}
          label={t('contacts.form.subject')}
          hint={t('contacts.form.subject-hint')}
          maxLength={400}
        />
        <FieldRow>
          <SearchField
            field={{ ...field('customer'), onChange: (customer) => form.set({ customer, site: '' }) }}
            label={t('contacts.customer')}
            options={customers.map(option)}
          />
          <SelectField
            field={field('channel')}
            label={t('contacts.channel')}
            options={channels.map((value) => ({ value, label: t(`contacts.channel.${value}`) }))}
          />
        </FieldRow>
        <TextAreaField field={field('details')} label={t('contacts.details')} optional rows={3} />
        <FieldRow>
          <TextField field={field('phone')} label={t('contacts.form.phone')} inputMode="tel" maxLength={60} optional />
          <TextField
            field={field('email')}
            type="email"
            inputMode="email"
            label={t('contacts.form.email')}
            maxLength={320}
            optional
          />
        </FieldRow>
        {sites.length > 0 && (
          <SearchField
            field={field('site')}
            label={t('contacts.site')}
            options={[{ value: '', label: '–' }, ...sites.map(option)]}
          />
        )}
      </Form>
      <Known
        caller={caller}
        customer={customers.find(({ id }) => id === values.customer)}
        subject={values.subject}
        onThis={go}
      />
    </div>
  )
}
