import { useQuery, useSuspenseInfiniteQuery } from '@tanstack/react-query'
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router'
import { useDeferredValue } from 'react'
import { barredFromManaging, barredFromWorking, type Contact, channels, outcomes } from '#api/contacts'
import { DeskTabs } from '#web/modules/incidents/index.ts'
import { useAsker } from '#web/modules/people/index.ts'
import { LinkButton } from '#web/ui/button.tsx'
import { Empty } from '#web/ui/empty.tsx'
import { Page } from '#web/ui/page.tsx'
import { SearchInAddress } from '#web/ui/search-in-address.tsx'
import { Pick, Sentence } from '#web/ui/sentence.tsx'
import { type Column, Table } from '#web/ui/table.tsx'
import { Text, useText } from '#web/ui/text.tsx'
import { useFormat, useReaderZone } from '#web/ui/use-format.ts'
import { useNow } from '#web/ui/use-now.ts'
import { ByChannel } from './by-channel.tsx'
import { OutcomeState } from './outcome-state.tsx'
import { contactsQuery, customersToChoose } from './queries.ts'
import { Sources } from './sources.tsx'
import classes from './contacts.module.css'

const route = getRouteApi('/shell/contacts')

/** Who was in touch, by which way, and what came of it. */
export function ContactsPage() {
  const t = useText()
  const format = useFormat()
  const zone = useReaderZone()
  const asker = useAsker()
  const { customer, channel, outcome, first, q, days = '30' } = route.useSearch()
  const from = firstDay(useNow(), days === 'all' ? null : Number(days), zone)
  const { data, hasNextPage, isFetchingNextPage, fetchNextPage } = useSuspenseInfiniteQuery(
    contactsQuery({ customer, channel, outcome, first, from, zone, q: useDeferredValue(q) }),
  )
  const columns: readonly Column<Contact>[] = [
    {
      key: 'subject',
      head: t('contacts.subject'),
      narrow: 'lead',
      cell: ({ id, subject }) => (
        <Link to="/contacts/$id" params={{ id }}>
          {subject}
        </Link>
      ),
    },
    {
      key: 'caller',
      head: t('contacts.caller'),
      width: '16%',
      narrow: 'under',
      cell: ({ caller }) => caller.name || caller.phone || caller.email || t('contacts.nobody'),
    },
    {
      key: 'customer',
      head: t('contacts.customer'),
      width: '14%',
      narrow: 'hidden',
      cell: ({ customer: { name } }) => name,
    },
    {
      key: 'channel',
      head: t('contacts.channel'),
      width: '90px',
      narrow: 'under',
      cell: (contact) => t(`contacts.channel.${contact.channel}`),
    },
    {
      key: 'when',
      head: t('contacts.when'),
      width: '140px',
      narrow: 'under',
      cell: ({ startedAt }) => format.instant(startedAt, zone),
    },
    {
      key: 'incident',
      head: t('contacts.incident'),
      width: '110px',
      narrow: 'hidden',
      cell: ({ incident }) =>
        incident === null ? (
          '–'
        ) : (
          <Link to="/incidents/$id" params={{ id: incident.number }}>
            {incident.number}
          </Link>
        ),
    },
    {
      key: 'outcome',
      head: t('contacts.outcome'),
      width: '180px',
      narrow: 'trail',
      cell: (contact) => <OutcomeState outcome={contact.outcome} />,
    },
  ]
  return (
    <Page
      title={t('contacts.title')}
      lede={t('contacts.lede')}
      actions={
        barredFromWorking(asker) === null && (
          <LinkButton to="/contacts/new" main keys="c">
            {t('contacts.new')}
          </LinkButton>
        )
      }
    >
      <DeskTabs />
      <Narrowed />
      <ByChannel customer={customer} from={from} zone={zone} />
      {first !== undefined && (
        <p>
          <b>{t(first === 'settled' ? 'contacts.first-settled' : 'contacts.first-not-settled')}</b>{' '}
          <Link to="/contacts">{t('contacts.first-all')}</Link>
        </p>
      )}
      <div className={classes.search}>
        <SearchInAddress label={t('contacts.search')} words={q ?? ''} />
      </div>
      <Table
        dense
        keys
        label={t('contacts.title')}
        columns={columns}
        rows={data.pages.flatMap(({ items }) => items)}
        rowKey={({ id }) => id}
        more={{ has: hasNextPage, busy: isFetchingNextPage, load: () => void fetchNextPage() }}
        empty={<Empty title={t('contacts.none')}>{t('contacts.none-more')}</Empty>}
      />
      {barredFromManaging(asker) === null && <Sources />}
    </Page>
  )
}

/** By what the list and its figures are narrowed, as a sentence. */
function Narrowed() {
  const t = useText()
  const navigate = useNavigate()
  const { customer, channel, outcome, days = '30' } = route.useSearch()
  const { data: customers = [] } = useQuery(customersToChoose())
  const change = (changed: object) =>
    void navigate({ to: '.', search: (before: object) => ({ ...before, ...changed }), replace: true })
  const any = (label: string) => ({ value: '', label }) as const
  return (
    <Sentence>
      <Text
        id="contacts.sentence"
        components={{
          customer: (
            <Pick
              label={t('contacts.customer')}
              options={[
                any(t('contacts.any-customer')),
                ...customers.map(({ id, name }) => ({ value: id, label: name })),
              ]}
              value={customer ?? ''}
              onChange={(value) => change({ customer: value || undefined })}
            />
          ),
          period: (
            <Pick
              label={t('contacts.days')}
              options={[
                { value: '7', label: t('contacts.days.7') },
                { value: '30', label: t('contacts.days.30') },
                { value: '90', label: t('contacts.days.90') },
                { value: 'all', label: t('contacts.any-time') },
              ]}
              value={days}
              onChange={(value) => change({ days: value === '30' ? undefined : value })}
            />
          ),
          channel: (
            <Pick
              label={t('contacts.channel')}
              options={[
                any(t('contacts.any-channel')),
                ...channels.map((value) => ({ value, label: t(`contacts.channel.${value}`) })),
              ]}
              value={channel ?? ''}
              onChange={(value) => change({ channel: value || undefined, first: undefined })}
            />
          ),
          outcome: (
            <Pick
              label={t('contacts.outcome')}
              options={[
                any(t('contacts.any-outcome')),
                ...outcomes.map((value) => ({ value, label: t(`contacts.outcome.${value}`) })),
              ]}
              value={outcome ?? ''}
              onChange={(value) => change({ outcome: value || undefined, first: undefined })}
            />
          ),
        }}
      />
    </Sentence>
  )
}

const DAY_MS = 86_400_000

/** The first of so many days, today with them; none where all are meant. */
function firstDay(now: Date, days: number | null, zone: string): string | undefined {
  if (days === null) return undefined
  const at = new Date(now.getTime() - (days - 1) * DAY_MS)
  return new Intl.DateTimeFormat('en-CA', { timeZone: zone, dateStyle: 'short' }).format(at)
}
