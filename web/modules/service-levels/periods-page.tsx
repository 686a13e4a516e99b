import { useSuspenseInfiniteQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { useState } from 'react'
import { attainmentOf } from '#core/attainment.ts'
import type { Period, PeriodState } from '#api/service-levels'
import { barredFromAdministering, barredFromInside, barredFromManaging } from '#core/may.ts'
import { useAsker } from '#web/modules/people/index.ts'
import { Button, TextButton } from '#web/ui/button.tsx'
import { Empty } from '#web/ui/empty.tsx'
import { browserZone } from '#web/ui/format.ts'
import { Page, Section } from '#web/ui/page.tsx'
import { Glyph, State } from '#web/ui/state.tsx'
import { type Column, Table } from '#web/ui/table.tsx'
import { useText } from '#web/ui/text.tsx'
import { currentMonth } from '#web/ui/month.ts'
import { useFormat } from '#web/ui/use-format.ts'
import { AdjustmentTable } from './adjustment-table.tsx'
import { AvailabilityAdjustmentTable } from './availability-adjustment-table.tsx'
import { AgreementTabs } from './agreement-tabs.tsx'
import { PeriodDialog } from './period-dialog.tsx'
import { PeriodSteps } from './period-steps.tsx'
import { availabilityAdjustmentsQuery, periodsQuery } from './periods-queries.ts'

const route = getRouteApi('/shell/periods')

interface Moving {
  readonly period: Period
  readonly to: PeriodState
}

/** Months of customers, how far each is settled, and what was found out about those that stay. */
export function PeriodsPage() {
  const t = useText()
  const asker = useAsker()
  const { customer } = route.useSearch()
  const [moving, setMoving] = useState<Moving | null>(null)
  const [told, setTold] = useState<Period | null>(null)
  const { data, hasNextPage, isFetchingNextPage, fetchNextPage } = useSuspenseInfiniteQuery(periodsQuery(customer))
  const periods = data.pages.flatMap(({ items }) => items)
  const only =
    customer ?? (new Set(periods.map(({ customerId }) => customerId)).size === 1 ? periods[0]!.customerId : undefined)
  const columns = useColumns({
    named: customer === undefined,
    inside: barredFromInside(asker) === null,
    onMove: setMoving,
    onTell: setTold,
  })
  return (
    <Page
      title={t('periods.title')}
      lede={t('periods.lede')}
      actions={
        only !== undefined &&
        barredFromInside(asker) === null && (
          <Link to="/closing" search={{ customer: only }}>
            {t('periods.checklist')}
          </Link>
        )
      }
    >
      <AgreementTabs />
      <Table
        label={t('periods.title')}
        columns={columns}
        rows={periods}
        rowKey={({ customerId, month }) => `${customerId} ${month}`}
        more={{ has: hasNextPage, busy: isFetchingNextPage, load: () => void fetchNextPage() }}
        empty={<Empty title={t('periods.none')}>{t('periods.none-more')}</Empty>}
      />
      {only === undefined
        ? periods.some((period) => entriesOf(period).adjustments > 0) && (
            <p className="pl-quiet">{t('periods.choose-customer')}</p>
          )
        : periods.some((period) => entriesOf(period).adjustments > 0) && (
            <Adjustments
              customer={only}
              ofLevels={periods.some(({ adjustments }) => adjustments > 0)}
              ofAvailability={periods.some(({ availability }) => availability.adjustments > 0)}
            />
          )}
      {told && <PeriodSteps period={told} onClose={() => setTold(null)} />}
      {moving && <PeriodDialog {...moving} onClose={() => setMoving(null)} />}
    </Page>
  )
}

interface AdjustmentsProps {
  readonly customer: string
  readonly ofLevels: boolean
  readonly ofAvailability: boolean
}

/** What was found out about locked months: about results of clocks, and about the availability of services. */
function Adjustments({ customer, ofLevels, ofAvailability }: AdjustmentsProps) {
  const t = useText()
  return (
    <Section title={t('periods.adjustments')} hint={t('periods.adjustments-hint')}>
      {ofLevels && <AdjustmentTable filter={{ customer }} label={t('periods.adjustments-levels')} />}
      {ofAvailability && (
        <>
          <h3>{t('periods.adjustments-availability')}</h3>
          <OfAvailability customer={customer} />
        </>
      )}
    </Section>
  )
}

function OfAvailability({ customer }: { readonly customer: string }) {
  const t = useText()
  const { data, hasNextPage, isFetchingNextPage, fetchNextPage } = useSuspenseInfiniteQuery(
    availabilityAdjustmentsQuery(customer),
  )
  return (
    <AvailabilityAdjustmentTable
      entries={data.pages.flatMap(({ items }) => items)}
      label={t('periods.adjustments-availability')}
      more={{ has: hasNextPage, busy: isFetchingNextPage, load: () => void fetchNextPage() }}
    />
  )
}

/** Of clocks and of availability together. */
function entriesOf({ adjustments, entered, availability }: Period) {
  return { adjustments: adjustments + availability.adjustments, entered: entered + availability.entered }
}

interface ColumnOptions {
  /** Months of several customers. */
  readonly named: boolean
  readonly inside: boolean
  readonly onMove: (moving: Moving) => void
  readonly onTell: (period: Period) => void
}

function useColumns({ named, inside, onMove, onTell }: ColumnOptions): readonly Column<Period>[] {
  const t = useText()
  const format = useFormat()
  return [
    {
      key: 'month',
      head: t('periods.month'),
      narrow: 'lead',
      cell: ({ month, customerId }) => (
        <Link to="/attainment" search={{ customer: customerId, month }}>
          {format.month(month)}
        </Link>
      ),
    },
    ...(named
      ? [
          {
            key: 'customer',
            head: t('periods.customer'),
            narrow: 'under' as const,
            cell: ({ customerName }: Period) => customerName,
          },
        ]
      : []),
    { key: 'state', head: t('periods.state'), narrow: 'trail', cell: (period) => <PeriodStateWords period={period} /> },
    {
      key: 'figure',
      head: t('periods.resolution'),
      numeric: true,
      narrow: 'under',
      cell: (period) => <Figure period={period} />,
    },
    {
      key: 'adjustments',
      head: t('periods.adjusted'),
      numeric: true,
      narrow: 'under',
      called: t('periods.adjusted'),
      cell: (period) => t('periods.entries', entriesOf(period)),
    },
    ...(inside
      ? [
          {
            key: 'who',
            head: t('periods.changed'),
            narrow: 'under' as const,
            called: t('periods.changed'),
            cell: (period: Period) => <Who period={period} onTell={onTell} />,
          },
          {
            key: 'move',
            head: <span className="pl-hidden">{t('periods.moves')}</span>,
            numeric: true,
            narrow: 'under' as const,
            cell: (period: Period) => <Moves period={period} onMove={onMove} />,
          },
        ]
      : []),
  ]
}

/** How far a month is settled. */
function PeriodStateWords({ period: { state } }: { readonly period: Period }) {
  const t = useText()
  return (
    <State is={state === 'locked' ? 'met' : state === 'soft-closed' ? 'paused' : 'runs'}>
      {t(`periods.state.${state}`)}
    </State>
  )
}

function Figure({ period }: { readonly period: Period }) {
  const t = useText()
  const format = useFormat()
  const ratio = attainmentOf(period)
  const share = ratio && format.percent(ratio)
  return (
    <>
      {ratio ? format.ratio(ratio) : <Glyph is="none" label={t('periods.not-measured')} />}
      {share && <span className="pl-quiet">, {share}</span>}
      {period.excluded > 0 && (
        <span className="pl-quiet">
          {' '}
          {t('periods.excluded', { count: period.excluded, many: period.manyExcluded ? 'yes' : 'no' })}
        </span>
      )}
    </>
  )
}

/** Who changed it last; opens to everybody who ever did. */
function Who({ period, onTell }: { readonly period: Period; readonly onTell: (period: Period) => void }) {
  const t = useText()
  const format = useFormat()
  const { changedAt, changedBy, reason, month, customerName } = period
  if (changedAt === null) return '–'
  return (
    <span className="pl-small">
      {changedBy ?? '–'}, {format.instant(changedAt)}
      {reason && <span className="pl-quiet"> · {reason}</span>}{' '}
      <TextButton
        onClick={() => onTell(period)}
        aria-label={t('periods.steps-named', { month: format.month(month), customer: customerName })}
      >
        {t('periods.steps')}
      </TextButton>
    </span>
  )
}

/** What moves a month on or back; a locked one stays. */
function Moves({ period, onMove }: { readonly period: Period; readonly onMove: (moving: Moving) => void }) {
  const t = useText()
  const format = useFormat()
  const asker = useAsker()
  const { state, month } = period
  const [managing, administering] = [barredFromManaging(asker), barredFromAdministering(asker)]
  // The month of whoever looks is near enough here; the server knows the customer's own.
  const [current] = useState(() => currentMonth(browserZone()))
  const isOver = month < current
  if (state === 'locked') return <span className="pl-quiet pl-small">{t('periods.stays')}</span>
  if (!isOver) return <span className="pl-quiet pl-small">{t('periods.not-over')}</span>
  if (managing !== null) return <span className="pl-quiet pl-small">{t(managing)}</span>
  const button = (to: PeriodState) => (
    <Button
      onClick={() => onMove({ period, to })}
      aria-label={t(`periods.to.${to}-named`, { month: format.month(month), customer: period.customerName })}
    >
      {t(`periods.to.${to}`)}
    </Button>
  )
  if (state === 'open') return button('soft-closed')
  return (
    <>
      {button('locked')} {administering === null && button('open')}
    </>
  )
}
