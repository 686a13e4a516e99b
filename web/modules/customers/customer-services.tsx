import type { Customer } from '#api/customers'
import { useText } from '#web/ui/text.tsx'
import { servicesQuery } from './queries.ts'
import { RecordsSection } from './records-section.tsx'
import { criticalityOf, ServiceDialog } from './service-dialog.tsx'

/** What the people of a customer use: its own services and those that are offered to everybody. */
export function CustomerServices({ customer }: { readonly customer: Customer }) {
  const t = useText()
  return (
    <RecordsSection
      title={t('customers.services')}
      query={servicesQuery(customer.id)}
      columns={[
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
      ]}
      add={t('customers.service.add')}
      none={{ title: t('customers.service.none'), more: t('customers.service.none-more') }}
      dialog={(service, onClose) => <ServiceDialog customer={customer} service={service} onClose={onClose} />}
    />
  )
}
