import * as api from '#api/people'
import { useAppearance } from '#web/app/appearance.ts'
import type { TextKey } from '#web/locales/catalogue.ts'
import { PasswordField } from '#web/ui/field.tsx'
import type { Field } from '#web/ui/form.tsx'
import { type Say, useText } from '#web/ui/text.tsx'

const faults: Readonly<Record<api.PasswordFault, TextKey>> = {
  'too-short': 'people.password-fault.too-short',
  'too-long': 'people.password-fault.too-long',
  common: 'people.password-fault.common',
  personal: 'people.password-fault.personal',
}

/** What is wrong with a new password, in a sentence; the server goes by the same rules. */
export function passwordFault(
  t: Say,
  password: string,
  owner: { readonly email: string; readonly name: string },
): string | undefined {
  const fault = api.faultOf(password, owner)
  return fault === null ? undefined : t(faults[fault], { ...api.PASSWORD_LENGTH })
}

/** A password that is chosen, with the one rule that counts. */
export function NewPasswordField({
  field,
  label,
  autoFocus = false,
}: {
  readonly field: Field<string>
  readonly label?: string
  readonly autoFocus?: boolean
}) {
  const t = useText()
  const least = useAppearance()?.passwordLeast ?? api.PASSWORD_LENGTH.least
  return (
    <PasswordField
      field={field}
      label={label ?? t('people.new-password')}
      hint={t('people.new-password-rule', { least })}
      autoComplete="new-password"
      autoFocus={autoFocus}
    />
  )
}
