import type { ListedDifference } from '#api/corrections'
import type { Column } from '#web/ui/table.tsx'
import { useText } from '#web/ui/text.tsx'
import { ResultState } from './result-state.tsx'

/** Columns of what a clock's result was and what it is now. */
export function useResultColumns(): readonly Column<ListedDifference>[] {
  const t = useText()
  return [
    {
      key: 'before',
      head: t('corrections.before'),
      narrow: 'under',
      cell: ({ before }) => <ResultState result={before} />,
    },
    {
      key: 'after',
      head: t('corrections.after'),
      narrow: 'under',
      cell: ({ after }) => <ResultState result={after} />,
    },
  ]
}
