import { useQuery } from '@tanstack/react-query'
import type { RequestPage } from '#api/requests'
import { HeldBehind, HeldShares } from '#web/modules/incidents/index.ts'
import { Section } from '#web/ui/page.tsx'
import { useText } from '#web/ui/text.tsx'
import { useFormat } from '#web/ui/use-format.ts'
import { holdersQuery } from './queries.ts'

interface OrderHeldProps {
  readonly request: RequestPage
  /** In which moments are told. */
  readonly zone: string
}

/**
 * Who had the time of an order, and how what stands behind its promise did; shown where more than one had it, it was late, or
 * agreements stand behind it.
 */
export function OrderHeld({ request, zone }: OrderHeldProps) {
  const t = useText()
  const format = useFormat()
  const { data: held } = useQuery(holdersQuery(request.id))
  if (held === undefined || (held.elapsedSeconds === 0 && held.behind.length === 0)) return null
  const { shares, stretches, missed, elapsedSeconds, behind } = held
  if (shares.length < 2 && !missed && behind.length === 0) return null
  const isOpen = request.promise?.state === 'running' || request.promise?.state === 'paused'
  const left = isOpen ? Math.max(0, request.promise!.targetSeconds - elapsedSeconds) : 0
  return (
    <Section title={t('requests.held.title', { sum: format.duration(elapsedSeconds * 1000) })}>
      <HeldShares
        shares={shares}
        stretches={stretches}
        zone={zone}
        missed={missed}
        left={left}
        what={t('requests.held.what')}
        whatNot={t('requests.held.what-not')}
      />
      <HeldBehind behind={behind} zone={zone} />
    </Section>
  )
}
