import { useSuspenseQuery } from '@tanstack/react-query'
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router'
import { barredFromTerms, type Contract } from '#api/contracts'
import { barredBeyondPortal } from '#core/may.ts'
import { useAsker } from '#web/modules/people/index.ts'
import { Button, DownloadLink } from '#web/ui/button.tsx'
import { Empty } from '#web/ui/empty.tsx'
import { Page, Section } from '#web/ui/page.tsx'
import { type Column, Table } from '#web/ui/table.tsx'
import { useText } from '#web/ui/text.tsx'
import { useNow } from '#web/ui/use-now.ts'
import { daysAfter } from '#core/recurrence.ts'
import { LastDays } from './last-days.tsx'
import { contractsQuery, daysQuery } from './queries.ts'
import { ContractStateWord, useDay } from './words.tsx'

const route = getRouteApi('/shell/contracts')
const SOON_DAYS = 90

/** All contracts, and what has to be done in the next months at the latest. */
export function ContractsPage() {
  const t = useText()
  const barred = barredBeyondPortal(useAsker())
  if (barred === null) return <Contracts />
  return (
    <Page title={t('contracts.title')}>
      <Empty title={t('contracts.title')}>{t(barred)}</Empty>
    </Page>
  )
}

function Contracts() {
  const t = useText()
  const navigate = useNavigate()
  const { customer } = route.useSearch()
  const barred = barredFromTerms(useAsker())
  const { data: contracts } = useSuspenseQuery(contractsQuery(customer))
  const { data: days } = useSuspenseQuery(daysQuery(customer))
  const now = useNow().toISOString().slice(0, 10)
  const open = days.filter(({ on, state }) => (on >= now ? on < daysAfter(now, SOON_DAYS) : state === 'late'))
  const todo = open.filter(({ state }) => state === null || state === 'due' || state === 'late')
  const late = open.filter(({ state }) => state === 'late').length
  const feed = customer === undefined ? '' : `?customer=${encodeURIComponent(customer)}`
  return (
    <Page
      title={contracts.length === 0 ? t('contracts.title') : t('contracts.case', { late, soon: todo.length - late })}
      lede={t('contracts.lede', { count: contracts.length })}
      actions={
        <>
          {barred === null && (
            <>
              <Link to="/renewals" search={{ customer }}>
                {t('contracts.renewals')}
              </Link>
              <Link to="/portfolio" search={{ customer }}>
                {t('contracts.portfolio')}
              </Link>
            </>
          )}
          <Button main barred={barred && t(barred)} onClick={() => void navigate({ to: '/contracts/new' })}>
            {t('contracts.new')}
          </Button>
        </>
      }
    >
      {contracts.length === 0 ? (
        <Empty title={t('contracts.none')}>{t('contracts.none-hint')}</Empty>
      ) : (
        <>
          <Section title={t('contracts.title')}>
            <ContractTable contracts={contracts} />
          </Section>
          <Section
            title={t('contracts.last-days')}
            hint={t('contracts.last-days-hint', { days: SOON_DAYS })}
            aside={
              <DownloadLink href={`/api/v1/contract-days.ics${feed}`} download="contracts.ics">
                {t('contracts.feed')}
              </DownloadLink>
            }
          >
            <LastDays days={open} />
          </Section>
        </>
      )}
    </Page>
  )
}

function ContractTable({ contracts }: { readonly contracts: readonly Contract[] }) {
  const t = useText()
  const day = useDay()
  const columns: readonly Column<Contract>[] = [
    {
      key: 'title',
      head: t('contracts.contract'),
      narrow: 'lead',
      cell: ({ id, title, number }) => (
        <>
          <Link to="/contracts/$id" params={{ id }}>
            {title}
          </Link>{' '}
          <span className="pl-quiet pl-nowrap">{number}</span>
        </>
      ),
    },
    {
      key: 'customer',
      head: t('contracts.customer'),
      width: '20%',
      narrow: 'under',
      cell: ({ customer }) => customer.name,
    },
    {
      key: 'state',
      head: t('contracts.state'),
      width: '150px',
      narrow: 'trail',
      cell: ({ state }) => <ContractStateWord state={state} />,
    },
    {
      key: 'ends',
      head: t('contracts.last-day-of-it'),
      width: '150px',
      narrow: 'hidden',
      cell: ({ endsOn }) => (endsOn === null ? t('contracts.no-end') : day(daysAfter(endsOn, -1))),
    },
    {
      key: 'next',
      head: t('contracts.next-day'),
      width: '28%',
      narrow: 'under',
      cell: ({ nextDay }) =>
        nextDay === null
          ? '–'
          : `${day(nextDay.on)}: ${t(`contracts.day.${nextDay.kind}`, { name: nextDay.name ?? '', party: 'provider' })}`,
    },
  ]
  return <Table dense keys label={t('contracts.title')} columns={columns} rows={contracts} rowKey={({ id }) => id} />
}
