import { type MouseEvent, type ReactNode, useRef } from 'react'
import { Button, TextButton } from '#web/ui/button.tsx'
import { Kbd } from '#web/ui/kbd.tsx'
import { useKeys } from '#web/ui/keys.ts'
import { useText } from '#web/ui/text.tsx'
import { useFormat } from '#web/ui/use-format.ts'
import classes from './table.module.css'

export interface Column<Row> {
  readonly key: string
  readonly head: ReactNode
  readonly cell: (row: Row) => ReactNode
  /** `118px`, `20%`; without one it takes what is left. */
  readonly width?: string
  readonly numeric?: boolean
  /** By what the server sorts when this head is pressed, ascending; its contrary has a `-` before it. */
  readonly sort?: string
  /** On a phone: the first line, its end, the small line under it, or not at all. */
  readonly narrow?: 'lead' | 'trail' | 'under' | 'hidden'
}

interface Selection {
  readonly selected: ReadonlySet<string>
  readonly onChange: (selected: ReadonlySet<string>) => void
  /** What may be done with what is selected; shown at the foot. */
  readonly actions?: ReactNode
}

/** The rest of a list that came by pages. */
export interface More {
  readonly has: boolean
  readonly busy: boolean
  readonly load: () => void
  /** Of how many, where that is known. */
  readonly total?: number
}

interface TableProps<Row> {
  readonly label: string
  readonly columns: readonly Column<Row>[]
  readonly rows: readonly Row[]
  readonly rowKey: (row: Row) => string
  /** What a row is called, for whoever hears the box that selects it. */
  readonly rowName?: (row: Row) => string
  /** Rows of one line, 28 pixels each: for lists of many. The first link of a row opens it. */
  readonly dense?: boolean
  readonly flagged?: (row: Row) => boolean
  /** `dueAt`, `-updatedAt` */
  readonly sort?: string
  readonly onSort?: (sort: string) => void
  readonly selection?: Selection
  readonly more?: More
  /** In place of the rows when there are none. */
  readonly empty?: ReactNode
  /** j and k move, Enter opens, x selects, and the foot says so. One table of a page. */
  readonly keys?: boolean
}

/** Rows of records. Sorting and paging are the server's; what is chosen stands in the address, which is the page's affair. */
export function Table<Row>(props: TableProps<Row>) {
  const { label, columns, rows, rowKey, dense = false, sort, onSort, selection, more, empty, keys = false } = props
  const t = useText()
  const body = useRef<HTMLTableSectionElement>(null)
  useTableKeys(body, { on: keys, selects: selection !== undefined, ...(more && { more }) })
  if (rows.length === 0 && empty) return empty
  return (
    <>
      <table className={`${classes.table} ${dense ? classes.dense : ''}`} aria-label={label}>
        {dense && (
          <colgroup>
            {selection && <col style={{ width: 28 }} />}
            {columns.map(({ key, width }) => (
              <col key={key} style={{ width }} />
            ))}
          </colgroup>
        )}
        <thead>
          <tr>
            {selection && (
              <th scope="col" className={classes.box}>
                <SelectAll rows={rows} rowKey={rowKey} selection={selection} />
              </th>
            )}
            {columns.map((column) => (
              <Head key={column.key} column={column} sort={sort} onSort={onSort} />
            ))}
          </tr>
        </thead>
        <tbody ref={body}>
          {rows.map((row) => (
            <TableRow key={rowKey(row)} row={row} {...props} />
          ))}
        </tbody>
      </table>
      {more && (more.has || more.total !== undefined) && <MoreLine more={more} shown={rows.length} />}
      {keys && rows.length > 0 && (
        <div className={classes.foot}>
          <span className={classes.bulk}>
            {selection && selection.selected.size > 0 && (
              <>
                <b>{t('ui.table.selected', { count: selection.selected.size })}</b>
                {selection.actions}
                <TextButton onClick={() => selection.onChange(new Set())}>{t('ui.table.clear')}</TextButton>
              </>
            )}
          </span>
          <span className={classes.hints} aria-hidden>
            <Kbd keys="j k" /> {t('ui.table.key-move')}
            {selection && (
              <>
                <Kbd keys="x" /> {t('ui.table.key-select')}
              </>
            )}
            <Kbd keys="Enter" /> {t('ui.table.key-open')}
            <Kbd keys="?" /> {t('ui.table.key-all')}
          </span>
        </div>
      )}
    </>
  )
}

