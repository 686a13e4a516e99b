import type { Customer } from '#api/customers'
import type { Site } from '#api/sites'
import { useLanguage, useText } from '#web/ui/text.tsx'
import { useFormat } from '#web/ui/use-format.ts'
import { sitesQuery } from './queries.ts'
import { RecordsSection } from './records-section.tsx'
import { SiteDialog, typeOf } from './site-dialog.tsx'

/** Where the people of a customer work. */
export function CustomerSites({ customer }: { readonly customer: Customer }) {
  const t = useText()
  const format = useFormat()
  const countryName = new Intl.DisplayNames(useLanguage(), { type: 'region' })
  const place = ({ country, region }: Site) =>
    [country === null ? null : countryName.of(country), region].filter((part) => part !== null).join(', ')
  return (
    <RecordsSection
      title={t('customers.sites')}
      query={sitesQuery(customer.id)}
      columns={[
        {
          key: 'type',
          head: t('customers.site.type'),
          narrow: 'under',
          cell: ({ siteType }) => t(`customers.site.type.${typeOf(siteType)}`),
        },
        { key: 'place', head: t('customers.site.country'), narrow: 'under', cell: (site) => place(site) || '–' },
        { key: 'zone', head: t('customers.zone'), narrow: 'under', cell: ({ timeZone }) => format.zone(timeZone) },
      ]}
      add={t('customers.site.add')}
      none={{ title: t('customers.site.none'), more: t('customers.site.none-more') }}
      dialog={(site, onClose) => <SiteDialog customer={customer} site={site} onClose={onClose} />}
    />
  )
}
