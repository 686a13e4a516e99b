/**
 * What is wrong with a place of the chain: its entry is not what was linked (`changed`); it is gone though it had to be kept
 * (`missing`); a link is gone (`gap`); an entry stands in the audit that never was linked (`inserted`); a link is another one
 * than was told before (`head`).
 */
export const faultKinds = ['changed', 'missing', 'gap', 'inserted', 'head'] as const
export type FaultKind = (typeof faultKinds)[number]

export interface Fault {
  readonly kind: FaultKind
  /** Of the link; null where there is none. */
  readonly number: number | null
  readonly entry: string | null
  /** UTC, to the microsecond. */
  readonly at: string | null
}
