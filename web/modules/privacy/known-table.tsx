import type { Known, Subject } from '#api/privacy'
import { Empty } from '#web/ui/empty.tsx'
import { type Column, Table } from '#web/ui/table.tsx'
import { useText } from '#web/ui/text.tsx'
import { useFormat } from '#web/ui/use-format.ts'

interface Row {
  readonly subject: Subject
  readonly rows: number
  readonly fates: readonly Known['records'][number]['fate'][]
}

/** Where somebody is, by what it is about: how much, who sees it, what becomes of it. */
export function KnownTable({ records, empty }: { readonly records: Known['records']; readonly empty: string }) {
  const t = useText()
  const format = useFormat()
  const rows: readonly Row[] = [...Map.groupBy(records, ({ subject }) => subject)].map(([subject, of]) => ({
    subject,
    rows: of.reduce((sum, each) => sum + each.rows, 0),
    fates: [...new Set(of.map(({ fate }) => fate))],
  }))
  const columns: readonly Column<Row>[] = [
    {
      key: 'about',
      head: t('privacy.table.about'),
      width: '26%',
      narrow: 'lead',
      cell: ({ subject }) => t(`privacy.subject.${subject}`),
    },
    {
      key: 'rows',
      head: t('privacy.table.rows'),
      width: '90px',
      numeric: true,
      narrow: 'trail',
      cell: ({ rows: count }) => format.number(count),
    },
    {
      key: 'seen',
      head: t('privacy.table.seen'),
      narrow: 'under',
      cell: ({ subject }) => t(`privacy.seen.${subject}`),
    },
    {
      key: 'fate',
      head: t('privacy.table.fate'),
      width: '28%',
      narrow: 'under',
      called: t('privacy.table.fate'),
      cell: ({ fates }) => fates.map((fate) => t(`privacy.fate.${fate}`)).join('; '),
    },
  ]
  return (
    <Table
      label={t('privacy.table.about')}
      columns={columns}
      rows={rows}
      rowKey={({ subject }) => subject}
      empty={<Empty title={empty} />}
    />
  )
}
