import type reasons from '../locales/en/may.json'
import { Failure } from '#core/failure.ts'

/** Why somebody may not do something; its sentence is in the catalogue, for the server's answer and the button alike. */
export type Reason = keyof typeof reasons

/** What a decision needs to know of who asks; the browser has it from the session. */
export interface Asker {
  readonly personId: string | null
  readonly access: 'system' | 'staff' | 'limited' | 'customer' | 'auditor'
  readonly roles: ReadonlySet<string>
  /** Sees of customers what concerns money and nothing else: of all there are, or of named ones (decision 0119). */
  readonly books?: 'all' | 'named' | undefined
}

/** Stops a forbidden act with its reason; goes on when there is none. */
export function require(reason: Reason | null): void {
  if (reason !== null) throw new Failure('forbidden', reason)
}

/** Administers the installation: people, roles, settings. */
export function barredFromAdministering({ roles, access }: Asker): Reason | null {
  if (access === 'system' || roles.has('administrator')) return null
  return 'may.administrators'
}

/** Reads who did what: auditors, and administrators, who see all but the contents (DOMAIN §5.2). */
export function barredFromAudit({ access, roles }: Asker): Reason | null {
  return access === 'auditor' || access === 'system' || roles.has('administrator') ? null : 'may.auditors'
}

/** Agrees, imports, reports: the work of a service manager. */
export function barredFromManaging({ roles, access }: Asker): Reason | null {
  if (access === 'system' || roles.has('administrator') || roles.has('service-manager')) return null
  return access === 'auditor' ? 'may.read-only' : 'may.managers'
}

/** Works on incidents. */
export function barredFromWorking({ roles, access }: Asker): Reason | null {
  if (access === 'system') return null
  if (['administrator', 'service-manager', 'agent', 'resolver-lead'].some((role) => roles.has(role))) return null
  return access === 'auditor' ? 'may.read-only' : 'may.agents'
}

/** Goes beyond the portal: whoever only reports has no other page. */
export function barredBeyondPortal({ access, roles }: Asker): Reason | null {
  const onlyReports = access === 'customer' && roles.has('requester') && roles.size === 1
  return onlyReports ? 'may.requesters' : null
}

/** Goes beyond what a supplier sees of itself: whoever coordinates there has no other page. */
export function barredBeyondSupplier({ access, roles }: Asker): Reason | null {
  return access === 'customer' && roles.has('supplier') && roles.size === 1 ? 'may.suppliers' : null
}

/** Sees what the provider keeps to itself. */
export function barredFromInside({ access }: Asker): Reason | null {
  return access === 'customer' ? 'may.provider' : null
}

/**
 * Which figures of money somebody may see: of contracts what is charged, or also what it costs and leaves.
 * Whoever only administers sees none (DOMAIN §5.2); the database reads this where a transaction begins.
 */
export function moneySeenBy({ access, roles }: Pick<Asker, 'access' | 'roles'>): '' | 'charges' | 'margin' {
  // At the customer's the contract side sees what was told to them.
  if (access === 'customer') return roles.has('customer-stakeholder') ? 'charges' : ''
  if (access !== 'staff' && access !== 'limited') return ''
  if (['service-manager', 'service-principal', 'finance'].some((role) => roles.has(role))) return 'margin'
  return roles.has('service-owner') ? 'charges' : ''
}

/** Sees what is charged and credited: who answers for the contract, auditors, and the customer's contract side. */
export function barredFromCharges(asker: Asker): Reason | null {
  const { access } = asker
  return access === 'system' || access === 'auditor' || moneySeenBy(asker) !== '' ? null : 'may.charges'
}

/** Settles what is charged, credited, spent and left: service managers and principals, and finance. */
export function barredFromContracting(asker: Asker): Reason | null {
  if (asker.access === 'system' || moneySeenBy(asker) === 'margin') return null
  return asker.access === 'auditor' ? 'may.read-only' : 'may.contracts'
}

/**
 * Agrees what money hangs on: terms, duties, changes of a contract, what becomes of it. Finance reads what was agreed
 * (DOMAIN §5.2).
 */
export function barredFromTerms(asker: Asker): Reason | null {
  const barred = barredFromContracting(asker)
  if (barred !== null || asker.access === 'system') return barred
  return asker.roles.has('service-manager') || asker.roles.has('service-principal') ? null : 'may.terms'
}

/** Says what holds for every customer's money: who works for all, or keeps the books of all. */
export function barredFromEverybodysMoney(asker: Asker): Reason | null {
  return asker.access === 'limited' && asker.books !== 'all' ? 'may.own-customers' : barredFromContracting(asker)
}

/** Goes beyond what concerns money: to the tickets, and what is done about them. */
export function barredBeyondBooks({ books }: Asker): Reason | null {
  return books === undefined ? null : 'may.books'
}

/** Sees how personal data are kept and who was forgotten: data-protection officers, administrators, auditors. */
export function barredFromPrivacy({ access, roles }: Asker): Reason | null {
  const may = access === 'system' || access === 'auditor' || roles.has('data-protection-officer')
  return may || roles.has('administrator') ? null : 'may.privacy'
}

/** Decides about personal data: data-protection officers and administrators. */
export function barredFromDecidingPrivacy(asker: Asker): Reason | null {
  return asker.access === 'auditor' ? 'may.read-only' : barredFromPrivacy(asker)
}

/**
 * Reads what few may know of, whoever works on it: data-protection officers and auditors, each time written down. Who
 * administers does not (DOMAIN §5.2).
 */
export function barredFromConfided({ access, roles }: Asker): Reason | null {
  const may = access === 'auditor' || roles.has('data-protection-officer')
  return may ? null : 'may.confided'
}

/** Reads what is measured and who sees it: the works council, and whoever sees to personal data (DOMAIN §5.5). */
export function barredFromWorksCouncil(asker: Asker): Reason | null {
  if (asker.roles.has('works-council-reader')) return null
  return barredFromPrivacy(asker) === null ? null : 'may.works-council'
}
