import { useQuery } from '@tanstack/react-query'
import { SelectField } from '#web/ui/field.tsx'
import type { Field } from '#web/ui/form.tsx'
import { useText } from '#web/ui/text.tsx'
import { servicesQuery } from './queries.ts'

/** For the service that none is. */
export const NONE = 'none'

interface ServiceFieldProps {
  readonly field: Field<string>
  readonly label: string
  readonly customer: string
  /** As it is recorded. */
  readonly now: { readonly id: string; readonly name: string } | null
}

/** Which service it really was, of those that it is not recorded as. */
export function ServiceField({ field, label, customer, now }: ServiceFieldProps) {
  const t = useText()
  const { data: services = [] } = useQuery(servicesQuery(customer))
  const others = services.filter(({ id }) => id !== now?.id)
  return (
    <SelectField
      field={field}
      label={label}
      hint={t('corrections.new.service-now', { name: now?.name ?? t('corrections.new.no-service') })}
      options={[
        { value: '', label: t('corrections.new.choose-one') },
        ...(now === null ? [] : [{ value: NONE, label: t('corrections.new.no-service') }]),
        ...others.map(({ id, name }) => ({ value: id, label: name })),
      ]}
    />
  )
}
