import { leasingSigns } from '#core/leasing.ts'
import { State } from '#web/ui/state.tsx'
import { useText } from '#web/ui/text.tsx'
import { useFormat } from '#web/ui/use-format.ts'

/** What of these words would make capacity look like employment in disguise, and why; nothing where nothing would. */
export function LeasingWarning({ words }: { readonly words: readonly (string | null)[] }) {
  const t = useText()
  const format = useFormat()
  const found = Map.groupBy(leasingSigns(words.filter(Boolean).join('\n')), ({ kind }) => kind)
  return (
    found.size > 0 && (
      <ul aria-live="polite">
        {[...found].map(([kind, signs]) => (
          <li key={kind}>
            <State is={kind === 'person' ? 'miss' : 'soon'}>
              {t(`suppliers.leasing.${kind}`, {
                words: format.list(signs.map(({ word }) => t('suppliers.leasing-word', { word }))),
              })}
            </State>
          </li>
        ))}
      </ul>
    )
  )
}
