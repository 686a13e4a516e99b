import { queryOptions, useQuery, useQueryClient, useSuspenseQuery } from '@tanstack/react-query'
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router'
import { useRef, useState } from 'react'
import { askedFields, type CatalogueItem, type Given, said } from '#api/catalogue'
import * as contacts from '#api/contacts'
import type { WholeContact } from '#api/contacts'
import * as api from '#api/requests'
import { barredFromOrdering } from '#api/requests'
import { customersQuery } from '#web/app/customers.ts'
import { call } from '#web/http/call.ts'
import { upload } from '#web/http/upload.ts'
import { useAsker, useSession } from '#web/modules/people/index.ts'
import { LinkButton, TextButton } from '#web/ui/button.tsx'
import { draftOf } from '#web/ui/drafts.ts'
import { Empty } from '#web/ui/empty.tsx'
import { SelectField, TextField } from '#web/ui/field.tsx'
import { Form, useForm } from '#web/ui/form.tsx'
import { notify } from '#web/ui/notices.tsx'
import { Page } from '#web/ui/page.tsx'
import { useLanguage, useText } from '#web/ui/text.tsx'
import { useFormat } from '#web/ui/use-format.ts'
import { useMoney } from '#web/ui/use-money.ts'
import { ChosenFiles } from './chosen-files.tsx'
import { foundInPortal } from './finding.ts'
import { OrderField } from './order-field.tsx'
import { aboutQuery, orderableQuery } from './queries.ts'
import type { Sending } from './send-files.ts'
import classes from './report-page.module.css'

const route = getRouteApi('/shell/portal/order/$item')

/** Orders one thing: what it is and costs, what has to be known, and one button. */
export function OrderPage() {
  const t = useText()
  const language = useLanguage()
  const format = useFormat()
  const money = useMoney()
  const barred = barredFromOrdering(useAsker())
  const { item: id } = route.useParams()
  const { data: item } = useSuspenseQuery(orderableQuery(id))
  const { contact: contactId } = route.useSearch()
  const { data: contact } = useQuery({ ...contactQuery(contactId ?? ''), enabled: contactId !== undefined })
  const facts = [
    item.price === null ? t('portal.order.free') : t('portal.order.price', { price: money(item.price) }),
    t('portal.order.time', { time: format.duration(item.plannedSeconds * 1000) }),
    t(item.withApproval ? 'portal.order.approval' : 'portal.order.at-once'),
  ]
  return (
    <Page
      title={t('portal.order', { name: said(item.name, language) })}
      lede={
        <>
          {said(item.description, language)}
          <p className="pl-quiet">{facts.join(' · ')}</p>
        </>
      }
      crumb={
        contactId === undefined ? (
          <Link to="/portal">{t('portal.title')}</Link>
        ) : (
          <Link to="/contacts/$id" params={{ id: contactId }}>
            {contact?.subject ?? t('portal.title')}
          </Link>
        )
      }
    >
      {barred !== null && <Empty title={t(barred)}>{null}</Empty>}
      {barred === null && (contactId === undefined || contact !== undefined) && (
        <OrderForm item={item} contact={contact ?? null} />
      )}
    </Page>
  )
}

/** The contact by which it is ordered. */
function contactQuery(id: string) {
  return queryOptions({
    queryKey: ['contacts', 'to-order', id],
    queryFn: ({ signal }) => call(contacts.getContact, { params: { id } }, signal),
  })
}

interface OrderFormProps {
  readonly item: CatalogueItem
  /** What was taken down of it is there already. */
  readonly contact: WholeContact | null
}

interface Values {
  readonly customer: string
  readonly site: string
  readonly for: string
  readonly answers: Given
}

/** What was typed here and not sent; null when there is nothing. */
function begunIn(words: string): Values | null {
  try {
    return words === '' ? null : (JSON.parse(words) as Values)
  } catch {
    return null
  }
}

