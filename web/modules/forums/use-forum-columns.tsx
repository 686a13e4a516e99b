import { Link } from '@tanstack/react-router'
import type { Forum } from '#api/forums'
import type { Column } from '#web/ui/table.tsx'
import { useText } from '#web/ui/text.tsx'

/** Columns that say which forum a line is about: its name, its tier and whose it is. */
export function useForumColumns<Row extends Pick<Forum, 'tier' | 'customer'>>(
  forumOf: (row: Row) => Pick<Forum, 'id' | 'name'>,
): readonly Column<Row>[] {
  const t = useText()
  return [
    {
      key: 'name',
      head: t('forums.name'),
      narrow: 'lead',
      cell: (row) => (
        <Link to="/forums/$id" params={{ id: forumOf(row).id }}>
          {forumOf(row).name}
        </Link>
      ),
    },
    { key: 'tier', head: t('forums.tier'), width: '80px', numeric: true, narrow: 'hidden', cell: ({ tier }) => tier },
    {
      key: 'customer',
      head: t('forums.customer'),
      width: '18%',
      narrow: 'under',
      cell: ({ customer }) => customer?.name ?? t('forums.all-customers'),
    },
  ]
}
