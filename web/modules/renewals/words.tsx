import type { OpportunityState, RenewalState } from '#api/renewals'
import { type Standing, State } from '#web/ui/state.tsx'
import { useText } from '#web/ui/text.tsx'
import { useFormat } from '#web/ui/use-format.ts'

const renewalStanding: Readonly<Record<RenewalState, Standing>> = {
  watch: 'none',
  prepare: 'runs',
  proposed: 'runs',
  negotiate: 'soon',
  signed: 'met',
  lost: 'miss',
  lapsed: 'miss',
}

export function RenewalStateWord({ state }: { readonly state: RenewalState }) {
  const t = useText()
  return <State is={renewalStanding[state]}>{t(`renewals.state.${state}`)}</State>
}

const opportunityStanding: Readonly<Record<OpportunityState, Standing>> = {
  idea: 'none',
  qualified: 'runs',
  shaped: 'runs',
  proposed: 'soon',
  won: 'met',
  lost: 'miss',
  deferred: 'none',
}

export function OpportunityStateWord({ state }: { readonly state: OpportunityState }) {
  const t = useText()
  return <State is={opportunityStanding[state]}>{t(`renewals.o-state.${state}`)}</State>
}

/** Basis points as a percentage; a dash where nobody said. */
export function usePercent(): (basisPoints: number | null) => string {
  const t = useText()
  const format = useFormat()
  return (basisPoints) =>
    basisPoints === null
      ? '–'
      : t('renewals.percent', { percent: format.number(basisPoints / 100, basisPoints % 100 === 0 ? 0 : 2) })
}
