/** How much is lost: all of it, much of it, or a little. The contract says what the last two count as. */
export const severities = ['down', 'degraded', 'impaired'] as const
export type Severity = (typeof severities)[number]

/** Why a contract does not count a downtime. */
export const exclusions = ['customer', 'force-majeure', 'third-party'] as const
export type Exclusion = (typeof exclusions)[number]
