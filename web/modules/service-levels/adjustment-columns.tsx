import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import type { Column } from '#web/ui/table.tsx'
import { useText } from '#web/ui/text.tsx'
import { useFormat } from '#web/ui/use-format.ts'

/** What every entry that adjusts something told of a locked month says. */
interface Entry {
  readonly month: string
  readonly enteredMonth: string
  readonly createdAt: Date
  readonly correctionId: string | null
}

interface Telling<Each extends Entry> {
  /** What it is about, in the first column. */
  readonly head: string
  readonly lead: (entry: Each) => ReactNode
  readonly result: (entry: Each, side: 'before' | 'after') => ReactNode
  /** Why, where it was no correction. */
  readonly cause: (entry: Each) => ReactNode
}

/** The columns of such entries, of whatever they are: about which month, what was told and what is known, entered when and why. */
export function useAdjustmentColumns<Each extends Entry>({
  head,
  lead,
  result,
  cause,
}: Telling<Each>): readonly Column<Each>[] {
  const t = useText()
  const format = useFormat()
  return [
    { key: 'lead', head, narrow: 'lead', cell: lead },
    { key: 'about', head: t('periods.about'), narrow: 'under', cell: ({ month }) => format.month(month) },
    { key: 'told', head: t('periods.told'), narrow: 'under', cell: (entry) => result(entry, 'before') },
    { key: 'known', head: t('periods.known'), narrow: 'under', cell: (entry) => result(entry, 'after') },
    {
      key: 'entered',
      head: t('periods.entered'),
      narrow: 'under',
      cell: ({ enteredMonth, createdAt }) => (
        <span title={format.instant(createdAt)}>{format.month(enteredMonth)}</span>
      ),
    },
    {
      key: 'why',
      head: t('periods.why'),
      narrow: 'under',
      cell: (entry) =>
        entry.correctionId === null ? (
          cause(entry)
        ) : (
          <Link to="/corrections/$id" params={{ id: entry.correctionId }}>
            {t('periods.cause.correction')}
          </Link>
        ),
    },
  ]
}
