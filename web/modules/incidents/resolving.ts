import { useMemo } from 'react'
import { type ResolutionCode, resolutionName, type Resolving, usualResolving } from '#core/resolution.ts'
import { useAppearance } from '#web/app/appearance.ts'
import { type Language } from '#core/text.ts'
import { useLanguage } from '#web/ui/text.tsx'

interface Known {
  readonly resolving: Resolving
  /** To be chosen from, in their order. */
  readonly options: readonly { readonly value: string; readonly label: string }[]
  readonly nameOf: (code: string) => string
}

/** How something can end here, and what is asked for before; in the reader's language. */
export function useResolving(): Known {
  const language: Language = useLanguage()
  const resolving = useAppearance()?.resolving ?? usualResolving
  return useMemo(
    () => ({
      resolving,
      options: resolving.codes
        .filter(({ retired }: ResolutionCode) => !retired)
        .map((code) => ({ value: code.code, label: code[language] })),
      nameOf: (code: string) => resolutionName(resolving, code, language),
    }),
    [resolving, language],
  )
}
