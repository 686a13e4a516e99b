import type { Asker } from '#core/may.ts'
import type { Part } from '#core/part.ts'

/**
 * What a role reaches. `provider`: works for customers, all of them or named ones. `everything`: the whole installation,
 * never narrowed. `customer`: belongs to a customer's people. `books`: what concerns money at customers, all of them or named
 * ones, and nothing of the work (decision 0119). `apart`: has records of its own kind (people, suppliers), and by that alone
 * none of any customer (DOMAIN §5.2).
 */
export type Reach = 'provider' | 'everything' | 'customer' | 'books' | 'apart'

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
  finance: 'books',
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
  return (
    { customer: 'needed', provider: 'optional', books: 'optional', everything: 'never', apart: 'never' } as const
  )[reaches[role]]
}

/** Whether a role may be given for a site, a service or a team. */
export function isNarrowable(role: Role): boolean {
  return reaches[role] === 'provider' || reaches[role] === 'customer'
}

/**
 * A role in force: for which customer, null for all, and for which part of that customer, null for the whole. A team's
 * part may be one of all customers; a site or a service without a customer says nothing.
 */
export interface Assignment {
  readonly role: string
  /** Whose it is: a requester sees what they reported themselves. */
  readonly personId?: string
  readonly customerId: string | null
  readonly siteId?: string | null
  readonly serviceId?: string | null
  readonly teamId?: string | null
}

/** What the roles in force of one person add up to. */
export interface Reached extends Pick<Asker, 'access' | 'roles'> {
  readonly access: 'staff' | 'limited' | 'customer' | 'auditor'
  /** Sorted, each once; empty where the access is not narrowed. */
  readonly customers: readonly string[]
  /** Of customers that are not reached as a whole, what of them is. */
  readonly parts: readonly Part[]
  /** Customers that are reached as a whole; sorted, empty where the access is not narrowed. */
  readonly whole: readonly string[]
  /** Of these customers what concerns money is in sight and nothing else: of all there are, or of named ones. */
  readonly books?: 'all' | 'named'
}

/** What whoever holds a role may do besides: the work that they answer for. */
const implied: Readonly<Partial<Record<Role, readonly Role[]>>> = {
  'service-manager': ['agent'],
  'resolver-lead': ['agent'],
}

/**
 * Who works for all customers reaches all; who works for some, or for parts of some, reaches those, and nothing that a
 * customer's role would add to it. Who only audits reads everything. Everybody else is a customer's person: of the
 * customers that they were given, and of none when no role is in force. A name that is no role counts for nothing.
 *
 * What somebody may do is said by role names alone, so a name counts only where it holds for the whole reach: an agent for
 * all who manages one customer is an agent, and an agent of one customer who manages another is an agent of both. For a
 * part of a customer there is the work on its incidents and nothing that concerns the whole.
 *
 * Whoever keeps the books and does nothing else reaches what concerns money. Beside work for customers the role counts for
 * them, where it was given for all of them, and reaches no others.
 *
 * @param everyCustomer Ids of all; asked for only where `isForEveryCustomer` one of the assignments.
 */
export function reachedBy(assignments: readonly Assignment[], everyCustomer: readonly string[] = []): Reached {
  const inForce = assignments.filter((each) => isRole(each.role) && countsForSomething(each))
  const unscoped = new Set(inForce.filter((each) => isForAll(each)).map(({ role }) => role))
  const working = inForce.filter(({ role }) => role === 'administrator' || reaches[role as Role] === 'provider')
  if (working.some((each) => isForAll(each))) {
    return { access: 'staff', customers: [], parts: [], whole: [], roles: unscoped }
  }
  const keeping = inForce.filter(({ role }) => reaches[role as Role] === 'books')
  if (working.length > 0) {
    const extents = withoutCovered(working)
    const extent = extentOf(extents, everyCustomer)
    const names = unscoped.union(heldForEach(extents)).difference(new Set(keeping.map(({ role }) => role)))
    return { access: 'limited', ...extent, roles: names.union(keptFor(extent, keeping)) }
  }
  const names = new Set(inForce.map(({ role }) => role))
  if (names.has('auditor')) return { access: 'auditor', customers: [], parts: [], whole: [], roles: names }
  if (keeping.length > 0) {
    const isForEach = keeping.some(isForAll)
    const customers = isForEach ? everyCustomer : keeping.flatMap(({ customerId }) => customerId ?? [])
    const sorted = [...new Set(customers)].toSorted()
    return {
      access: 'limited',
      customers: sorted,
      parts: [],
      whole: [],
      roles: names,
      books: isForEach ? 'all' : 'named',
    }
  }
  const theirs = inForce.filter(({ role }) => reaches[role as Role] === 'customer')
  return { access: 'customer', ...extentOf(withoutCovered(theirs), []), roles: names }
}

