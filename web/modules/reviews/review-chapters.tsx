import { useState } from 'react'
import { barredFromActing } from '#api/actions'
import type { Composition } from '#api/reviews'
import { MakeActionDialog } from '#web/modules/actions/index.ts'
import { useAsker } from '#web/modules/people/index.ts'
import { TextButton } from '#web/ui/button.tsx'
import { type Column, Table } from '#web/ui/table.tsx'
import { useText } from '#web/ui/text.tsx'

type Chapter = Composition['chapters'][number]

interface ReviewChaptersProps {
  readonly chapters: readonly Chapter[]
  readonly review: { readonly id: string; readonly customerId: string }
}

/** Every section of a service review, and whether anything is known that it could tell; from each an action can be made. */
export function ReviewChapters({ chapters, review }: ReviewChaptersProps) {
  const t = useText()
  const may = barredFromActing(useAsker()) === null
  const [from, setFrom] = useState<Chapter | null>(null)
  const columns: readonly Column<Chapter>[] = [
    { key: 'name', head: t('reviews.chapters.section'), narrow: 'lead', cell: ({ name }) => name },
    {
      key: 'state',
      head: t('reviews.chapters.state'),
      narrow: 'under',
      cell: ({ state }) => <span className={state === 'told' ? '' : 'pl-quiet'}>{t(`reviews.chapters.${state}`)}</span>,
    },
    ...(may
      ? [
          {
            key: 'make',
            head: t('reviews.chapters.make'),
            narrow: 'trail' as const,
            width: '220px',
            cell: (chapter: Chapter) =>
              chapter.state === 'told' && (
                <TextButton onClick={() => setFrom(chapter)} aria-label={`${t('actions.make-from')} ${chapter.name}`}>
                  {t('actions.make-from')}
                </TextButton>
              ),
          },
        ]
      : []),
  ]
  return (
    <>
      <Table label={t('reviews.chapters')} columns={columns} rows={chapters} rowKey={({ key }) => key} />
      {from !== null && (
        <MakeActionDialog
          origin={{ kind: 'review', id: review.id, part: from.key }}
          customer={review.customerId}
          onClose={() => setFrom(null)}
        />
      )}
    </>
  )
}
