import { useQuery } from '@tanstack/react-query'
import * as api from '#api/people'
import { barredFromGranting, type Role } from '#api/people'
import { customersQuery } from '#web/app/customers.ts'
import { givenRoles, roleHint, roleWord } from '#web/modules/people/role-words.ts'
import { useAsker } from '#web/modules/people/session.ts'
import { RadioField } from '#web/ui/field.tsx'
import type { Field, FormState } from '#web/ui/form.tsx'
import { SearchField } from '#web/ui/search-field.tsx'
import { type Say, useText } from '#web/ui/text.tsx'

export interface RoleValues {
  readonly role: Role
  /** Id; empty for all customers. */
  readonly customer: string
}

export function checkRole(t: Say, { role, customer }: RoleValues): { customer: string | undefined } {
  return {
    customer: api.customerOf(role) === 'needed' && customer === '' ? t('people.invite.customer-missing') : undefined,
  }
}

/** What of a role goes to the server. */
export function sentRole({ role, customer }: RoleValues) {
  return { role, ...(customer !== '' && api.customerOf(role) !== 'never' && { customer }) }
}

/** A role, and the customer it is for where it is for one. Only what the asker may give is offered. */
export function RoleFields<Values extends RoleValues>({
  form,
  of,
}: {
  readonly form: FormState<Values>
  readonly of?: readonly Role[]
}) {
  const t = useText()
  const asker = useAsker()
  const { data } = useQuery(customersQuery(''))
  const offered = givenRoles.filter(
    (role) => barredFromGranting(asker, role) === null && (of === undefined || of.includes(role)),
  )
  const role = form.field('role') as Field<Role>
  const reach = api.customerOf(role.value)
  return (
    <>
      <RadioField
        field={role}
        label={t('people.role')}
        options={offered.map((each) => ({
          value: each,
          label: t(roleWord[each]),
          hint: roleHint[each] && t(roleHint[each]),
        }))}
      />
      {reach !== 'never' && (
        <SearchField
          field={form.field('customer')}
          label={t('people.invite.customer')}
          hint={t(reach === 'needed' ? 'people.invite.customer-needed' : 'people.invite.customer-optional')}
          placeholder={reach === 'needed' ? t('people.invite.choose') : t('people.invite.all-customers')}
          options={(data?.items ?? []).map(({ id, name }) => ({ value: id, label: name }))}
        />
      )}
    </>
  )
}
