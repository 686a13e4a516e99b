import { useSuspenseInfiniteQuery, useSuspenseQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import type { Agreement, Calendar } from '#api/service-levels'
import { barredFromManaging } from '#core/may.ts'
import { useAsker } from '#web/modules/people/index.ts'
import { Button, LinkButton } from '#web/ui/button.tsx'
import { Empty } from '#web/ui/empty.tsx'
import { Page, Section } from '#web/ui/page.tsx'
import { type Column, Table } from '#web/ui/table.tsx'
import { useText } from '#web/ui/text.tsx'
import { useFormat } from '#web/ui/use-format.ts'
import { AgreementTabs } from './agreement-tabs.tsx'
import { AgreementState, leadingVersion } from './agreement-state.tsx'
import { agreementsQuery, calendarsQuery } from './agreements-queries.ts'
import { useWeekLine } from './calendar-words.ts'
import classes from './agreements.module.css'

const route = getRouteApi('/shell/agreements')

/** What was promised to whom, and the hours in which it counts. */
export function AgreementsPage() {
  const t = useText()
  const barred = barredFromManaging(useAsker())
  const { customer } = route.useSearch()
  const { data, hasNextPage, isFetchingNextPage, fetchNextPage } = useSuspenseInfiniteQuery(agreementsQuery(customer))
  const agreements = data.pages.flatMap(({ items }) => items)
  const columns: readonly Column<Agreement>[] = [
    {
      key: 'name',
      head: t('agreements.name'),
      narrow: 'lead',
      cell: ({ id, name, type }) => (
        <>
          <Link to="/agreements/$id" params={{ id }}>
            {name}
          </Link>{' '}
          {type !== 'sla' && <span className="pl-quiet">{t(`agreements.type.${type}-short`)}</span>}
        </>
      ),
    },
    {
      key: 'customer',
      head: t('agreements.customer'),
      width: '24%',
      narrow: 'under',
      cell: ({ customerName }) => customerName,
    },
    {
      key: 'hours',
      head: t('agreements.hours'),
      width: '22%',
      narrow: 'under',
      cell: (agreement) => leadingVersion(agreement)?.calendarName ?? '–',
    },
    {
      key: 'targets',
      head: t('agreements.targets'),
      width: '90px',
      numeric: true,
      narrow: 'hidden',
      cell: (agreement) => leadingVersion(agreement)?.targets.length ?? 0,
    },
    {
      key: 'state',
      head: t('agreements.state'),
      width: '220px',
      narrow: 'trail',
      cell: (agreement) => <AgreementState agreement={agreement} />,
    },
  ]
  return (
    <Page
      title={t('agreements.list.title')}
      lede={t('agreements.list.lede')}
      actions={
        barred !== null ? (
          <Button barred={t(barred)}>{t('agreements.new')}</Button>
        ) : (
          agreements.length > 0 && (
            <LinkButton to="/agreements/new" main>
              {t('agreements.new')}
            </LinkButton>
          )
        )
      }
    >
      <AgreementTabs />
      <Table
        dense
        label={t('agreements.list.title')}
        columns={columns}
        rows={agreements}
        rowKey={({ id }) => id}
        more={{ has: hasNextPage, busy: isFetchingNextPage, load: () => void fetchNextPage() }}
        empty={
          <Empty
            title={t('agreements.list.none')}
            actions={
              barred === null && (
                <LinkButton to="/agreements/new" main>
                  {t('agreements.new')}
                </LinkButton>
              )
            }
          >
            {t('agreements.list.none-more')}
          </Empty>
        }
      />
      <Calendars customer={customer} />
    </Page>
  )
}

function Calendars({ customer }: { readonly customer: string | undefined }) {
  const t = useText()
  const format = useFormat()
  const weekLine = useWeekLine()
  const barred = barredFromManaging(useAsker())
  const { data: calendars } = useSuspenseQuery(calendarsQuery(customer))
  const columns: readonly Column<Calendar>[] = [
    {
      key: 'name',
      head: t('agreements.name'),
      narrow: 'lead',
      cell: ({ id, name }) => (
        <Link to="/calendars/$id" params={{ id }}>
          {name}
        </Link>
      ),
    },
    {
      key: 'week',
      head: t('agreements.calendar.week'),
      narrow: 'under',
      cell: ({ versions }) => weekLine(versions[0]?.rules.week ?? []),
    },
    {
      key: 'zone',
      head: t('agreements.calendar.zone'),
      narrow: 'under',
      cell: ({ versions }) => format.zone(versions[0]?.rules.timeZone ?? 'UTC'),
    },
    {
      key: 'holidays',
      head: t('agreements.calendar.holidays'),
      narrow: 'hidden',
      cell: ({ versions }) =>
        Object.values(versions[0]?.holidays ?? {}).join('-') || t('agreements.calendar.no-holidays'),
    },
  ]
  const add = barred === null && <LinkButton to="/calendars/new">{t('agreements.calendar.new')}</LinkButton>
  return (
    <Section title={t('agreements.calendars')} hint={t('agreements.calendars-hint')}>
      <Table
        label={t('agreements.calendars')}
        columns={columns}
        rows={calendars}
        rowKey={({ id }) => id}
        empty={
          <Empty title={t('agreements.calendars-none')} actions={add}>
            {t('agreements.calendars-none-more')}
          </Empty>
        }
      />
      {calendars.length > 0 && add && <div className={classes.add}>{add}</div>}
    </Section>
  )
}
