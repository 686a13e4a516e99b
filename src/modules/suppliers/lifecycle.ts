import type { Lifecycle } from '#core/lifecycle.ts'

export const supplierStates = ['prospect', 'onboarding', 'active', 'watch', 'exiting', 'inactive'] as const
export type SupplierState = (typeof supplierStates)[number]

/** DOMAIN §2.5.8. */
export const supplierLifecycle: Lifecycle<SupplierState, string> = {
  prospect: { begin: 'onboarding', drop: 'inactive' },
  onboarding: { start: 'active', drop: 'inactive' },
  active: { watch: 'watch', leave: 'exiting' },
  watch: { calm: 'active', leave: 'exiting' },
  exiting: { end: 'inactive' },
  inactive: { return: 'prospect' },
}

export const orderStates = ['ordered', 'confirmed', 'delivered', 'accepted', 'shortfall', 'invoiced'] as const
export type OrderState = (typeof orderStates)[number]

/** DOMAIN §2.5.9. Accepting less than was ordered is a shortfall: which of both it is, the quantity says. */
export const orderLifecycle: Lifecycle<OrderState, string> = {
  ordered: { confirm: 'confirmed' },
  confirmed: { deliver: 'delivered' },
  delivered: { accept: 'accepted', miss: 'shortfall' },
  accepted: { invoice: 'invoiced' },
  shortfall: { invoice: 'invoiced' },
  invoiced: {},
}

/** Steps that the supplier takes: their coordinator says what they will do and what they did. */
export const stepsOfSupplier: readonly OrderState[] = ['confirmed', 'delivered']

export const claimStates = ['claimed', 'recovered', 'refused'] as const
export type ClaimState = (typeof claimStates)[number]
