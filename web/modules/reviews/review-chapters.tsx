import type { Composition } from '#api/reviews'
import { type Column, Table } from '#web/ui/table.tsx'
import { useText } from '#web/ui/text.tsx'

type Chapter = Composition['chapters'][number]

/** Every section of a service review, and whether anything is known that it could tell. */
export function ReviewChapters({ chapters }: { readonly chapters: readonly Chapter[] }) {
  const t = useText()
  const columns: readonly Column<Chapter>[] = [
    { key: 'name', head: t('reviews.chapters.section'), narrow: 'lead', cell: ({ name }) => name },
    {
      key: 'state',
      head: t('reviews.chapters.state'),
      narrow: 'under',
      cell: ({ state }) => <span className={state === 'told' ? '' : 'pl-quiet'}>{t(`reviews.chapters.${state}`)}</span>,
    },
  ]
  return <Table label={t('reviews.chapters')} columns={columns} rows={chapters} rowKey={({ key }) => key} />
}
