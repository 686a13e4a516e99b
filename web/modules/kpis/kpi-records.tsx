import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { Kpi } from '#api/kpis'
import { Untold } from '#web/app/untold.tsx'
import { Section } from '#web/ui/page.tsx'
import { Table } from '#web/ui/table.tsx'
import { useText } from '#web/ui/text.tsx'
import { useFormat } from '#web/ui/use-format.ts'
import { MINOR } from './use-kpi-format.ts'
import { type KpiSlice, recordsQuery } from './queries.ts'

/** What is under one value, and where the rest of it is found. */
export function Records({
  kpi,
  slice,
  month,
}: {
  readonly kpi: Kpi
  readonly slice: KpiSlice
  readonly month: string
}) {
  const t = useText()
  const format = useFormat()
  const { records, key, unit } = kpi
  const { customer } = slice
  const { data } = useQuery({ ...recordsQuery(key, { ...slice, month }), enabled: customer !== undefined })
  const time = unit === 'duration' || unit === 'days'
  const place = {
    month,
    ...(customer && { customer }),
    ...(slice.part === 'service' && { service: slice.of }),
    ...(slice.part === 'site' && { site: slice.of }),
  }
  return (
    <Section title={t('kpis.under', { month: format.month(month) })}>
      {records === 'results' && (
        <p>
          <Link
            to="/attainment/cases"
            search={{ ...place, metric: key === 'K02' ? 'response' : 'resolution', verdict: 'failed' }}
          >
            {t('kpis.under-results')}
          </Link>
        </p>
      )}
      {records === 'answers' && (
        <p>
          <Link to="/experience" search={{ by: 'month', span: 'all' }}>
            {t('kpis.under-answers')}
          </Link>
        </p>
      )}
      {records === 'searches' && (
        <p>
          <Link to="/requests/cost">{t('kpis.under-searches')}</Link>
        </p>
      )}
      {records === 'stakeholders' && (
        <p>
          <Link to="/stakeholders" search={{ customer }}>
            {t('kpis.under-stakeholders')}
          </Link>
        </p>
      )}
      {records === 'erasures' && (
        <p>
          <Link to="/privacy">{t('kpis.under-erasures')}</Link>
        </p>
      )}
      {records === 'finds' && <p className="pl-quiet">{t('kpis.under-finds')}</p>}
      {!elsewhere.has(records) && customer === undefined && <p>{t('kpis.choose-customer')}</p>}
      {data !== undefined && data.items.length > 0 && (
        <>
          <p className="pl-quiet">
            {t('kpis.recounted', { count: data.denominator })} {data.truncated && t('kpis.truncated')}
          </p>
          <Table
            dense
            label={t('kpis.under', { month: format.month(month) })}
            rows={data.items}
            rowKey={({ id }, index) => id ?? String(index)}
            columns={[
              {
                key: 'name',
                head: t('kpis.record'),
                narrow: 'lead',
                cell: (record) => <RecordLink of={records} record={record} month={month} customer={customer} />,
              },
              {
                key: 'counts',
                head: t('kpis.counts'),
                width: '160px',
                numeric: true,
                narrow: 'trail',
                cell: ({ numerator }) =>
                  records === 'contracts' || records === 'credits' || records === 'opportunities' || unit === 'money'
                    ? format.number(numerator / MINOR, 2)
                    : time || numerator > DURATION_FROM
                      ? format.duration(Math.round(numerator / 60_000) * 60_000)
                      : format.number(numerator),
              },
            ]}
          />
        </>
      )}
    </Section>
  )
}

/** Found on a page of their own, for whoever they are for. */
const elsewhere: ReadonlySet<Kpi['records']> = new Set([
  'results',
  'answers',
  'searches',
  'stakeholders',
  'erasures',
  'finds',
])

/** What counts so much is time, in milliseconds: as in shares of time. */
const DURATION_FROM = 60_000

interface RecordLinkProps {
  readonly of: Kpi['records']
  readonly record: { readonly id: string | null; readonly name: string; readonly about: string }
  readonly month: string
  readonly customer: string | undefined
}

function RecordLink({ of, record: { id, name, about }, month, customer }: RecordLinkProps) {
  if (id === null) return <Untold />
  const words = [name, about].filter(Boolean).join(' ')
  if (of === 'downtimes') return words
  if (of === 'services') {
    return (
      <Link to="/availability" search={{ month, customer }}>
        {words}
      </Link>
    )
  }
  if (of === 'contacts') {
    return (
      <Link to="/contacts" search={{ customer }}>
        {words}
      </Link>
    )
  }
  if (of === 'requests') {
    return (
      <Link to="/requests/$id" params={{ id: name }}>
        {words}
      </Link>
    )
  }
  if (of === 'friction-points') {
    return (
      <Link to="/friction/$id" params={{ id }}>
        {words}
      </Link>
    )
  }
  if (of === 'actions') {
    return (
      <Link to="/actions/$id" params={{ id }}>
        {words}
      </Link>
    )
  }
  if (of === 'improvements') {
    return (
      <Link to="/improvements/$id" params={{ id }}>
        {words}
      </Link>
    )
  }
  if (of === 'meetings') {
    return (
      <Link to="/forum-runs/$id" params={{ id }}>
        {words}
      </Link>
    )
  }
  if (of === 'contracts') {
    return (
      <Link to="/contracts/$id" params={{ id }}>
        {words}
      </Link>
    )
  }
  if (of === 'contract-changes') {
    return (
      <Link to="/contract-changes/$id" params={{ id }}>
        {words}
      </Link>
    )
  }
  if (of === 'obligations' || of === 'credits') {
    return <Link to="/contracts">{words}</Link>
  }
  if (of === 'articles') {
    return (
      <Link to="/articles/$id" params={{ id }}>
        {name}
      </Link>
    )
  }
  if (of === 'suppliers') {
    return (
      <Link to="/suppliers/$id" params={{ id }}>
        {words}
      </Link>
    )
  }
  if (of === 'unit-costs') return <Link to="/budget">{words}</Link>
  if (of === 'opportunities') {
    return (
      <Link to="/opportunities/$id" params={{ id }}>
        {words}
      </Link>
    )
  }
  return (
    <Link to="/incidents/$id" params={{ id: name }}>
      {words}
    </Link>
  )
}
