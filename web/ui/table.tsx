import {
  type CSSProperties,
  memo,
  type MouseEvent,
  type ReactNode,
  useCallback,
  useEffect,
  useMemo,
  useRef,
} from 'react'
import { TextButton } from '#web/ui/button.tsx'
import { Kbd } from '#web/ui/kbd.tsx'
import { type Column, Head, type More, MoreLine, SelectAll, type Selection } from '#web/ui/table-parts.tsx'
import { useTableKeys } from '#web/ui/table-keys.ts'
import { useText } from '#web/ui/text.tsx'
import { ALL_UP_TO, useRowWindow } from '#web/ui/use-row-window.ts'
import laidClasses from './table-laid.module.css'
import classes from './table.module.css'

export type { Column } from '#web/ui/table-parts.tsx'

interface TableProps<Row> {
  readonly label: string
  readonly columns: readonly Column<Row>[]
  readonly rows: readonly Row[]
  readonly rowKey: (row: Row, index: number) => string
  /** What a row is called, for whoever hears the box that selects it. */
  readonly rowName?: (row: Row) => string
  /** Rows of one line, 28 pixels each: for lists of many. The first link of a row opens it. Of very many only those in sight are there. */
  readonly dense?: boolean
  readonly flagged?: (row: Row) => boolean
  /** `dueAt`, `-updatedAt` */
  readonly sort?: string
  readonly onSort?: (sort: string) => void
  readonly selection?: Selection
  readonly more?: More
  /** In place of the rows when there are none. */
  readonly empty?: ReactNode
  /** The rows are on their way: their places are shown. */
  readonly loading?: boolean
  /** j and k move, Enter opens, x selects, and the foot says so. One table of a page. */
  readonly keys?: boolean
}

const PLACES = Array.from({ length: 8 }, (_, place) => place)

