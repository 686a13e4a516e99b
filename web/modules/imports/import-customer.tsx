import { RadioField, TextField } from '#web/ui/field.tsx'
import { SearchField } from '#web/ui/search-field.tsx'
import { useText } from '#web/ui/text.tsx'
import classes from './imports.module.css'

/** Whose tickets they are: one there is, by id (empty while none is chosen), or a new one by its name. */
export type ChosenCustomer = { readonly id: string } | { readonly id?: undefined; readonly newName: string }

interface CustomerChoiceProps {
  readonly customers: readonly { readonly id: string; readonly name: string }[]
  readonly value: ChosenCustomer
  readonly onChange: (value: ChosenCustomer) => void
}

export function CustomerChoice({ customers, value, onChange }: CustomerChoiceProps) {
  const t = useText()
  const none = customers.length === 0
  const isNew = none || value.id === undefined
  return (
    <div className={classes.customer}>
      {!none && (
        <RadioField
          field={{
            name: 'which',
            value: isNew ? 'new' : 'known',
            error: undefined,
            onChange: (which) => onChange(which === 'new' ? { newName: '' } : { id: '' }),
          }}
          label={t('imports.customer-which')}
          options={[
            { value: 'known', label: t('imports.customer-known') },
            { value: 'new', label: t('imports.customer-new') },
          ]}
        />
      )}
      {isNew ? (
        <TextField
          field={{
            name: 'newCustomer',
            value: value.id === undefined ? value.newName : '',
            error: undefined,
            onChange: (newName) => onChange({ newName }),
          }}
          label={t('imports.customer-name')}
          hint={t('imports.customer-name-hint')}
          maxLength={200}
        />
      ) : (
        <SearchField
          field={{ name: 'customer', value: value.id ?? '', error: undefined, onChange: (id) => onChange({ id }) }}
          label={t('imports.customer')}
          options={customers.map(({ id, name }) => ({ value: id, label: name }))}
        />
      )}
    </div>
  )
}

/** Whether it is said whose tickets they are. */
export function isChosen(value: ChosenCustomer): boolean {
  return value.id === undefined ? value.newName.trim() !== '' : value.id !== ''
}
