import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import type { Kpi, KpiRecords } from '#api/kpis'
import { customerQuery } from '#web/app/customers.ts'
import { useText } from '#web/ui/text.tsx'
import { useFormat } from '#web/ui/use-format.ts'
import type { KpiSlice } from './queries.ts'

interface ElsewhereProps {
  readonly kpi: Kpi
  readonly slice: KpiSlice
  readonly month: string
}

/** Where the records of a figure are that are not listed here, or why there is no list of them. */
export function Elsewhere({ kpi: { records, key, minimum }, slice, month }: ElsewhereProps): ReactNode {
  const t = useText()
  const { customer, part, of } = slice
  if (records === 'answers')
    return (
      <>
        <p className="pl-quiet">{t('kpis.under-answers-why')}</p>
        <p>
          <Link
            to="/experience"
            search={{
              customer,
              month,
              by: part === 'site' ? 'site' : 'service',
              ...((part === 'site' || part === 'service') && of !== '' && { [part]: of }),
            }}
          >
            {t('kpis.under-answers')}
          </Link>
        </p>
      </>
    )
  if (records === 'searches')
    return (
      <p>
        <Link to="/requests/cost">{t('kpis.under-searches')}</Link>
      </p>
    )
  if (records === 'stakeholders')
    return (
      <p>
        <Link to="/stakeholders" search={{ customer }}>
          {t('kpis.under-stakeholders')}
        </Link>
      </p>
    )
  if (records === 'erasures')
    return (
      <p>
        <Link to="/privacy">{t('kpis.under-erasures')}</Link>
      </p>
    )
  if (records === 'finds') return <p className="pl-quiet">{t('kpis.under-finds')}</p>
  if (key === 'K78') return <Nearness slice={slice} month={month} />
  return customer === undefined && minimum > 1 ? <p>{t('kpis.choose-customer')}</p> : null
}

/** Whether the records of a figure are listed under it, where there are some. */
export function listsRecords({ records, key, minimum }: Kpi, { customer }: KpiSlice): boolean {
  return !(elsewhere.has(records) || key === 'K78' || (customer === undefined && minimum > 1))
}

const elsewhere: ReadonlySet<Kpi['records']> = new Set(['answers', 'searches', 'stakeholders', 'erasures', 'finds'])

/** A mean of shares has no rows of its own: it leads to what it is the mean of. */
function Nearness({ slice: { customer, part, of }, month }: Omit<ElsewhereProps, 'kpi'>) {
  const t = useText()
  return (
    <>
      <p className="pl-quiet">{t('kpis.under-nearness')}</p>
      <ul>
        {(['K11', 'K36', 'K33'] as const).map((key) => (
          <li key={key}>
            <Link to="/kpis/$key" params={{ key }} search={{ customer, part, of: of === '' ? undefined : of, month }}>
              {t(`kpis.nearness.${key}`)}
            </Link>
          </li>
        ))}
      </ul>
    </>
  )
}

/** What a value is a part of, where that is more than the records that are listed: how many, and where they are. */
export function Beyond({
  kpi: { key },
  slice,
  month,
  data,
}: ElsewhereProps & { readonly data: KpiRecords }): ReactNode {
  const t = useText()
  const format = useFormat()
  const { customer, part, of } = slice
  const { data: about } = useQuery({
    ...customerQuery(customer ?? ''),
    enabled: key === 'K80' && customer !== undefined,
  })
  const zone = about?.timeZone
  if (customer === undefined || data.denominator === 0) return null
  if (key === 'K28') return <p className="pl-quiet">{t('kpis.beyond.K28', { count: data.denominator })}</p>
  if (key === 'K53')
    return <p className="pl-quiet">{t('kpis.beyond.K53', { amount: format.number(data.denominator / 100, 2) })}</p>
  if (key === 'K30')
    return (
      <p>
        <Link to="/customers/$id" params={{ id: customer }}>
          {t('kpis.beyond.K30', { count: data.denominator })}
        </Link>
      </p>
    )
  if (key !== 'K80') return null
  const words = t('kpis.beyond.K80', { count: data.denominator })
  // The list of incidents knows no kinds of sites, segments or markets.
  if (!listed.has(part) || (part !== 'customer' && of === '')) return <p className="pl-quiet">{words}</p>
  const where = part === 'customer' ? {} : { [part]: of }
  const [openedFrom, openedTo] = [`${month}-01`, lastDayOf(month)]
  return (
    <p>
      <Link to="/incidents" search={{ customer, state: 'all', openedFrom, openedTo, zone, ...where }}>
        {words}
      </Link>
    </p>
  )
}

const listed: ReadonlySet<KpiSlice['part']> = new Set(['customer', 'site', 'service', 'team'])

/** `2026-02-28`, of `2026-02`. */
function lastDayOf(month: string): string {
  const [year, number] = month.split('-').map(Number) as [number, number]
  return new Date(Date.UTC(year, number, 0)).toISOString().slice(0, 10)
}
