import type { Asker } from '#core/may.ts'

/**
 * What a role reaches. `provider`: works for customers, all of them or named ones. `everything`: the whole installation,
 * never narrowed. `customer`: belongs to a customer's people. `apart`: has records of its own kind (people, money,
 * suppliers), and by that alone none of any customer (DOMAIN §5.2).
 */
export type Reach = 'provider' | 'everything' | 'customer' | 'apart'

const reaches = {
  administrator: 'everything',
  'service-manager': 'provider',
  agent: 'provider',
  'resolver-lead': 'provider',
  'major-incident-manager': 'provider',
  'change-manager': 'provider',
  'service-owner': 'provider',
  'service-principal': 'provider',
  'asset-manager': 'provider',
  integration: 'provider',
  auditor: 'everything',
  'customer-stakeholder': 'customer',
  requester: 'customer',
  supplier: 'apart',
  finance: 'apart',
  'people-manager': 'apart',
  'hr-partner': 'apart',
  'works-council-reader': 'apart',
  'data-protection-officer': 'apart',
} as const satisfies Record<string, Reach>

/** DOMAIN §5.1, in the spelling that programs use. */
export type Role = keyof typeof reaches

export const roles = Object.keys(reaches) as readonly Role[] as readonly [Role, ...Role[]]

export function isRole(name: string): name is Role {
  return Object.hasOwn(reaches, name)
}

export function reachOf(role: Role): Reach {
  return reaches[role]
}

/** Whether a role belongs to a customer's people; all others are for the provider's own. */
export function isCustomersRole(role: Role): boolean {
  return reaches[role] === 'customer'
}

/** Whether a role is given for a customer: it has to be, may be, or never is. */
export function customerOf(role: Role): 'needed' | 'optional' | 'never' {
  return ({ customer: 'needed', provider: 'optional', everything: 'never', apart: 'never' } as const)[reaches[role]]
}

/** A role in force, and for which customer; null means all. */
export interface Assignment {
  readonly role: string
  readonly customerId: string | null
}

/** What the roles in force of one person add up to. */
export interface Reached extends Pick<Asker, 'access' | 'roles'> {
  readonly access: 'staff' | 'limited' | 'customer' | 'auditor'
  /** Sorted, each once; empty where the access is not narrowed. */
  readonly customers: readonly string[]
}

/** What whoever holds a role may do besides: the work that they answer for. */
const implied: Readonly<Partial<Record<Role, readonly Role[]>>> = {
  'service-manager': ['agent'],
  'resolver-lead': ['agent'],
}

/**
 * Who works for all customers reaches all; who works for some reaches those, and nothing that a customer's role would add
 * to it. Who only audits reads everything. Everybody else is a customer's person: of the customers that they were given,
 * and of none when no role is in force. A name that is no role counts for nothing.
 *
 * What somebody may do is said by role names alone, so a name counts only where it holds for the whole reach: an agent for
 * all who manages one customer is an agent, and an agent of one customer who manages another is an agent of both.
 */
export function reachedBy(assignments: readonly Assignment[]): Reached {
  const inForce = assignments.filter(({ role }) => isRole(role))
  const unscoped = new Set(inForce.filter(({ customerId }) => customerId === null).map(({ role }) => role))
  const working = inForce.filter(({ role }) => role === 'administrator' || reaches[role as Role] === 'provider')
  if (working.some(({ customerId }) => customerId === null)) return { access: 'staff', customers: [], roles: unscoped }
  if (working.length > 0) {
    return { access: 'limited', customers: customersIn(working), roles: unscoped.union(heldForEach(working)) }
  }
  const names = new Set(inForce.map(({ role }) => role))
  if (names.has('auditor')) return { access: 'auditor', customers: [], roles: names }
  const theirs = inForce.filter(({ role }) => reaches[role as Role] === 'customer')
  return { access: 'customer', customers: customersIn(theirs), roles: names }
}

/** Roles, and those they imply, that are held for every customer that any of them is held for. */
function heldForEach(assignments: readonly Assignment[]): ReadonlySet<string> {
  const byCustomer = new Map<string | null, Set<string>>()
  for (const { role, customerId } of assignments) {
    const held = byCustomer.get(customerId) ?? new Set()
    for (const name of [role, ...(implied[role as Role] ?? [])]) held.add(name)
    byCustomer.set(customerId, held)
  }
  return [...byCustomer.values()].reduce((common, held) => common.intersection(held))
}

function customersIn(assignments: readonly Assignment[]): readonly string[] {
  const ids = assignments.flatMap(({ customerId }) => (customerId === null ? [] : [customerId]))
  return [...new Set(ids)].toSorted()
}
