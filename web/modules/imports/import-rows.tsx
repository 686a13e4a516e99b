import type { Field as ImportField, ImportPreview } from '#api/imports'
import { type Column, Table } from '#web/ui/table.tsx'
import { useText } from '#web/ui/text.tsx'
import { useFormat } from '#web/ui/use-format.ts'
import { useWordOf } from './word-of.ts'
import classes from './imports.module.css'

type PreviewRow = ImportPreview['rows'][number]

/** What is looked at first, in this order; the others follow as the file has them. */
const leading: readonly ImportField[] = [
  'number',
  'openedAt',
  'state',
  'priority',
  'title',
  'resolvedAt',
  'closedAt',
  'updatedAt',
  'team',
  'requester',
]

/** The same of a log: what was done, and when. */
const leadingOfLog: readonly ImportField[] = ['number', 'updatedAt', 'activity', 'state', 'team', 'priority', 'title']

/** Fields whose values are instants. */
const moments: readonly ImportField[] = ['updatedAt', 'openedAt', 'respondedAt', 'resolvedAt', 'closedAt']

/** As many fields as fit beside each other. */
const MOST_FIELDS = 8

/** The first rows as they would be read, each with what is wrong with it. */
export function ImportRows({ rows, zone }: { readonly rows: readonly PreviewRow[]; readonly zone: string }) {
  const t = useText()
  const format = useFormat()
  const wordOf = useWordOf()
  const filled = new Set(
    rows.flatMap(({ values }) =>
      Object.entries(values ?? {})
        .filter(([, value]) => value !== null && value !== '')
        .map(([field]) => field),
    ),
  )
  const shown = (filled.has('activity') ? leadingOfLog : leading)
    .filter((field) => filled.has(field))
    .slice(0, MOST_FIELDS)
  const cell = (field: ImportField, value: string | number | boolean | null | undefined) => {
    if (value === null || value === undefined || value === '') return <span className="pl-faint">–</span>
    if (moments.includes(field)) return format.instant(new Date(String(value)), zone)
    return wordOf(field, String(value))
  }
  const columns: readonly Column<PreviewRow>[] = [
    {
      key: 'line',
      head: t('imports.line'),
      numeric: true,
      cell: ({ line }) => <span className="pl-faint">{line}</span>,
    },
    ...shown.map((field) => ({
      key: field,
      head: t(`imports.field.${field}`),
      cell: ({ values, taken }: PreviewRow) =>
        taken ? (
          <span className={field === 'title' ? classes.title : 'pl-nowrap'}>{cell(field, values?.[field])}</span>
        ) : null,
    })),
    {
      key: 'remarks',
      head: t('imports.remarks'),
      cell: ({ remarks }) => remarks.map(({ code, message }) => <div key={code}>{message}</div>),
    },
  ]
  // Two exports read as one have each line twice.
  const places = new Map(rows.map((row, place) => [row, String(place)]))
  const some = rows.some(({ remarks }) => remarks.length > 0)
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls sideways has to be reachable by key
    <section className={classes.rows} aria-label={t('imports.step.rows')} tabIndex={0}>
      <Table
        label={t('imports.step.rows')}
        columns={some ? columns : columns.slice(0, -1)}
        rows={rows}
        rowKey={(row) => places.get(row) ?? ''}
        flagged={({ taken }) => !taken}
      />
    </section>
  )
}
