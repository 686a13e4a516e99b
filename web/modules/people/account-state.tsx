import type { Person } from '#api/people'
import type { TextKey } from '#web/locales/catalogue.ts'
import { type Standing, State } from '#web/ui/state.tsx'
import { useText } from '#web/ui/text.tsx'

const states: Readonly<Record<NonNullable<Person['account']>, { readonly is: Standing; readonly word: TextKey }>> = {
  none: { is: 'none', word: 'people.account-state.none' },
  invited: { is: 'paused', word: 'people.account-state.invited' },
  active: { is: 'met', word: 'people.account-state.active' },
  disabled: { is: 'miss', word: 'people.account-state.disabled' },
}

/** How far somebody has got with signing in. */
export function AccountState({ account }: { readonly account: Person['account'] }) {
  const t = useText()
  if (account === null) return null
  const { is, word } = states[account]
  return <State is={is}>{t(word)}</State>
}
