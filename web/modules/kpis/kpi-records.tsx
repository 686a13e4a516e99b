import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import type { Kpi, KpiRecords } from '#api/kpis'
import { Untold } from '#web/app/untold.tsx'
import { Section } from '#web/ui/page.tsx'
import { Table } from '#web/ui/table.tsx'
import { useText } from '#web/ui/text.tsx'
import { useFormat } from '#web/ui/use-format.ts'
import { RecordLink } from './kpi-record-link.tsx'
import { Beyond, Elsewhere, listsRecords } from './kpi-records-elsewhere.tsx'
import { type KpiSlice, recordsQuery } from './queries.ts'
import { MINOR } from './use-kpi-format.ts'

interface RecordsProps {
  readonly kpi: Kpi
  readonly slice: KpiSlice
  readonly month: string
}

/** What is under one value, and where the rest of it is found. */
export function Records({ kpi, slice, month }: RecordsProps) {
  const t = useText()
  const format = useFormat()
  const { key } = kpi
  const { data } = useQuery(recordsQuery(key, { ...slice, month }))
  const title = t('kpis.under', { month: format.month(month) })
  return (
    <Section title={title}>
      <Elsewhere kpi={kpi} slice={slice} month={month} />
      {data !== undefined && data.items.length > 0 && (
        <>
          <p className="pl-quiet">
            {t('kpis.recounted', { of: data.of, count: data.count })} {data.truncated && t('kpis.truncated')}
          </p>
          <Table
            dense
            label={title}
            rows={data.items}
            // Two results of one record are two rows.
            rowKey={({ id }, index) => `${id} ${index}`}
            columns={[
              {
                key: 'name',
                head: t('kpis.record', { of: data.of }),
                narrow: 'lead',
                cell: (item) => <Item kpi={kpi} of={data.of} item={item} slice={slice} month={month} />,
              },
              {
                key: 'counts',
                head: t('kpis.counts'),
                width: '160px',
                numeric: true,
                narrow: 'trail',
                cell: (item) => <Counts kpi={kpi} of={data.of} item={item} />,
              },
            ]}
          />
        </>
      )}
      {data !== undefined && data.items.length === 0 && listsRecords(kpi, slice) && (
        <p className="pl-quiet">{t('kpis.under-none')}</p>
      )}
      {data !== undefined && <Beyond kpi={kpi} slice={slice} month={month} data={data} />}
    </Section>
  )
}

interface ItemProps extends RecordsProps {
  readonly of: KpiRecords['of']
  readonly item: KpiRecords['items'][number]
}

function Item({ kpi, of, item: { id, name, about, within }, slice, month }: ItemProps): ReactNode {
  const t = useText()
  const { customer } = slice
  if (id === null) return of === 'sites' ? t('kpis.without-site') : <Untold />
  if (of === 'records')
    return (
      <RecordLink
        kpi={kpi.key}
        of={kpi.records}
        record={{ id, name, about, within }}
        month={month}
        customer={customer}
      />
    )
  if (of === 'customers') {
    return (
      <Link
        to="/kpis/$key"
        params={{ key: kpi.key }}
        search={{ customer: id, part: slice.part, of: slice.of === '' ? undefined : slice.of, month }}
      >
        {name}
      </Link>
    )
  }
  const metric = metrics[kpi.key]
  if (metric === undefined) return name
  const narrower = {
    ...(slice.part === 'service' && slice.of !== '' && { service: slice.of }),
    ...(slice.part === 'team' && slice.of !== '' && { team: slice.of }),
  }
  return (
    <Link to="/attainment/cases" search={{ customer, site: id, month, metric, verdict: 'failed', ...narrower }}>
      {name}
    </Link>
  )
}

/** Whose results have a page that lists them one by one. */
const metrics: Readonly<Record<string, 'resolution' | 'response' | undefined>> = { K01: 'resolution', K02: 'response' }

/** What counts so much is time, in milliseconds: as in shares of time. */
const DURATION_FROM = 60_000

function Counts({ kpi, of, item }: Pick<ItemProps, 'kpi' | 'of' | 'item'>): ReactNode {
  const t = useText()
  const format = useFormat()
  const { numerator, denominator } = item
  const { unit, records } = kpi
  const amounts = records === 'contracts' || records === 'credits' || records === 'opportunities' || unit === 'money'
  const time = unit === 'duration' || unit === 'days' || (!amounts && unit !== 'hours' && numerator > DURATION_FROM)
  // Of many at once both numbers are said.
  if (of !== 'records' && !amounts && !time && unit !== 'score' && unit !== 'count' && unit !== 'hours')
    return format.ratio({ numerator, denominator })
  if (amounts) return format.number(numerator / MINOR, 2)
  if (unit === 'hours') return t('kpis.hours', { hours: format.number(numerator / 60, 1) })
  return time ? format.duration(Math.round(numerator / 60_000) * 60_000) : format.number(numerator)
}