/** Whether it is a role for what of every customer there is is a team's, or concerns money. */
export function isForEveryCustomer({ role, customerId, teamId = null }: Assignment): boolean {
  if (customerId !== null || !isRole(role)) return false
  return reaches[role] === 'books' || (teamId !== null && reaches[role] === 'provider')
}

/** Nothing narrows to a service of all customers, and no team narrows what a customer's people see. */
export function countsForSomething(assignment: Assignment): boolean {
  if (!isPart(assignment) || isForEveryCustomer(assignment)) return true
  const { role, customerId, teamId = null } = assignment
  return customerId !== null && (teamId === null || (isRole(role) && reaches[role] === 'provider'))
}

function isForAll(assignment: Assignment): boolean {
  return assignment.customerId === null && !isPart(assignment)
}

export function isPart({ role, siteId = null, serviceId = null, teamId = null }: Assignment): boolean {
  return role === 'requester' || siteId !== null || serviceId !== null || teamId !== null
}

/** Whose reports an assignment narrows to: nobody's, where it does not say whose it is. */
function requesterOf({ role, personId = '00000000-0000-0000-0000-000000000000' }: Assignment): string | null {
  return role === 'requester' ? personId : null
}

/** Roles, and those they imply, that are held for everything that any of them is held for. */
function heldForEach(assignments: readonly Assignment[]): ReadonlySet<string> {
  const byExtent = new Map<string, Set<string>>()
  for (const each of assignments) {
    const extent = [each.customerId, each.siteId, each.serviceId, each.teamId].map((id) => id ?? '').join(' ')
    const held = byExtent.get(extent) ?? new Set()
    const further = implied[each.role as Role] ?? []
    for (const name of isPart(each) && further.length > 0 ? further : [each.role, ...further]) held.add(name)
    byExtent.set(extent, held)
  }
  return [...byExtent.values()].reduce((common, held) => common.intersection(held))
}

/** Roles for the books that count beside work for customers: those of each of these customers, none of which is a part. */
function keptFor(
  { whole, parts }: Pick<Reached, 'whole' | 'parts'>,
  keeping: readonly Assignment[],
): ReadonlySet<string> {
  const isKept = (id: string) => keeping.some(({ customerId }) => customerId === null || customerId === id)
  return new Set(parts.length === 0 && whole.every(isKept) ? keeping.map(({ role }) => role) : [])
}

/** Without the parts of customers that are reached as a whole anyway: they add nothing. */
function withoutCovered(assignments: readonly Assignment[]): readonly Assignment[] {
  const whole = new Set(assignments.filter((each) => !isPart(each)).map(({ customerId }) => customerId))
  return assignments.filter((each) => !isPart(each) || !whole.has(each.customerId))
}

function extentOf(
  assignments: readonly Assignment[],
  everyCustomer: readonly string[],
): Pick<Reached, 'customers' | 'parts' | 'whole'> {
  const named = assignments.flatMap(({ customerId }) => customerId ?? [])
  const customers = new Set(assignments.some(isForEveryCustomer) ? [...named, ...everyCustomer] : named)
  const parts = assignments.flatMap((each) => {
    const { customerId, siteId = null, serviceId = null, teamId = null } = each
    const requesterId = requesterOf(each)
    return isPart(each) ? [{ customerId, siteId, serviceId, teamId, ...(requesterId && { requesterId }) }] : []
  })
  const whole = new Set(assignments.flatMap((each) => (isPart(each) ? [] : (each.customerId ?? []))))
  return { customers: [...customers].toSorted(), parts, whole: [...whole].toSorted() }
}
