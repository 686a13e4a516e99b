import type { Role } from '#api/people'
import type { TextKey } from '#web/locales/catalogue.ts'
import { useText } from '#web/ui/text.tsx'

/** What each role is called. */
export const roleWord: Readonly<Record<Role, TextKey>> = {
  administrator: 'people.role.administrator',
  'service-manager': 'people.role.service-manager',
  agent: 'people.role.agent',
  'resolver-lead': 'people.role.resolver-lead',
  'major-incident-manager': 'people.role.major-incident-manager',
  'change-manager': 'people.role.change-manager',
  'service-owner': 'people.role.service-owner',
  'service-principal': 'people.role.service-principal',
  'asset-manager': 'people.role.asset-manager',
  integration: 'people.role.integration',
  auditor: 'people.role.auditor',
  'customer-stakeholder': 'people.role.customer-stakeholder',
  requester: 'people.role.requester',
  supplier: 'people.role.supplier',
  finance: 'people.role.finance',
  'people-manager': 'people.role.people-manager',
  'hr-partner': 'people.role.hr-partner',
  'works-council-reader': 'people.role.works-council-reader',
  'data-protection-officer': 'people.role.data-protection-officer',
}

/** The roles that are given today; the others come with the work they are for. */
export const givenRoles = [
  'administrator',
  'service-manager',
  'agent',
  'service-principal',
  'service-owner',
  'finance',
  'supplier',
  'customer-stakeholder',
  'requester',
  'auditor',
] as const satisfies readonly Role[]

/** What the roles that are given today let somebody do, in a sentence. */
export const roleHint: Readonly<Partial<Record<Role, TextKey>>> = {
  administrator: 'people.role-hint.administrator',
  'service-manager': 'people.role-hint.service-manager',
  agent: 'people.role-hint.agent',
  'service-principal': 'people.role-hint.service-principal',
  'service-owner': 'people.role-hint.service-owner',
  finance: 'people.role-hint.finance',
  supplier: 'people.role-hint.supplier',
  'customer-stakeholder': 'people.role-hint.customer-stakeholder',
  requester: 'people.role-hint.requester',
  auditor: 'people.role-hint.auditor',
}

interface Held {
  readonly role: Role
  readonly customer: { readonly name: string } | null
  readonly service?: { readonly name: string } | null
  readonly site?: { readonly name: string } | null
  readonly team?: { readonly name: string } | null
}

/** A role with the customer it is for: `Service manager for Nordhafen Logistics`, and what it is narrowed to. */
export function useRoleLine(): (held: Held) => string {
  const t = useText()
  return ({ role, customer, service, site, team }) => {
    const whose = customer
      ? t('people.role-for', { role: t(roleWord[role]), customer: customer.name })
      : t(roleWord[role])
    const scope = [service, site, team].flatMap((each) => each?.name ?? [])
    return scope.length > 0 ? t('people.role-within', { role: whose, scope: scope.join(', ') }) : whose
  }
}
