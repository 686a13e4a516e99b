import { useQuery } from '@tanstack/react-query'
import type { Terms } from '#api/service-levels'
import { useText } from '#web/ui/text.tsx'
import { useFormat } from '#web/ui/use-format.ts'
import { orderableQuery } from './agreements-queries.ts'
import { useServiceNames } from './use-service-names.ts'

type FulfilmentPromise = Terms['fulfilment'][number]

/** Says what is promised for orders: for which, and within which time in which share of cases. Customers’ people are told no names. */
export function useFulfilmentWords(
  customer: string,
  inside: boolean,
): (promise: FulfilmentPromise) => { readonly name: string; readonly value: string } {
  const t = useText()
  const format = useFormat()
  const services = useServiceNames(customer)
  const { data: items = [] } = useQuery({ ...orderableQuery(customer), enabled: inside && customer !== '' })
  return ({ item, service, targetSeconds, days, attainmentBp }) => ({
    name:
      item !== undefined
        ? (items.find(({ id }) => id === item)?.name ?? t('agreements.orders-item'))
        : service !== undefined
          ? t('agreements.orders-service', { name: services.get(service) ?? '?' })
          : t('agreements.orders-all'),
    value: t('agreements.promised', {
      time:
        days === undefined
          ? format.duration(targetSeconds * 1000)
          : t(`agreements.days.${days.reading}`, { count: days.count }),
      share: format.basisPoints(attainmentBp),
    }),
  })
}
