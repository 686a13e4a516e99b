import type { OrderState, SupplierClaim, SupplierPromise, SupplierState } from '#api/suppliers'
import { type Standing, State } from '#web/ui/state.tsx'
import { useText } from '#web/ui/text.tsx'
import { useFormat } from '#web/ui/use-format.ts'

const supplierStanding: Readonly<Record<SupplierState, Standing>> = {
  prospect: 'none',
  onboarding: 'runs',
  active: 'met',
  watch: 'soon',
  exiting: 'soon',
  inactive: 'none',
}

export function SupplierStateWord({ state }: { readonly state: SupplierState }) {
  const t = useText()
  return <State is={supplierStanding[state]}>{t(`suppliers.state.${state}`)}</State>
}

const orderStanding: Readonly<Record<OrderState, Standing>> = {
  ordered: 'none',
  confirmed: 'runs',
  delivered: 'runs',
  accepted: 'met',
  shortfall: 'miss',
  invoiced: 'met',
}

export function OrderStateWord({ state }: { readonly state: OrderState }) {
  const t = useText()
  return <State is={orderStanding[state]}>{t(`suppliers.order.${state}`)}</State>
}

const claimStanding: Readonly<Record<SupplierClaim['state'], Standing>> = {
  open: 'none',
  claimed: 'runs',
  recovered: 'met',
  refused: 'miss',
}

export function ClaimStateWord({ state }: { readonly state: SupplierClaim['state'] }) {
  const t = useText()
  return <State is={claimStanding[state]}>{t(`suppliers.claim-state.${state}`)}</State>
}

const promiseWords = {
  running: ['runs', 'suppliers.due-runs'],
  paused: ['paused', 'suppliers.due-paused'],
  met: ['met', 'suppliers.due-kept'],
  'breached-running': ['miss', 'suppliers.due-late'],
  'breached-stopped': ['miss', 'suppliers.due-over'],
} as const

export function PromiseStateWord({ state }: { readonly state: SupplierPromise['state'] }) {
  const t = useText()
  const [is, word] = promiseWords[state]
  return <State is={is}>{t(word)}</State>
}

/** A local date, such as the last day for a notice: it has no zone. */
export function useDay(): (day: string | null) => string {
  const format = useFormat()
  return (day) => (day === null ? '–' : format.date(new Date(`${day}T12:00:00Z`), 'UTC'))
}
