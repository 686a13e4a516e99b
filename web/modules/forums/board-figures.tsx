import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { ListedKpi } from '#api/kpis'
import { kpisQuery, NewsWord, useKpiFormat } from '#web/modules/kpis/index.ts'
import { Section } from '#web/ui/page.tsx'
import { type Column, Table } from '#web/ui/table.tsx'
import { useText } from '#web/ui/text.tsx'
import { useFormat } from '#web/ui/use-format.ts'

interface BoardFiguresProps {
  readonly kpis: readonly string[]
  readonly customer: string | undefined
}

/** The figures of a board, with what of them is news. */
export function BoardFigures({ kpis, customer }: BoardFiguresProps) {
  const t = useText()
  const format = useFormat()
  const written = useKpiFormat()
  const { data } = useQuery({ ...kpisQuery(customer), enabled: kpis.length > 0 })
  const rows = (data?.items ?? []).filter(({ key }) => kpis.includes(key))
  if (rows.length === 0) return null
  const columns: readonly Column<ListedKpi>[] = [
    {
      key: 'name',
      head: t('forums.figure'),
      narrow: 'lead',
      cell: ({ key, name }) => (
        <Link to="/kpis/$key" params={{ key }} search={(before) => ({ ...before, ...(customer && { customer }) })}>
          {key} {name}
        </Link>
      ),
    },
    {
      key: 'month',
      head: t('forums.month'),
      width: '116px',
      narrow: 'under',
      cell: ({ latest }) => latest && format.month(latest.month),
    },
    {
      key: 'value',
      head: t('forums.value'),
      width: '96px',
      numeric: true,
      narrow: 'trail',
      cell: ({ unit, latest }) => written(unit, latest?.value ?? null),
    },
    {
      key: 'news',
      head: t('forums.news'),
      width: '44%',
      narrow: 'under',
      cell: ({ unit, direction, latest }) =>
        latest === null ? '–' : <NewsWord unit={unit} direction={direction} latest={latest} />,
    },
  ]
  return (
    <Section title={t('forums.figures')}>
      <Table dense label={t('forums.figures')} columns={columns} rows={rows} rowKey={({ key }) => key} />
    </Section>
  )
}
