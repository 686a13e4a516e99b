import { useQuery } from '@tanstack/react-query'
import { servicesQuery } from './agreements-queries.ts'

/** Names of a customer's services by their ids; none while they are not there yet. */
export function useServiceNames(customer: string): ReadonlyMap<string, string> {
  const { data = [] } = useQuery(servicesQuery(customer))
  return new Map(data.map(({ id, name }) => [id, name]))
}
