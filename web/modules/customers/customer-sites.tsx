import { useSuspenseInfiniteQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { Customer } from '#api/customers'
import type { Site } from '#api/sites'
import { barredFromManaging } from '#core/may.ts'
import { useAsker } from '#web/modules/people/index.ts'
import { Button, TextButton } from '#web/ui/button.tsx'
import { Empty } from '#web/ui/empty.tsx'
import { Section } from '#web/ui/page.tsx'
import { type Column, Table } from '#web/ui/table.tsx'
import { useLanguage, useText } from '#web/ui/text.tsx'
import { useFormat } from '#web/ui/use-format.ts'
import classes from './customers.module.css'
import { sitesQuery } from './queries.ts'
import { SiteDialog, typeOf } from './site-dialog.tsx'

/** Where the people of a customer work. */
export function CustomerSites({ customer }: { readonly customer: Customer }) {
  const t = useText()
  const format = useFormat()
  const countryName = new Intl.DisplayNames(useLanguage(), { type: 'region' })
  const barred = barredFromManaging(useAsker())
  const { data, hasNextPage, isFetchingNextPage, fetchNextPage } = useSuspenseInfiniteQuery(sitesQuery(customer.id))
  const [open, setOpen] = useState<Site | 'new' | null>(null)
  const sites = data.pages.flatMap(({ items }) => items)
  const place = ({ country, region }: Site) =>
    [country === null ? null : countryName.of(country), region].filter((part) => part !== null).join(', ')
  const columns: readonly Column<Site>[] = [
    { key: 'name', head: t('customers.name'), narrow: 'lead', cell: ({ name }) => name },
    {
      key: 'type',
      head: t('customers.site.type'),
      narrow: 'under',
      cell: ({ siteType }) => t(`customers.site.type.${typeOf(siteType)}`),
    },
    { key: 'place', head: t('customers.site.country'), narrow: 'under', cell: (site) => place(site) || '–' },
    { key: 'zone', head: t('customers.zone'), narrow: 'under', cell: ({ timeZone }) => format.zone(timeZone) },
    ...(barred === null
      ? [
          {
            key: 'change',
            head: <span className="pl-hidden">{t('customers.change')}</span>,
            numeric: true,
            narrow: 'trail',
            cell: (site) => (
              <TextButton aria-label={t('customers.change-named', { name: site.name })} onClick={() => setOpen(site)}>
                {t('customers.change')}
              </TextButton>
            ),
          } satisfies Column<Site>,
        ]
      : []),
  ]
  const add = barred === null && <Button onClick={() => setOpen('new')}>{t('customers.site.add')}</Button>
  return (
    <Section title={t('customers.sites')}>
      <Table
        label={t('customers.sites')}
        columns={columns}
        rows={sites}
        rowKey={({ id }) => id}
        more={{ has: hasNextPage, busy: isFetchingNextPage, load: () => void fetchNextPage() }}
        empty={
          <Empty title={t('customers.site.none')} actions={add}>
            {t('customers.site.none-more')}
          </Empty>
        }
      />
      {sites.length > 0 && add && <div className={classes.add}>{add}</div>}
      {open !== null && (
        <SiteDialog customer={customer} site={open === 'new' ? null : open} onClose={() => setOpen(null)} />
      )}
    </Section>
  )
}
