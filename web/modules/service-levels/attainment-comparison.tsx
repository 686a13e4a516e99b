import { useQuery } from '@tanstack/react-query'
import { attainmentOf } from '#core/attainment.ts'
import type { AttainmentReport } from '#api/service-levels'
import { useSiteName } from '#web/app/customers.ts'
import { FAIR_SAMPLE } from '#web/ui/format.ts'
import { Section } from '#web/ui/page.tsx'
import { Glyph } from '#web/ui/state.tsx'
import { type Column, Table } from '#web/ui/table.tsx'
import { useText } from '#web/ui/text.tsx'
import { useFormat } from '#web/ui/use-format.ts'
import { comparable, type ComparedLine } from './attainment-compared.ts'
import { FigureDoor } from './attainment-door.tsx'
import { earlier, type Period } from './attainment-period.ts'
import { customersQuery, type FigureFilter, reportQuery, sitesQuery } from './attainment-queries.ts'
import { figureName, periodWords } from './attainment-words.ts'

interface ComparisonProps {
  /** As in the address: `before`, `year-before`, `customer:…`, `site:…`. */
  readonly against: string
  readonly filter: FigureFilter
  readonly customerName: string
  readonly period: Period
  readonly report: AttainmentReport
}

/** The same figures of another time, customer or site, with what lies between them. */
export function AttainmentComparison({ against, filter, customerName, period, report }: ComparisonProps) {
  const t = useText()
  const format = useFormat()
  const siteName = useSiteName(filter.site)
  const other = useOther(against, filter, period)
  const { data } = useQuery(reportQuery({ ...other.filter, groupBy: 'priority' }))
  const isTime = against === 'before' || against === 'year-before'
  const name = isTime ? periodWords(t, format, period) : (siteName ?? (customerName || t('attainment.any-customer')))
  const columns = useColumns({ name, filter }, { name: other.name, filter: other.filter })
  if (data === undefined) return null
  const title = t('attainment.compare.title', { one: name, other: other.name })
  return (
    <Section title={title} hint={t(isTime ? 'attainment.compare.hint' : 'attainment.compare.hint-terms')}>
      <Table
        label={title}
        columns={columns}
        rows={comparable(report, data)}
        rowKey={({ priority, metric }) => `${priority} ${metric}`}
      />
    </Section>
  )
}

/** One side of a comparison. */
interface Side {
  readonly name: string
  readonly filter: FigureFilter
}

/** What is compared with. */
function useOther(against: string, { customer, site }: FigureFilter, period: Period): Side {
  const t = useText()
  const format = useFormat()
  const { data: customers = [] } = useQuery(customersQuery())
  const { data: sites = [] } = useQuery(sitesQuery(customer))
  if (against === 'before' || against === 'year-before') {
    const before = earlier(period, against)
    return { name: periodWords(t, format, before), filter: { customer, site, from: before.from, to: before.to } }
  }
  const [kind, id] = against.split(':')
  const days = { from: period.from, to: period.to }
  return kind === 'customer'
    ? { name: customers.find((each) => each.id === id)?.name ?? '', filter: { customer: id, ...days } }
    : { name: sites.find((each) => each.id === id)?.name ?? '', filter: { customer, site: id, ...days } }
}

function useColumns(one: Side, other: Side): readonly Column<ComparedLine>[] {
  const t = useText()
  const format = useFormat()
  const share = (which: 'one' | 'other'): Column<ComparedLine> => ({
    key: `${which} share`,
    head: '%',
    numeric: true,
    narrow: 'hidden',
    cell: (line) => {
      const ratio = attainmentOf(line[which])
      return (ratio && format.percent(ratio)) ?? ''
    },
  })
  return [
    {
      key: 'what',
      head: t('attainment.compare.what'),
      narrow: 'lead',
      cell: ({ priority, metric }) =>
        priority === null ? <b>{t(`attainment.column.${metric}`)}</b> : figureName(t, { priority, metric }),
    },
    {
      key: 'one',
      head: one.name,
      numeric: true,
      narrow: 'trail',
      cell: (line) => <ComparedFigure line={line} which="one" side={one} />,
    },
    share('one'),
    {
      key: 'other',
      head: other.name,
      numeric: true,
      narrow: 'under',
      cell: (line) => <ComparedFigure line={line} which="other" side={other} />,
    },
    share('other'),
    {
      key: 'difference',
      head: t('attainment.compare.difference'),
      numeric: true,
      narrow: 'under',
      cell: ({ points }) =>
        points === null ? (
          <span className="pl-quiet pl-small">{t('attainment.compare.too-few', { enough: FAIR_SAMPLE })}</span>
        ) : (
          t('attainment.compare.points', {
            sign: Math.abs(points) < 0.05 ? 'same' : points > 0 ? 'more' : 'less',
            points: format.number(Math.abs(points), 1),
          })
        ),
    },
  ]
}

interface ComparedFigureProps {
  readonly line: ComparedLine
  readonly which: 'one' | 'other'
  readonly side: Side
}

function ComparedFigure({ line, which, side: { name, filter } }: ComparedFigureProps) {
  const t = useText()
  const { metric, priority } = line
  const tally = line[which]
  if (attainmentOf(tally) === null && tally.excluded === 0)
    return <Glyph is="none" label={t('attainment.not-measured')} />
  return (
    <FigureDoor
      metric={metric}
      tally={tally}
      filter={priority === null ? filter : { ...filter, priority }}
      definition={t('attainment.door.of', {
        what: name,
        metric,
        priority: priority?.toUpperCase() ?? '',
        hasPriority: priority === null ? 'no' : 'yes',
      })}
    />
  )
}
