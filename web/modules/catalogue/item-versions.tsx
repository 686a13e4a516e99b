import { useQuery } from '@tanstack/react-query'
import { DoorLink } from '#web/ui/door.tsx'
import { Section } from '#web/ui/page.tsx'
import { Table } from '#web/ui/table.tsx'
import { useText } from '#web/ui/text.tsx'
import { useFormat } from '#web/ui/use-format.ts'
import { useMoney } from '#web/ui/use-money.ts'
import { itemVersionsQuery } from './queries.ts'

/** What an item said from when on, and how often it was ordered so. */
export function ItemVersions({ id }: { readonly id: string }) {
  const t = useText()
  const format = useFormat()
  const money = useMoney()
  const { data: versions = [] } = useQuery(itemVersionsQuery(id))
  return (
    <Section title={t('catalogue.versions')} hint={t('catalogue.versions-hint')}>
      <Table
        dense
        label={t('catalogue.versions')}
        rows={versions}
        rowKey={(version) => version.id}
        columns={[
          { key: 'number', head: t('catalogue.number'), narrow: 'lead', width: '90px', cell: ({ number }) => number },
          {
            key: 'from',
            head: t('catalogue.from-when'),
            narrow: 'under',
            cell: ({ createdAt, by }) => [format.instant(createdAt), by].filter(Boolean).join(', '),
          },
          {
            key: 'planned',
            head: t('catalogue.planned'),
            numeric: true,
            width: '120px',
            narrow: 'under',
            cell: ({ plannedSeconds }) => format.durationCell(plannedSeconds * 1000),
          },
          {
            key: 'price',
            head: t('catalogue.price'),
            numeric: true,
            width: '130px',
            narrow: 'under',
            cell: ({ price }) => (price === null ? '–' : money(price)),
          },
          {
            key: 'requests',
            head: t('catalogue.ordered'),
            numeric: true,
            width: '110px',
            narrow: 'trail',
            cell: ({ requests }) => (
              <DoorLink to="/requests" search={{ item: id }}>
                {format.number(requests)}
              </DoorLink>
            ),
          },
        ]}
      />
    </Section>
  )
}
