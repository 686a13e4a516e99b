import type { Agreement, AgreementVersion } from '#api/service-levels'
import { State } from '#web/ui/state.tsx'
import { useText } from '#web/ui/text.tsx'
import { useFormat } from '#web/ui/use-format.ts'

/** The version in force, else the newest one. */
export function leadingVersion({ versions }: Agreement): AgreementVersion | undefined {
  return versions.find(({ state }) => state === 'active') ?? versions[0]
}

/** How an agreement stands: in force since when, or not yet. */
export function AgreementState({ agreement }: { readonly agreement: Agreement }) {
  const version = leadingVersion(agreement)
  return version ? <VersionState version={version} /> : null
}

export function VersionState({ version: { state, validFrom, validTo } }: { readonly version: AgreementVersion }) {
  const t = useText()
  const format = useFormat()
  if (state === 'active' && validTo !== null) {
    return isComing(validTo) ? (
      <State is="soon">{t('agreements.state.ends', { day: format.day(validTo) })}</State>
    ) : (
      <span className="pl-quiet">{t('agreements.state.until', { day: format.day(validTo) })}</span>
    )
  }
  if (state === 'active') {
    const key = isComing(validFrom) ? 'agreements.state.from' : 'agreements.state.since'
    return <State is="runs">{t(key, { day: format.day(validFrom) })}</State>
  }
  if (state === 'superseded' || state === 'expired' || state === 'terminated') {
    return <span className="pl-quiet">{t('agreements.state.until', { day: validTo ? format.day(validTo) : '' })}</span>
  }
  return <State is="none">{t('agreements.state.draft')}</State>
}

function isComing(at: Date): boolean {
  return at > new Date()
}