function Head<Row>({
  column,
  sort,
  onSort,
}: {
  readonly column: Column<Row>
  readonly sort: string | undefined
  readonly onSort: ((sort: string) => void) | undefined
}) {
  const { head, numeric, sort: by, narrow } = column
  const className = numeric ? 'pl-number' : undefined
  if (by === undefined || onSort === undefined) {
    return (
      <th scope="col" className={className} data-narrow={narrow}>
        {head}
      </th>
    )
  }
  const direction = sort === by ? 'ascending' : sort === `-${by}` ? 'descending' : undefined
  return (
    <th scope="col" className={className} data-narrow={narrow} aria-sort={direction}>
      <button type="button" className={classes.sort} onClick={() => onSort(direction === 'ascending' ? `-${by}` : by)}>
        {head}
        <span aria-hidden className={classes.arrow}>
          {direction === 'ascending' ? ' ↑' : direction === 'descending' ? ' ↓' : ''}
        </span>
      </button>
    </th>
  )
}

function TableRow<Row>({
  row,
  columns,
  rowKey,
  rowName,
  flagged,
  selection,
  dense = false,
}: TableProps<Row> & { readonly row: Row }) {
  const t = useText()
  const id = rowKey(row)
  const chosen = selection?.selected.has(id) ?? false
  return (
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/no-noninteractive-element-interactions -- a convenience; the link in the row is the way
    <tr
      data-flagged={flagged?.(row) || undefined}
      data-selected={chosen || undefined}
      data-opens={dense || undefined}
      onClick={dense ? openRow : undefined}
    >
      {selection && (
        <td className={classes.box}>
          <input
            type="checkbox"
            aria-label={t('ui.table.select', { name: rowName?.(row) ?? id })}
            checked={chosen}
            onChange={() => selection.onChange(toggled(selection.selected, id))}
          />
        </td>
      )}
      {columns.map(({ key, cell, numeric, narrow }) => (
        <td key={key} className={numeric ? 'pl-number' : undefined} data-narrow={narrow}>
          {cell(row)}
        </td>
      ))}
    </tr>
  )
}

function SelectAll<Row>({
  rows,
  rowKey,
  selection,
}: {
  readonly rows: readonly Row[]
  readonly rowKey: (row: Row) => string
  readonly selection: Selection
}) {
  const t = useText()
  const keys = rows.map((row) => rowKey(row))
  const count = keys.filter((key) => selection.selected.has(key)).length
  return (
    <input
      type="checkbox"
      aria-label={t('ui.table.select-all')}
      checked={count > 0 && count === keys.length}
      ref={(box) => {
        if (box) box.indeterminate = count > 0 && count < keys.length
      }}
      onChange={() => selection.onChange(new Set(count === keys.length ? [] : keys))}
    />
  )
}

function MoreLine({ more, shown }: { readonly more: More; readonly shown: number }) {
  const t = useText()
  const format = useFormat()
  const { has, busy, load, total } = more
  return (
    <div className={classes.more}>
      <span className="pl-quiet pl-small" aria-live="polite">
        {total === undefined
          ? t('ui.table.shown', { count: shown })
          : t('ui.table.shown-of', { ratio: format.ratio({ numerator: shown, denominator: total }) })}
      </span>
      {has && (
        <Button busy={busy} onClick={load} data-more>
          {t('ui.table.more')}
        </Button>
      )}
    </div>
  )
}

/** Moves by the focus itself: what is current is what has it, and Enter is the link's own. */
function useTableKeys(
  body: React.RefObject<HTMLTableSectionElement | null>,
  options: { readonly on: boolean; readonly selects: boolean; readonly more?: More },
) {
  const t = useText()
  const { on, selects, more } = options
  function move(step: number) {
    const rows = [...(body.current?.rows ?? [])]
    const at = rows.findIndex((row) => row.contains(document.activeElement))
    const next = rows[at === -1 ? (step > 0 ? 0 : rows.length - 1) : at + step]
    if (next !== undefined) {
      targetOf(next).focus()
      next.scrollIntoView({ block: 'nearest' })
    } else if (step > 0 && more?.has && !more.busy) more.load()
  }
  const select = {
    keys: 'x',
    label: t('ui.table.key-select-long'),
    run: () => document.activeElement?.closest('tr')?.querySelector<HTMLInputElement>('input[type=checkbox]')?.click(),
  }
  useKeys(
    t('ui.table.keys'),
    [
      { keys: 'j', label: t('ui.table.key-next'), run: () => move(1) },
      { keys: 'k', label: t('ui.table.key-before'), run: () => move(-1) },
      ...(selects ? [select] : []),
    ],
    on,
  )
}

function openRow(event: MouseEvent<HTMLTableRowElement>): void {
  const on = event.target as HTMLElement
  if (on.closest('a, button, input, label') !== null || getSelection()?.isCollapsed === false) return
  event.currentTarget.querySelector<HTMLElement>('a[href]')?.click()
}

function targetOf(row: HTMLTableRowElement): HTMLElement {
  const link = row.querySelector<HTMLElement>('a[href]')
  if (link !== null) return link
  row.tabIndex = -1
  return row
}

function toggled(selected: ReadonlySet<string>, key: string): ReadonlySet<string> {
  const next = new Set(selected)
  if (!next.delete(key)) next.add(key)
  return next
}
