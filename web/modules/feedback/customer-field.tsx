import { useQuery } from '@tanstack/react-query'
import * as customers from '#api/customers'
import { call } from '#web/http/call.ts'
import { SelectField } from '#web/ui/field.tsx'
import type { Field } from '#web/ui/form.tsx'
import { useText } from '#web/ui/text.tsx'

interface CustomerFieldProps {
  readonly field: Field<string>
  /** That none means all. */
  readonly all?: boolean
}

/** Whose it is. */
export function CustomerField({ field, all = false }: CustomerFieldProps) {
  const t = useText()
  const { data = [] } = useQuery({
    queryKey: ['choices', 'customers'],
    queryFn: async ({ signal }) => (await call(customers.listCustomers, { query: { limit: 200 } }, signal)).items,
  })
  const none = { value: '', label: t(all ? 'feedback.all-customers' : 'feedback.choose-customer') }
  return (
    <SelectField
      field={field}
      label={t('feedback.customer')}
      options={[none, ...data.map(({ id, name }) => ({ value: id, label: name }))]}
    />
  )
}
