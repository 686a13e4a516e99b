import type { OrderState, SupplierState } from '#api/suppliers'
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

/** A local date, such as the last day for a notice: it has no zone. */
export function useDay(): (day: string | null) => string {
  const format = useFormat()
  return (day) => (day === null ? '–' : format.date(new Date(`${day}T12:00:00Z`), 'UTC'))
}
