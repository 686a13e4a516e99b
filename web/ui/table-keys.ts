import { type RefObject, useEffect, useRef } from 'react'
import { useKeys } from '#web/ui/keys.ts'
import type { More } from '#web/ui/table-parts.tsx'
import { useText } from '#web/ui/text.tsx'
import type { RowWindow } from '#web/ui/use-row-window.ts'

interface TableKeys {
  readonly on: boolean
  readonly count: number
  readonly seen: RowWindow
  readonly selects: boolean
  /** Lets all go that is selected; undefined while nothing is. */
  readonly onClear?: (() => void) | undefined
  readonly more?: More
}

/** Moves by the focus itself: what is current is what has it, and Enter is the link's own. */
export function useTableKeys(body: RefObject<HTMLTableSectionElement | null>, options: TableKeys): void {
  const t = useText()
  const { on, count, seen, selects, onClear, more } = options
  /** Where the keys are; kept when that row was scrolled out of the document. */
  const current = useRef<number | null>(null)
  useEffect(() => {
    const rows = body.current
    if (!on || rows === null) return undefined
    const note = ({ target }: FocusEvent) => {
      const index = (target as Element).closest<HTMLElement>('tr[data-index]')?.dataset['index']
      if (index !== undefined) current.current = Number(index)
    }
    rows.addEventListener('focusin', note)
    return () => rows.removeEventListener('focusin', note)
  })
  function move(step: number) {
    const inTable = body.current?.contains(document.activeElement) ?? false
    const lost = !inTable && current.current !== null && rowAt(body.current, current.current) === null
    const at = inTable || lost ? current.current : null
    const next = at === null ? (step > 0 ? firstInSight(body.current) : count - 1) : at + step
    if (next < 0) return
    if (next >= count) {
      if (more?.has && !more.busy) more.load()
      return
    }
    focusRow(body.current, next, seen)
  }
  useKeys(
    t('ui.table.keys'),
    [
      { keys: 'j', label: t('ui.table.key-next'), run: () => move(1) },
      { keys: 'k', label: t('ui.table.key-before'), run: () => move(-1) },
      ...(selects ? [{ keys: 'x', label: t('ui.table.key-select-long'), run: selectFocused }] : []),
    ],
    on,
  )
  useKeys(
    t('ui.table.keys'),
    [{ keys: 'Escape', label: t('ui.table.clear'), run: () => onClear?.() }],
    on && onClear !== undefined,
  )
}

function selectFocused(): void {
  document.activeElement?.closest('tr')?.querySelector<HTMLInputElement>('input[type=checkbox]')?.click()
}

function rowAt(body: HTMLElement | null, index: number): HTMLElement | null {
  return body?.querySelector<HTMLElement>(`tr[data-index="${index}"]`) ?? null
}

/** The first row that is wholly under the head, so that moving begins where somebody looks. */
function firstInSight(body: HTMLElement | null): number {
  const rows = [...(body?.querySelectorAll<HTMLElement>('tr[data-index]') ?? [])]
  const head = body?.parentElement?.querySelector('thead')?.getBoundingClientRect().bottom ?? 0
  const row = rows.find((each) => each.getBoundingClientRect().top >= head - 1) ?? rows[0]
  return Number(row?.dataset['index'] ?? 0)
}

/** Gives a row the focus; when it is not in the document, goes there first. */
function focusRow(body: HTMLElement | null, index: number, { first, rowHeight }: RowWindow): void {
  const row = rowAt(body, index)
  if (row !== null) {
    const target = targetOf(row)
    target.focus({ preventScroll: true })
    row.scrollIntoView({ block: 'nearest' })
    return
  }
  const known = rowAt(body, first)
  if (known === null) return
  const top = known.getBoundingClientRect().top + (index - first) * rowHeight
  scrollBy({ top: top - innerHeight / 2, behavior: 'instant' })
  requestAnimationFrame(() =>
    requestAnimationFrame(() => {
      const there = rowAt(body, index)
      if (there !== null) targetOf(there).focus({ preventScroll: true })
    }),
  )
}

function targetOf(row: HTMLElement): HTMLElement {
  const link = row.querySelector<HTMLElement>('a[href]')
  if (link !== null) return link
  row.tabIndex = -1
  return row
}
