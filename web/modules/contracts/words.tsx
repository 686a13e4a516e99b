import type { ChargeState, ContractState, DueState } from '#api/contracts'
import type { CreditState } from '#api/credits'
import { useAsker } from '#web/modules/people/index.ts'
import { type Standing, State } from '#web/ui/state.tsx'
import { useText } from '#web/ui/text.tsx'
import { useFormat } from '#web/ui/use-format.ts'

const contractStanding: Readonly<Record<ContractState, Standing>> = {
  pipeline: 'none',
  signed: 'runs',
  transition: 'runs',
  live: 'met',
  'in-renewal': 'soon',
  extended: 'met',
  exiting: 'soon',
  expired: 'none',
  terminated: 'none',
}

export function ContractStateWord({ state }: { readonly state: ContractState }) {
  const t = useText()
  return <State is={contractStanding[state]}>{t(`contracts.state.${state}`)}</State>
}

const chargeStanding: Readonly<Record<ChargeState, Standing>> = {
  draft: 'none',
  reviewed: 'runs',
  agreed: 'met',
  disputed: 'miss',
  invoiced: 'met',
  paid: 'met',
}

export function ChargeStateWord({ state }: { readonly state: ChargeState }) {
  const t = useText()
  return <State is={chargeStanding[state]}>{t(`contracts.charge-state.${state}`)}</State>
}

const creditStanding: Readonly<Record<CreditState, Standing>> = {
  calculated: 'none',
  'internal-review': 'runs',
  notified: 'runs',
  disputed: 'miss',
  agreed: 'met',
  applied: 'met',
  waived: 'none',
  'earned-back': 'met',
}

export function CreditStateWord({ state }: { readonly state: CreditState }) {
  const t = useText()
  return <State is={creditStanding[state]}>{t(`contracts.credit-state.${state}`)}</State>
}

const dueStanding: Readonly<Record<DueState, Standing>> = {
  upcoming: 'none',
  due: 'soon',
  late: 'miss',
  fulfilled: 'met',
  waived: 'none',
  breached: 'miss',
}

export function DueStateWord({ state }: { readonly state: DueState }) {
  const t = useText()
  return <State is={dueStanding[state]}>{t(`contracts.due-state.${state}`)}</State>
}

/** A local date, such as the last day for something: it has no zone. */
/** Whose a duty is, as whoever reads it would say: to the customer's people "we" are they themselves. */
export function useSide(): (party: 'provider' | 'customer') => 'provider' | 'customer' | 'you' | 'they' {
  const { access } = useAsker()
  return (party) => (access !== 'customer' ? party : party === 'customer' ? 'you' : 'they')
}

export function useDay(): (day: string) => string {
  const format = useFormat()
  return (day) => format.date(new Date(`${day}T12:00:00Z`), 'UTC')
}
