import {
  type InfiniteData,
  type UseSuspenseInfiniteQueryOptions,
  useSuspenseInfiniteQuery,
} from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import { barredFromManaging } from '#core/may.ts'
import { useAsker } from '#web/modules/people/index.ts'
import { Button, TextButton } from '#web/ui/button.tsx'
import { Empty } from '#web/ui/empty.tsx'
import { Section } from '#web/ui/page.tsx'
import { type Column, Table } from '#web/ui/table.tsx'
import { useText } from '#web/ui/text.tsx'
import classes from './customers.module.css'

interface ListPage<Item> {
  items: Item[]
  nextCursor: string | null
}

type ListQuery<Item> = UseSuspenseInfiniteQueryOptions<
  ListPage<Item>,
  Error,
  InfiniteData<ListPage<Item>>,
  string[],
  string
>

interface RecordsSectionProps<Item> {
  readonly title: string
  readonly query: ListQuery<Item>
  /** Beside the name, which comes first, and the way to change one. */
  readonly columns: readonly Column<Item>[]
  /** The words on the button that adds one. */
  readonly add: string
  readonly none: { readonly title: string; readonly more: string }
  /** Adds one (null) or changes one. */
  readonly dialog: (item: Item | null, onClose: () => void) => ReactNode
}

/** What belongs to a customer, for whoever may also to add and to change it over the page. */
export function RecordsSection<Item extends { readonly id: string; readonly name: string }>({
  title,
  query,
  columns,
  add,
  none,
  dialog,
}: RecordsSectionProps<Item>) {
  const t = useText()
  const barred = barredFromManaging(useAsker())
  const { data, hasNextPage, isFetchingNextPage, fetchNextPage } = useSuspenseInfiniteQuery(query)
  const [open, setOpen] = useState<Item | 'new' | null>(null)
  const items = data.pages.flatMap((page) => page.items)
  const change: Column<Item> = {
    key: 'change',
    head: <span className="pl-hidden">{t('customers.change')}</span>,
    numeric: true,
    narrow: 'trail',
    cell: (item) => (
      <TextButton aria-label={t('customers.change-named', { name: item.name })} onClick={() => setOpen(item)}>
        {t('customers.change')}
      </TextButton>
    ),
  }
  const adding = barred === null && <Button onClick={() => setOpen('new')}>{add}</Button>
  return (
    <Section title={title}>
      <Table
        label={title}
        columns={[
          { key: 'name', head: t('customers.name'), narrow: 'lead', cell: ({ name }) => name },
          ...columns,
          ...(barred === null ? [change] : []),
        ]}
        rows={items}
        rowKey={({ id }) => id}
        more={{ has: hasNextPage, busy: isFetchingNextPage, load: () => void fetchNextPage() }}
        empty={
          <Empty title={none.title} actions={adding}>
            {none.more}
          </Empty>
        }
      />
      {items.length > 0 && adding && <div className={classes.add}>{adding}</div>}
      {open !== null && dialog(open === 'new' ? null : open, () => setOpen(null))}
    </Section>
  )
}
