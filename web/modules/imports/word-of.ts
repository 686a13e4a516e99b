import { useText } from '#web/ui/text.tsx'
import type { TextKey } from '#web/locales/catalogue.ts'
import { type Field as ImportField, stateMeanings } from '#api/imports'

/** Our word for what a value of the file was read as. */
export function useWordOf(): (field: ImportField, value: string) => string {
  const t = useText()
  return (field, value) => {
    if (field === 'priority') return value.toUpperCase()
    // With `?` behind it holds only under a condition, which the whole history decides.
    const word = value.replace(/\?$/, '')
    const state = field === 'state' ? stateMeanings.find((known) => known === word) : undefined
    return state === undefined ? value : t(`imports.state-word.${state}` satisfies TextKey)
  }
}
