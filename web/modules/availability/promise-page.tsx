import { useQuery, useSuspenseQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { barredFromManaging } from '#core/may.ts'
import { useAsker } from '#web/modules/people/index.ts'
import { LinkButton } from '#web/ui/button.tsx'
import { Empty } from '#web/ui/empty.tsx'
import { Page } from '#web/ui/page.tsx'
import { Problem } from '#web/ui/problem.tsx'
import { useText } from '#web/ui/text.tsx'
import { PromiseForm } from './promise-form.tsx'
import { customersQuery, promisesQuery } from './queries.ts'

const route = getRouteApi('/shell/availability/new')

/** Promises a service's availability from a moment on; what was promised before is where it begins. */
export function PromisePage() {
  const t = useText()
  const barred = barredFromManaging(useAsker())
  const { customer = '', service = '' } = route.useSearch()
  const { data: customers } = useSuspenseQuery(customersQuery())
  const before = useQuery(promisesQuery(customer, service))
  const asked = customer !== '' && service !== ''
  return (
    <Page
      title={t('availability.promise')}
      lede={t('availability.promise.lede')}
      crumb={<Link to="/availability">{t('availability.title')}</Link>}
    >
      {barred !== null ? (
        <Problem title={t(barred)} />
      ) : customers.length === 0 ? (
        <Empty
          title={t('availability.promise.no-customer')}
          actions={
            <LinkButton to="/customers/new" main>
              {t('availability.promise.add-customer')}
            </LinkButton>
          }
        />
      ) : (
        (!asked || !before.isPending) && (
          <PromiseForm
            key={`${customer} ${service}`}
            customers={customers}
            customer={customer || (customers.length === 1 ? customers[0]!.id : '')}
            service={service}
            before={before.data?.[0] ?? null}
          />
        )
      )}
    </Page>
  )
}
