import { invalid } from '#core/failure.ts'
import { newId } from '#core/id.ts'
import { barredFromAdministering, barredFromManaging, require } from '#core/may.ts'
import { isZone } from '#core/zone.ts'
import { explaining } from '#platform/constraint.ts'
import type { Context } from '#platform/context.ts'
import { audit } from '#platform/history.ts'
import type { Customer, CustomerChange, NewCustomer } from './api.ts'
import { keyFor } from './customer.ts'
import { insertCustomer, lockCustomer, takenKeys, updateCustomer } from './queries.ts'

const meanings = {
  customer_name: 'customer.name-taken',
  customer_key_key: 'customer.key-taken',
  customer_key_owned: 'customer.key-taken',
} as const

export async function addCustomer(
  context: Context,
  { name, key, kind, timeZone, language }: NewCustomer,
  { sample = false }: { readonly sample?: boolean } = {},
): Promise<Customer> {
  require(barredFromManaging(context.actor))
  requireZone(timeZone)
  const { db, now } = context
  const id = newId(now.getTime())
  const chosen = key ?? keyFor(name, await takenKeys(db, ''))
  const customer = await explaining(meanings, { name, key: chosen }, () =>
    insertCustomer(db, { id, key: chosen, name, kind, timeZone, language, sample, createdAt: now }),
  )
  await audit(context, {
    action: 'customer.added',
    subjectType: 'customer',
    subjectId: id,
    customerId: id,
    facts: { name },
  })
  return customer
}

export async function changeCustomer(
  context: Context,
  id: string,
  version: number,
  change: CustomerChange,
): Promise<Customer> {
  require(barredFromManaging(context.actor))
  if (change.timeZone !== undefined) requireZone(change.timeZone)
  const before = await lockCustomer(context.db, id, version)
  if (change.key !== undefined && change.key !== before.key) require(barredFromAdministering(context.actor))
  await audit(context, {
    action: 'customer.changed',
    subjectType: 'customer',
    subjectId: id,
    customerId: id,
    facts: { before, change },
  })
  const called = { name: change.name ?? before.name, key: change.key ?? before.key }
  return explaining(meanings, called, () => updateCustomer(context.db, id, change))
}

export function requireZone(zone: string): void {
  if (!isZone(zone)) throw invalid('zone.unknown', { zone })
}
