import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router'
import type { AvailabilityOfService } from '#api/availability'
import { barredFromManaging } from '#core/may.ts'
import { useAsker, useSession } from '#web/modules/people/index.ts'
import { LevelTabs } from '#web/modules/service-levels/index.ts'
import { LinkButton } from '#web/ui/button.tsx'
import { Empty } from '#web/ui/empty.tsx'
import { browserZone } from '#web/ui/format.ts'
import { MonthPicker } from '#web/ui/month-picker.tsx'
import { Page } from '#web/ui/page.tsx'
import { Problem } from '#web/ui/problem.tsx'
import { Pick, Sentence } from '#web/ui/sentence.tsx'
import { State } from '#web/ui/state.tsx'
import { type Column, Table } from '#web/ui/table.tsx'
import { Text, useText } from '#web/ui/text.tsx'
import { useFormat } from '#web/ui/use-format.ts'
import { Adjustments } from './adjustments.tsx'
import { AvailabilityDoor, designedWords } from './availability-door.tsx'
import { Budget } from './budget.tsx'
import { shareWords, standingOf, targetWords } from './figures.ts'
import { customersQuery, reportQuery } from './queries.ts'
import { useCustomer, useMonth } from './use-month.ts'
import classes from './availability-page.module.css'

const route = getRouteApi('/shell/availability')

/** What was promised of services being there, in a month, and how it was kept. */
export function AvailabilityPage() {
  const t = useText()
  const format = useFormat()
  const navigate = useNavigate()
  const search = route.useSearch()
  const customer = useCustomer(search.customer)
  const { month, current, isOver } = useMonth(search.month, customer?.timeZone ?? browserZone())
  const report = useQuery(reportQuery(customer?.id, month))
  const items = report.data ?? []
  const measured = items.filter(({ met }) => met !== null)
  const go = (change: { readonly customer?: string | undefined; readonly month?: string }) =>
    void navigate({
      to: '.',
      search: (before: object) => ({ ...before, ...change }),
      replace: true,
      resetScroll: false,
    })
  const title =
    measured.length === 0
      ? t('availability.title')
      : t('availability.title-kept', {
          kept: measured.filter(({ met }) => met).length,
          count: measured.length,
          month: format.month(month),
          over: isOver ? 'yes' : 'no',
        })
  return (
    <Page
      title={title}
      lede={
        <>
          {t('availability.lede')}
          <CustomerSentence customer={customer?.id} onChange={(id) => go({ customer: id })} />
        </>
      }
      actions={
        <MonthPicker
          label={t('availability.month')}
          value={month}
          max={current}
          onChange={(chosen) => go({ month: chosen })}
        />
      }
    >
      <LevelTabs />
      {report.isError && report.data === undefined && <Problem failure={report.error} />}
      {report.data !== undefined && (
        <div className={classes.busy} aria-busy={report.isPlaceholderData}>
          <PromiseTable items={items} month={month} isOver={isOver} named={customer === null} />
          <Adjustments customer={customer?.id} month={month} />
        </div>
      )}
    </Page>
  )
}

interface CustomerSentenceProps {
  readonly customer: string | undefined
  readonly onChange: (customer: string | undefined) => void
}

function CustomerSentence({ customer, onChange }: CustomerSentenceProps) {
  const t = useText()
  const { access, customers: own } = useSession()
  const { data: customers = [] } = useQuery(customersQuery())
  const only = access === 'customer' && own.length === 1 ? own[0]! : null
  return (
    <Sentence>
      <Text
        id="availability.sentence"
        components={{
          customer: only ? (
            <b>{only.name}</b>
          ) : (
            <Pick
              label={t('availability.customer')}
              options={[
                { value: '', label: t('availability.any-customer') },
                ...customers.map(({ id, name }) => ({ value: id, label: name })),
              ]}
              value={customer ?? ''}
              onChange={(id) => onChange(id === '' ? undefined : id)}
            />
          ),
        }}
      />
    </Sentence>
  )
}

interface PromiseTableProps {
  readonly items: readonly AvailabilityOfService[]
  readonly month: string
  readonly isOver: boolean
  /** Services of several customers. */
  readonly named: boolean
}

