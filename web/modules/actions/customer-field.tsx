import { SelectField } from '#web/ui/field.tsx'
import type { Field } from '#web/ui/form.tsx'
import { useText } from '#web/ui/text.tsx'

interface CustomerFieldProps {
  readonly field: Field<string>
  readonly customers: readonly { readonly id: string; readonly name: string }[]
}

/** Whose it is: one customer's, or our own. */
export function CustomerField({ field, customers }: CustomerFieldProps) {
  const t = useText()
  return (
    <SelectField
      field={field}
      label={t('actions.customer')}
      options={[
        { value: '', label: t('actions.own') },
        ...customers.map(({ id, name }) => ({ value: id, label: name })),
      ]}
    />
  )
}
