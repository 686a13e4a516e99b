import { useQuery } from '@tanstack/react-query'
import type { Field } from '#web/ui/form.tsx'
import { PersonField } from '#web/ui/person-field.tsx'
import { useText } from '#web/ui/text.tsx'
import { ownersQuery } from './queries.ts'

/** Somebody whom nobody here knows: their name is typed. */
export const ELSEWHERE = 'elsewhere'

/** Who does it: of ours, of the customer's people, or somebody else by name. */
export function OwnerField({
  field,
  customer,
}: {
  readonly field: Field<string>
  readonly customer: string | undefined
}) {
  const t = useText()
  const { data } = useQuery(ownersQuery(customer))
  const people = [
    ...(data?.ours ?? []).map(({ id, name }) => ({ id, name })),
    ...(data?.theirs ?? []).map(({ id, name }) => ({ id, name, about: t('actions.of-customer') })),
    { id: ELSEWHERE, name: t('actions.owner-elsewhere') },
  ]
  return <PersonField field={field} label={t('actions.owner')} people={people} />
}

/** As it is sent. */
export function ownerOf({ owner, ownerName }: { readonly owner: string; readonly ownerName: string }) {
  return owner === ELSEWHERE ? { ownerName: ownerName.trim() } : { owner }
}