function OrderForm({ item, contact }: OrderFormProps) {
  const t = useText()
  const client = useQueryClient()
  const navigate = useNavigate()
  const { access } = useAsker()
  const { customers } = useSession()
  const desk = access !== 'customer'
  const { data: all } = useQuery({ ...customersQuery(''), enabled: desk })
  const mine = item.customer === null ? (desk ? (all?.items ?? []) : customers) : [item.customer]
  const { id, sites, fields } = item
  const [files, setFiles] = useState<readonly File[]>([])
  const [sending, setSending] = useState<Sending | null>(null)
  const draft = draftOf(contact?.id ?? id, 'order')
  /** What became of it, once it is ordered: what fails afterwards is tried again, and nothing is ordered twice. */
  const ordered = useRef<string>(null)
  const [begun, setBegun] = useState(() => begunIn(draft.words))
  const [others, setOthers] = useState(desk || (begun?.for ?? '') !== '')
  const blank: Values = {
    customer: mine.length === 1 ? mine[0]!.id : (contact?.customer.id ?? ''),
    site: sites.length === 1 ? sites[0]!.id : (contact?.site?.id ?? ''),
    for: contact?.caller.email ?? '',
    answers: {},
  }
  const form = useForm<Values>({
    initial: { ...blank, ...begun },
    check: ({ customer, site, for: whom, answers }) => ({
      ...(customer === '' && { customer: t('portal.report.customer-needed') }),
      ...(sites.length > 0 && site === '' && { site: t('portal.order.site-needed') }),
      ...(desk && whom.trim() === '' && { for: t('portal.order.for-needed') }),
      ...Object.fromEntries(
        askedFields(fields, answers)
          .filter(({ key, required }) => required && (answers[key] === undefined || answers[key] === ''))
          .map(({ key }) => [`answers.${key}`, t('portal.order.needed')]),
      ),
    }),
    submit: async ({ customer, site, for: whom, answers }) => {
      const body = {
        item: id,
        customer,
        answers: { ...answers },
        ...(site !== '' && { site }),
        ...(others && whom.trim() !== '' && { for: whom.trim() }),
      }
      const isNew = ordered.current === null
      ordered.current ??= (await call(api.orderItem, { body, key: crypto.randomUUID() })).number
      const number = ordered.current
      draft.drop()
      if (isNew && !desk) foundInPortal()
      // It is ordered; a file that does not come through can be added to it later.
      for (const file of isNew ? files : [])
        await upload(api.addRequestAttachment, { params: { id: number }, query: { name: file.name } }, file, {
          onProgress: (share) => setSending({ name: file.name, share }),
        }).catch(() => notify(t('portal.order.file-failed', { name: file.name })))
      if (contact !== null) {
        const leads = { params: { id: contact.id }, body: { request: number }, match: contact.version }
        await call(contacts.changeContact, leads).finally(
          () => void client.invalidateQueries({ queryKey: ['contacts'] }),
        )
      }
      void client.invalidateQueries({ queryKey: ['portal'] })
      void client.invalidateQueries({ queryKey: ['requests'] })
      notify(t('portal.order.done', { number }))
      setTimeout(() =>
        desk
          ? void navigate({ to: '/requests/$id', params: { id: number } })
          : void navigate({ to: '/portal/requests/$number', params: { number } }),
      )
    },
  })
  const { values, field: plain } = form
  /** What is typed outlives a closed page and a crash. */
  function set(changed: Partial<Values>) {
    draft.keep(JSON.stringify({ ...values, ...changed }))
    form.set(changed)
  }
  function field<Name extends keyof Values>(name: Name) {
    return { ...plain(name), onChange: (value: Values[Name]) => set({ [name]: value }) }
  }
  const { data: about } = useQuery(aboutQuery(values.customer === '' ? undefined : values.customer))
  const places = sites.length > 0 ? sites : (about?.sites ?? [])
  const option = ({ id: value, name }: { readonly id: string; readonly name: string }) => ({ value, label: name })
  const errorOf = (key: string) => (plain(`answers.${key}` as keyof Values) as { error: string | undefined }).error
  return (
    <div className={classes.report}>
      {begun !== null && (
        <p className={classes.draft} role="status">
          {t('portal.order.draft')}{' '}
          <TextButton
            onClick={() => {
              draft.drop()
              setBegun(null)
              setOthers(desk)
              form.reset(blank)
            }}
          >
            {t('portal.report.anew')}
          </TextButton>
        </p>
      )}
      <Form
        form={form}
        label={t('portal.order.do')}
        action={t('portal.order.do')}
        beside={
          desk ? (
            <LinkButton to="/catalogue">{t('portal.report.later')}</LinkButton>
          ) : (
            <LinkButton to="/portal">{t('portal.report.later')}</LinkButton>
          )
        }
      >
        {mine.length !== 1 && (
          <SelectField
            field={field('customer')}
            label={t('portal.report.customer')}
            options={[{ value: '', label: t('portal.report.choose') }, ...mine.map(option)]}
          />
        )}
        {askedFields(fields, values.answers).map((asked) => (
          <OrderField
            key={asked.key}
            asked={asked}
            value={values.answers[asked.key]}
            error={errorOf(asked.key)}
            onChange={(value) => set({ answers: { ...values.answers, [asked.key]: value } })}
          />
        ))}
        {places.length > 1 && (
          <SelectField
            field={field('site')}
            label={t('portal.report.site')}
            options={[
              { value: '', label: t(sites.length > 0 ? 'portal.report.choose' : 'portal.report.not-said') },
              ...places.map(option),
            ]}
          />
        )}
        {!desk && (
          <label className={classes.others}>
            <input
              type="checkbox"
              checked={others}
              onChange={({ currentTarget }) => setOthers(currentTarget.checked)}
            />{' '}
            {t('portal.order.for-another')}
          </label>
        )}
        {others && (
          <TextField
            field={field('for')}
            type="email"
            inputMode="email"
            label={t('portal.order.for')}
            hint={t('portal.order.for-hint')}
            maxLength={320}
          />
        )}
        <ChosenFiles files={files} onChange={setFiles} sending={sending} />
      </Form>
    </div>
  )
}