function PromiseTable({ items, month, isOver, named }: PromiseTableProps) {
  const t = useText()
  const format = useFormat()
  const { data: customers = [] } = useQuery(customersQuery())
  const zoneOf = (id: string) => customers.find((customer) => customer.id === id)?.timeZone
  const columns: readonly Column<AvailabilityOfService>[] = [
    {
      key: 'service',
      head: t('availability.service'),
      narrow: 'lead',
      cell: ({ promise: { serviceId, serviceName, customerId, customerName } }) => (
        <span className={classes.lines}>
          <Link to="/availability/$serviceId" params={{ serviceId }} search={{ customer: customerId, month }}>
            {serviceName}
          </Link>
          {named && <span className="pl-quiet pl-small">{customerName}</span>}
        </span>
      ),
    },
    {
      key: 'result',
      head: t('availability.result'),
      narrow: 'trail',
      cell: (item) => <Result item={item} isOver={isOver} />,
    },
    {
      key: 'figure',
      head: t('availability.figure'),
      narrow: 'under',
      cell: (item) => (
        <span className={classes.lines}>
          <span>
            <AvailabilityDoor item={item} zone={zoneOf(item.promise.customerId)} />
            {item.availability !== null && (
              <b className="pl-nowrap"> {shareWords(format, item.availability, item.promise.targetPpm)}</b>
            )}
          </span>
          <Variants item={item} />
        </span>
      ),
    },
    {
      key: 'target',
      head: t('availability.target'),
      numeric: true,
      narrow: 'under',
      cell: ({ promise }) => targetWords(format, promise.targetPpm),
    },
    {
      key: 'budget',
      head: t('availability.budget'),
      narrow: 'under',
      cell: (item) => <Budget item={item} isOver={isOver} />,
    },
    {
      key: 'coverage',
      head: t('availability.coverage'),
      numeric: true,
      narrow: 'hidden',
      cell: ({ coverage }) => (coverage === null ? '–' : shareWords(format, coverage)),
    },
    {
      key: 'maintenance',
      head: t('availability.maintenance'),
      numeric: true,
      narrow: 'hidden',
      cell: ({ maintenanceSeconds }) =>
        maintenanceSeconds === 0 ? '–' : format.durationCell(maintenanceSeconds * 1000),
    },
  ]
  return (
    <Table
      label={t('availability.table', { month: format.month(month) })}
      columns={columns}
      rows={items}
      rowKey={({ promise }) => promise.id}
      empty={<NothingPromised month={month} />}
    />
  )
}

/** Kept, in doubt, missed, or nothing to keep. */
export function Result({ item, isOver }: { readonly item: AvailabilityOfService; readonly isOver: boolean }) {
  const t = useText()
  const standing = standingOf(item, isOver)
  return <State is={standing}>{t(`availability.result.${standing}`, { over: isOver ? 'yes' : 'no' })}</State>
}

/** The other way of counting where it says otherwise, and what was to be expected of the parts. */
function Variants({
  item: { promise, byService, byUsers, designed, known },
}: {
  readonly item: AvailabilityOfService
}) {
  const t = useText()
  const format = useFormat()
  const other = promise.basis === 'users' ? byService : byUsers
  const share = (ratio: NonNullable<typeof other>) => shareWords(format, ratio, promise.targetPpm)
  return (
    <span className="pl-quiet pl-small">
      {other !== null && t('availability.variants', { basis: promise.basis, other: share(other) })}
      {known?.availability && ` · ${t('availability.known-now', { share: share(known.availability) })}`}
      {designed !== null && ` · ${t('availability.designed-is', { share: designedWords(format, designed) })}`}
    </span>
  )
}

function NothingPromised({ month }: { readonly month: string }) {
  const t = useText()
  const format = useFormat()
  const mayPromise = barredFromManaging(useAsker()) === null
  return (
    <Empty
      title={t('availability.none', { month: format.month(month) })}
      actions={
        mayPromise && (
          <LinkButton to="/availability/new" main>
            {t('availability.promise')}
          </LinkButton>
        )
      }
    >
      {t('availability.none-more')} {mayPromise && t('availability.none-first')}
    </Empty>
  )
}
