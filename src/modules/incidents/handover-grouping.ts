/** By what handovers are reported. */
export const handoverGroupings = ['team', 'month', 'service'] as const
export type HandoverGrouping = (typeof handoverGroupings)[number]
