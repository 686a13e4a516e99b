import { type Asker, barredFromAdministering, barredFromManaging, type Reason } from '#core/may.ts'
import { isCustomersRole, type Role } from './role.ts'

/** Administrators invite anybody and give any role; service managers do so for the people of their customers. */
export function barredFromGranting(asker: Asker, role: Role): Reason | null {
  return isCustomersRole(role) ? barredFromManaging(asker) : barredFromAdministering(asker)
}

/** Administrators keep the records of everybody; service managers those of customers' people. */
export function barredFromKeepingPerson(asker: Asker, person: { readonly customer: unknown }): Reason | null {
  return person.customer === null ? barredFromAdministering(asker) : barredFromManaging(asker)
}

/** Administrators switch off whoever left, but not themselves: nobody would be there to switch them on. */
export function barredFromDisabling(asker: Asker, personId: string): Reason | null {
  return barredFromAdministering(asker) ?? (asker.personId === personId ? 'may.not-yourself' : null)
}

/** Administrators help whoever lost a password or a second factor. Their own they change themselves, by proving it. */
export function barredFromRestoringSignIn(asker: Asker, personId: string): Reason | null {
  return barredFromDisabling(asker, personId)
}

/** Service managers and administrators say which teams there are and who is in them. */
export function barredFromKeepingTeams(asker: Asker): Reason | null {
  return barredFromManaging(asker)
}

/** Whether somebody has accepted an invitation is told to those who invite. */
export function barredFromSeeingAccounts(asker: Asker): Reason | null {
  return barredFromManaging(asker)
}

/** What somebody may see is told to themselves, to administrators and to auditors. */
export function barredFromSeeingAccess(asker: Asker, personId: string): Reason | null {
  if (asker.personId === personId || asker.access === 'auditor') return null
  return barredFromAdministering(asker)
}
