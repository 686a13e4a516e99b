import type { HandedLink } from '#api/people'
import { Once } from '#web/modules/people/once.tsx'
import { useText } from '#web/ui/text.tsx'
import { useFormat } from '#web/ui/use-format.ts'

/** A link to pass on to somebody, shown this once. */
export function Handed({ handed, why }: { readonly handed: HandedLink; readonly why: string }) {
  const t = useText()
  const format = useFormat()
  return (
    <>
      <p>{why}</p>
      <Once secret={handed.link} label={t('people.invite.link')} />
      <p className="pl-small pl-quiet" style={{ marginTop: 8 }}>
        {t('people.invite.until', { until: format.instant(handed.expiresAt) })}
      </p>
    </>
  )
}