/** Rows of records. Sorting and paging are the server's; what is chosen stands in the address, which is the page's affair. */
export function Table<Row>(props: TableProps<Row>) {
  const { label, columns, rows, rowKey, rowName, flagged, dense = false, sort, onSort } = props
  const { selection, more, empty, loading = false, keys = false } = props
  const t = useText()
  const body = useRef<HTMLTableSectionElement>(null)
  const seen = useRowWindow(body, { count: rows.length, on: dense })
  useTableKeys(body, {
    on: keys,
    count: rows.length,
    seen,
    ...(selection && {
      onClear: selection.selected.size > 0 ? () => selection.onChange(new Set()) : undefined,
    }),
    selects: selection !== undefined,
    ...(more && { more }),
  })
  const toggle = useToggle(rows, rowKey, selection)
  const shown = useMemo(() => rows.slice(seen.first, seen.last), [rows, seen.first, seen.last])
  if (rows.length === 0 && empty && !loading) return empty
  const width = columns.length + (selection ? 1 : 0)
  // The same for one page of a list as for many, so that nothing moves when the second one comes.
  const laid = dense && (more !== undefined || rows.length > ALL_UP_TO)
  return (
    <>
      <table
        className={`${classes.table} ${dense ? classes.dense : ''} ${laid ? laidClasses.laid : ''}`}
        aria-label={label}
        aria-busy={loading || undefined}
        {...(laid && { role: 'table', style: layout(columns, selection !== undefined) })}
        // Of rows that are not there it is still known that they are.
        {...(shown.length < rows.length && { 'aria-rowcount': rows.length + 1 })}
      >
        {dense && !laid && (
          <colgroup>
            {selection && <col style={{ width: 28 }} />}
            {columns.map(({ key, width: own }) => (
              <col key={key} style={{ width: own }} />
            ))}
          </colgroup>
        )}
        <thead {...(laid && group)}>
          <tr {...(laid && line)}>
            {selection && (
              <th scope="col" {...(laid && { role: 'columnheader' })} className={classes.box}>
                <SelectAll rows={rows} rowKey={rowKey} selection={selection} />
              </th>
            )}
            {columns.map((column) => (
              <Head key={column.key} column={column} sort={sort} onSort={onSort} laid={laid} />
            ))}
          </tr>
        </thead>
        <tbody ref={body} {...(laid && { ...group, style: placesOf(rows.length) })}>
          {shown.map((row, index) => {
            const key = rowKey(row, seen.first + index)
            return (
              <TableRow
                key={key}
                row={row}
                id={key}
                index={seen.first + index}
                {...(selection && { name: rowName?.(row) ?? key })}
                columns={columns as readonly Column<unknown>[]}
                flagged={flagged?.(row) ?? false}
                chosen={selection?.selected.has(key) ?? false}
                onToggle={selection && toggle}
                dense={dense}
                laid={laid}
                lazy={rows.length > LAZY_FROM}
              />
            )
          })}
          {loading &&
            rows.length === 0 &&
            PLACES.map((place) => (
              <tr key={place} aria-hidden>
                {Array.from({ length: width }, (_, cell) => (
                  // oxlint-disable-next-line jsx-a11y/control-has-associated-label -- a place, hidden from whoever hears the page
                  <td key={cell}>
                    <span className={classes.place} />
                  </td>
                ))}
              </tr>
            ))}
        </tbody>
      </table>
      {more && (more.has || more.total !== undefined) && <MoreLine more={more} shown={rows.length} />}
      {keys && rows.length > 0 && (
        <div className={classes.foot}>
          <span className={classes.bulk} role="status">
            {selection && selection.selected.size > 0 && (
              <>
                <b>{t('ui.table.selected', { count: selection.selected.size })}</b>
                {selection.actions}
                <TextButton onClick={() => selection.onChange(new Set())}>
                  <Kbd keys="Escape" /> {t('ui.table.clear')}
                </TextButton>
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

/** From so many on a phone leaves it to the browser to draw only those in sight: there rows are not of one height. */
const LAZY_FROM = 100

/*
 * Rows of a list of many are laid out one by one, each at its place: as rows of a table all of them would be laid out and
 * drawn anew whenever one comes. What they are is said by their roles, which the layout would take from them.
 */
const group = { role: 'rowgroup' } as const
const line = { role: 'row' } as const
const field = { role: 'cell' } as const

/** What the style needs to know to lay the rows out: the columns. */
function layout<Row>(columns: readonly Column<Row>[], hasBox: boolean): CSSProperties {
  const widths = columns.map(({ width }) => width ?? 'minmax(120px, 1fr)')
  return { '--columns': [...(hasBox ? ['28px'] : []), ...widths].join(' ') } as CSSProperties
}

/** And how many rows there are. */
function placesOf(count: number): CSSProperties {
  return (count > 0 ? { '--rows': count } : { height: 'auto' }) as CSSProperties
}

interface RowProps {
  readonly row: unknown
  readonly id: string
  readonly index: number
  readonly name?: string
  readonly columns: readonly Column<unknown>[]
  readonly flagged: boolean
  readonly chosen: boolean
  readonly onToggle: ((key: string, range: boolean) => void) | undefined
  readonly dense: boolean
  readonly laid: boolean
  readonly lazy: boolean
}

const TableRow = memo(function TableRow(props: RowProps) {
  const { row, id, index, name, columns, flagged, chosen, onToggle, dense, laid, lazy } = props
  const t = useText()
  return (
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/no-noninteractive-element-interactions -- a convenience; the link in the row is the way
    <tr
      data-index={index}
      data-flagged={flagged || undefined}
      data-selected={chosen || undefined}
      data-opens={dense || undefined}
      data-lazy={lazy || undefined}
      {...(dense && { 'aria-rowindex': index + 2 })}
      {...(laid && { role: 'row', style: { top: `calc(var(--pl-row) * ${index})` } })}
      onClick={dense ? openRow : undefined}
    >
      {onToggle && (
        <td {...(laid && field)} className={classes.box} data-fits>
          <input
            type="checkbox"
            aria-label={t('ui.table.select', { name })}
            checked={chosen}
            onChange={({ nativeEvent }) =>
              onToggle(id, (nativeEvent as Partial<globalThis.MouseEvent>).shiftKey === true)
            }
          />
        </td>
      )}
      {columns.map((column) => {
        const { key, cell, numeric, narrow, fits } = column
        const shown = cell(row)
        return (
          <td
            key={key}
            {...(laid && field)}
            className={numeric ? 'pl-number' : undefined}
            data-narrow={narrow === 'under' && shown === NOTHING ? 'hidden' : narrow}
            data-called={calledOf(column)}
            data-fits={fits || undefined}
          >
            {shown}
          </td>
        )
      })}
    </tr>
  )
})

/** A figure in the small line is called what stands above its column, unless it is called otherwise. */
function calledOf<Row>({ called, head, numeric, narrow }: Column<Row>): string | undefined {
  return called ?? (numeric && narrow === 'under' && typeof head === 'string' ? head : undefined)
}

/** What stands where a column has nothing to say; without a column above it, under a row's name, it would say nothing. */
const NOTHING = '–'

/** Selects a row or lets it go; with Shift all from the last one on. The same function as long as the table is there. */
function useToggle<Row>(
  rows: readonly Row[],
  rowKey: (row: Row, index: number) => string,
  selection: Selection | undefined,
): (key: string, range: boolean) => void {
  const now = useRef({ rows, rowKey, selection })
  const last = useRef<string | null>(null)
  useEffect(() => {
    now.current = { rows, rowKey, selection }
  })
  return useCallback((key, range) => {
    const { selection: chosen, rows: all, rowKey: keyOf } = now.current
    if (!chosen) return
    const keys = range && last.current !== null ? between(all.map(keyOf), last.current, key) : [key]
    const next = new Set(chosen.selected)
    const adds = !next.has(key)
    for (const each of keys.slice(0, chosen.most)) {
      if (adds) next.add(each)
      else next.delete(each)
    }
    last.current = key
    chosen.onChange(next)
  }, [])
}

function between(keys: readonly string[], one: string, other: string): readonly string[] {
  const [from, to] = [keys.indexOf(one), keys.indexOf(other)].toSorted((a, b) => a - b) as [number, number]
  return from === -1 ? [other] : keys.slice(from, to + 1)
}

function openRow(event: MouseEvent<HTMLTableRowElement>): void {
  const on = event.target as HTMLElement
  if (on.closest('a, button, input, label') !== null || getSelection()?.isCollapsed === false) return
  event.currentTarget.querySelector<HTMLElement>('a[href]')?.click()
}
