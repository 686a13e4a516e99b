import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useSession } from '#web/modules/people/index.ts'
import { browserZone } from '#web/ui/format.ts'
import { monthAt } from '#web/ui/month.ts'
import { customersQuery } from './queries.ts'

interface Known {
  readonly id: string
  readonly name: string
  readonly timeZone: string
}

/** Whose services are shown: the chosen customer, or the only one there is; null for all of them. */
export function useCustomer(chosen: string | undefined): Known | null {
  const { customers: own, access } = useSession()
  const { data: customers } = useQuery(customersQuery())
  const only =
    access === 'customer' && own.length === 1 ? own[0]!.id : customers?.length === 1 ? customers[0]!.id : undefined
  const id = chosen ?? only
  if (id === undefined) return null
  return customers?.find((customer) => customer.id === id) ?? { id, name: '', timeZone: browserZone() }
}

interface ShownMonth {
  readonly month: string
  /** This one, in the zone whose months are meant. */
  readonly current: string
  readonly isOver: boolean
}

/** The month of the address, or the one that runs. */
export function useMonth(chosen: string | undefined, zone: string): ShownMonth {
  const [now] = useState(() => new Date())
  const current = monthAt(now, zone)
  const month = chosen ?? current
  return { month, current, isOver: month < current }
}
