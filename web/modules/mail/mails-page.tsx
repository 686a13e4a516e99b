import { useSuspenseInfiniteQuery } from '@tanstack/react-query'
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router'
import { useDeferredValue } from 'react'
import type { ReceivedMail } from '#api/mail'
import { Chips } from '#web/ui/chips.tsx'
import { Empty } from '#web/ui/empty.tsx'
import { Page } from '#web/ui/page.tsx'
import { SearchInput } from '#web/ui/search-input.tsx'
import { type Column, Table } from '#web/ui/table.tsx'
import { useText } from '#web/ui/text.tsx'
import { useFormat } from '#web/ui/use-format.ts'
import { Fate } from './fate.tsx'
import classes from './mail.module.css'
import { mailsQuery } from './queries.ts'

const route = getRouteApi('/shell/mails')

/** Mails that came: those that wait for somebody first. */
export function MailsPage() {
  const t = useText()
  const format = useFormat()
  const navigate = useNavigate()
  const { show, q = '' } = route.useSearch()
  const { data, hasNextPage, isFetchingNextPage, fetchNextPage } = useSuspenseInfiniteQuery(
    mailsQuery({ show, q: useDeferredValue(q) }),
  )
  const mails = data.pages.flatMap(({ items }) => items)
  const columns: readonly Column<ReceivedMail>[] = [
    {
      key: 'subject',
      head: t('mail.subject'),
      narrow: 'lead',
      cell: ({ id, subject, emptiedAt }) => (
        <Link to="/mails/$id" params={{ id }}>
          {subject || t(emptiedAt === null ? 'mail.no-subject' : 'mail.emptied')}
        </Link>
      ),
    },
    {
      key: 'from',
      head: t('mail.from'),
      width: '230px',
      narrow: 'under',
      cell: ({ from, emptiedAt }) =>
        from.name || from.address || t(emptiedAt === null ? 'mail.nobody' : 'mail.emptied'),
    },
    { key: 'fate', head: t('mail.fate'), width: '200px', narrow: 'trail', cell: (mail) => <Fate mail={mail} /> },
    {
      key: 'customer',
      head: t('mail.customer'),
      width: '170px',
      narrow: 'hidden',
      cell: ({ customer }) => customer?.name ?? t('mail.unknown'),
    },
    {
      key: 'received',
      head: t('mail.received'),
      width: '150px',
      narrow: 'under',
      cell: ({ receivedAt }) => format.instant(receivedAt),
    },
  ]
  const change = (changed: { readonly show?: 'all' | undefined; readonly q?: string | undefined }) =>
    void navigate({ to: '.', search: (before: object) => ({ ...before, ...changed }), replace: true })
  return (
    <Page title={t('mail.mails')} lede={t('mail.mails-lede')}>
      <div className={classes.before}>
        <Chips
          label={t('mail.show')}
          chips={[
            { value: 'waiting', label: t('mail.show-waiting') },
            { value: 'all', label: t('mail.show-all') },
          ]}
          value={show ?? 'waiting'}
          onChange={(value) => change({ show: value === 'all' ? 'all' : undefined })}
        />
        <SearchInput label={t('mail.search')} value={q} onChange={(words) => change({ q: words || undefined })} />
      </div>
      <Table
        label={t('mail.mails')}
        columns={columns}
        rows={mails}
        rowKey={({ id }) => id}
        more={{ has: hasNextPage, busy: isFetchingNextPage, load: () => void fetchNextPage() }}
        empty={
          <Empty title={t(show === undefined ? 'mail.none-waiting' : 'mail.none')}>
            {t(show === undefined ? 'mail.none-waiting-more' : 'mail.none-more')}
          </Empty>
        }
      />
    </Page>
  )
}
