import { useQuery } from '@tanstack/react-query'
import type { Forum } from '#api/forums'
import { barredFromManaging } from '#core/may.ts'
import { useAsker } from '#web/modules/people/index.ts'
import { LinkButton } from '#web/ui/button.tsx'
import { DoorLink } from '#web/ui/door.tsx'
import { Section } from '#web/ui/page.tsx'
import { type Column, Table } from '#web/ui/table.tsx'
import { useText } from '#web/ui/text.tsx'
import { useFormat } from '#web/ui/use-format.ts'
import { forumsOfQuery } from './queries.ts'

/** In which rounds the supplier is governed, whether they are held, and what is to be done from them. */
export function SupplierForums({ id, name }: { readonly id: string; readonly name: string }) {
  const t = useText()
  const format = useFormat()
  const barred = barredFromManaging(useAsker())
  const { data: forums = [] } = useQuery(forumsOfQuery(id))
  const columns: readonly Column<Forum>[] = [
    {
      key: 'name',
      head: t('suppliers.forum'),
      narrow: 'lead',
      cell: (forum) => (
        <DoorLink to="/forums/$id" params={{ id: forum.id }}>
          {forum.name}
        </DoorLink>
      ),
    },
    {
      key: 'next',
      head: t('suppliers.forum-next'),
      width: '190px',
      narrow: 'under',
      called: t('suppliers.forum-next'),
      cell: ({ nextAt, timeZone }) => (nextAt === null ? '–' : format.instant(nextAt, timeZone)),
    },
    {
      key: 'held',
      head: t('suppliers.forum-held'),
      width: '140px',
      numeric: true,
      narrow: 'trail',
      cell: ({ id: forum, adherence: { planned, held } }) => (
        <DoorLink to="/forums/$id" params={{ id: forum }}>
          {planned === 0 ? t('ui.state.none') : format.ratio({ numerator: held, denominator: planned })}
        </DoorLink>
      ),
    },
    {
      key: 'actions',
      head: t('suppliers.forum-actions'),
      width: '190px',
      narrow: 'under',
      cell: ({ openActions, overdueActions }) =>
        t('suppliers.forum-to-do', { open: openActions, overdue: overdueActions }),
    },
  ]
  return (
    <Section
      title={t('suppliers.forums')}
      hint={t('suppliers.forums-hint')}
      aside={
        barred === null && (
          <LinkButton to="/forums/new" search={{ supplier: id }}>
            {t('suppliers.forum-new')}
          </LinkButton>
        )
      }
    >
      <Table
        dense
        label={t('suppliers.forums')}
        columns={columns}
        rows={forums}
        rowKey={(forum) => forum.id}
        empty={<p className="pl-quiet">{t('suppliers.no-forum', { name })}</p>}
      />
    </Section>
  )
}
