import type { ReactNode } from 'react'
import type { Customer } from '#api/customers'
import { RadioField, TextField } from '#web/ui/field.tsx'
import type { FormState } from '#web/ui/form.tsx'
import { useText } from '#web/ui/text.tsx'
import { ZonePicker } from '#web/ui/zone-picker.tsx'
import { useLanguageOptions } from './language-name.ts'

export type CustomerValues = Pick<Customer, 'name' | 'key' | 'kind' | 'timeZone' | 'language'>

/** As it is sent: capitals. */
export function keyTyped(key: string): string {
  return key.trim().toUpperCase()
}

export function isKey(key: string): boolean {
  return /^[A-Z][A-Z0-9]{1,7}$/.test(keyTyped(key))
}

interface CustomerFieldsProps<Values extends CustomerValues> {
  readonly form: FormState<Values>
  /** Between the name and the rest. */
  readonly children?: ReactNode
}

/** What of a customer can be changed. */
export function CustomerFields<Values extends CustomerValues>({ form, children }: CustomerFieldsProps<Values>) {
  const t = useText()
  const languages = useLanguageOptions()
  return (
    <>
      <TextField field={form.field('name')} label={t('customers.name')} maxLength={200} autoFocus />
      {children}
      <ZonePicker field={form.field('timeZone')} label={t('customers.zone')} hint={t('customers.zone-hint')} />
      <RadioField
        field={form.field('language')}
        label={t('customers.language')}
        hint={t('customers.language-hint')}
        options={languages}
      />
      <RadioField
        field={form.field('kind')}
        label={t('customers.kind')}
        options={[
          { value: 'external', label: t('customers.kind.external') },
          { value: 'internal', label: t('customers.kind.internal'), hint: t('customers.kind.internal-hint') },
        ]}
      />
    </>
  )
}
