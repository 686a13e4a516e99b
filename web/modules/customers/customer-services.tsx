import { useSuspenseInfiniteQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { Customer } from '#api/customers'
import type { Service } from '#api/services'
import { barredFromManaging } from '#core/may.ts'
import { useAsker } from '#web/modules/people/index.ts'
import { Button, TextButton } from '#web/ui/button.tsx'
import { Empty } from '#web/ui/empty.tsx'
import { Section } from '#web/ui/page.tsx'
import { type Column, Table } from '#web/ui/table.tsx'
import { useText } from '#web/ui/text.tsx'
import classes from './customers.module.css'
import { servicesQuery } from './queries.ts'
import { criticalityOf, ServiceDialog } from './service-dialog.tsx'

/** What the people of a customer use: its own services and those that are offered to everybody. */
export function CustomerServices({ customer }: { readonly customer: Customer }) {
  const t = useText()
  const barred = barredFromManaging(useAsker())
  const { data, hasNextPage, isFetchingNextPage, fetchNextPage } = useSuspenseInfiniteQuery(servicesQuery(customer.id))
  const [open, setOpen] = useState<Service | 'new' | null>(null)
  const services = data.pages.flatMap(({ items }) => items)
  const columns: readonly Column<Service>[] = [
    { key: 'name', head: t('customers.name'), narrow: 'lead', cell: ({ name }) => name },
    {
      key: 'criticality',
      head: t('customers.service.criticality'),
      narrow: 'under',
      cell: ({ criticality }) => t(`customers.service.criticality.${criticalityOf(criticality)}`),
    },
    {
      key: 'lifecycle',
      head: t('customers.service.lifecycle'),
      narrow: 'under',
      cell: ({ lifecycle }) => t(`customers.service.lifecycle.${lifecycle}`),
    },
    {
      key: 'for',
      head: t('customers.service.for'),
      narrow: 'hidden',
      cell: ({ customerId }) =>
        customerId === null ? t('customers.service.for-all') : t('customers.service.for-this'),
    },
    ...(barred === null
      ? [
          {
            key: 'change',
            head: <span className="pl-hidden">{t('customers.change')}</span>,
            numeric: true,
            narrow: 'trail',
            cell: (service) => (
              <TextButton
                aria-label={t('customers.change-named', { name: service.name })}
                onClick={() => setOpen(service)}
              >
                {t('customers.change')}
              </TextButton>
            ),
          } satisfies Column<Service>,
        ]
      : []),
  ]
  const add = barred === null && <Button onClick={() => setOpen('new')}>{t('customers.service.add')}</Button>
  return (
    <Section title={t('customers.services')}>
      <Table
        label={t('customers.services')}
        columns={columns}
        rows={services}
        rowKey={({ id }) => id}
        more={{ has: hasNextPage, busy: isFetchingNextPage, load: () => void fetchNextPage() }}
        empty={
          <Empty title={t('customers.service.none')} actions={add}>
            {t('customers.service.none-more')}
          </Empty>
        }
      />
      {services.length > 0 && add && <div className={classes.add}>{add}</div>}
      {open !== null && (
        <ServiceDialog customer={customer} service={open === 'new' ? null : open} onClose={() => setOpen(null)} />
      )}
    </Section>
  )
}
