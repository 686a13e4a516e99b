import type { ReactNode } from 'react'
import { Button } from '#web/ui/button.tsx'
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
  /** What stands there is never wider than the column, so that nothing has to be cut off. */
  readonly fits?: boolean
  /** By what the server sorts when this head is pressed, ascending; its contrary has a `-` before it. */
  readonly sort?: string
  /** On a phone: the first line, its end, the small line under it, or not at all. */
  readonly narrow?: 'lead' | 'trail' | 'under' | 'hidden'
  /** On a phone, before what stands in the small line, where that does not say by itself what it is; of a figure its head. */
  readonly called?: string
}

export interface Selection {
  readonly selected: ReadonlySet<string>
  readonly onChange: (selected: ReadonlySet<string>) => void
  /** What may be done with what is selected; shown at the foot. */
  readonly actions?: ReactNode
  /** Not more than so many at once, for whom all of them are selected. */
  readonly most?: number
}

/** The rest of a list that came by pages. */
export interface More {
  readonly has: boolean
  readonly busy: boolean
  readonly load: () => void
  /** Of how many, where that is known. */
  readonly total?: number
}

/** A column's head; pressed, it orders by it. */
export function Head<Row>({
  column,
  sort,
  onSort,
  laid,
}: {
  readonly column: Column<Row>
  readonly sort: string | undefined
  readonly onSort: ((sort: string) => void) | undefined
  /** Its role is said, since the layout takes it. */
  readonly laid: boolean
}) {
  const { head, numeric, sort: by, narrow } = column
  const isTold = numeric && narrow === 'trail' && typeof head === 'string'
  const className = numeric ? (isTold ? `pl-number ${classes.told}` : 'pl-number') : undefined
  const role = laid && { role: 'columnheader' }
  if (by === undefined || onSort === undefined) {
    return (
      <th scope="col" {...role} className={className} data-narrow={narrow}>
        {head}
      </th>
    )
  }
  const direction = sort === by ? 'ascending' : sort === `-${by}` ? 'descending' : undefined
  return (
    <th scope="col" {...role} className={className} data-narrow={narrow} aria-sort={direction}>
      <button type="button" className={classes.sort} onClick={() => onSort(direction === 'ascending' ? `-${by}` : by)}>
        {head}
        <span aria-hidden className={classes.arrow}>
          {direction === 'ascending' ? ' ↑' : direction === 'descending' ? ' ↓' : ''}
        </span>
      </button>
    </th>
  )
}

/** The box over all boxes. */
export function SelectAll<Row>({
  rows,
  rowKey,
  selection,
}: {
  readonly rows: readonly Row[]
  readonly rowKey: (row: Row, index: number) => string
  readonly selection: Selection
}) {
  const t = useText()
  const keys = rows.slice(0, selection.most).map(rowKey)
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

/** Under the rows: how many there are here, and the way to more. */
export function MoreLine({ more, shown }: { readonly more: More; readonly shown: number }) {
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
