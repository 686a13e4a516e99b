import { type Affected, type AgreementInForce, agreementFor } from '#modules/service-levels'
import type { Db } from '#platform/context.ts'

export type AgreementFinder = (
  affected: Affected,
  at: number,
) => AgreementInForce | null | Promise<AgreementInForce | null>

/**
 * Finds agreements for many incidents: asks once for each customer, service and day on which one might begin, and only
 * where the agreement asks for them for each site and team.
 *
 * @param find Which one holds; another than that which does, for whoever wants to know what would be.
 */
export function agreementFinder(db: Db, find: typeof agreementFor = agreementFor): AgreementFinder {
  const found = new Map<string, AgreementInForce | null>()
  const begins = new Map<string, readonly number[]>()
  return (affected, at) => {
    const { customerId, serviceId } = affected
    const edges = begins.get(customerId)
    const key = edges && `${customerId} ${serviceId} ${edges.findLastIndex((edge) => edge <= at)}`
    const known = key === undefined ? undefined : found.get(key)
    if (known === undefined) return ask(affected, at)
    if (known === null || !known.dependsOnPlace) return known
    const there = found.get(keyThere(key!, affected))
    return there === undefined ? ask(affected, at) : there
  }

  function keyThere(key: string, { siteId, teamId }: Affected): string {
    return `${key} ${siteId} ${teamId}`
  }

  async function ask(affected: Affected, at: number): Promise<AgreementInForce | null> {
    const { customerId, serviceId } = affected
    let edges = begins.get(customerId)
    if (edges === undefined) {
      const rows = await db
        .selectFrom('agreementVersion')
        .select(['validFrom', 'validTo'])
        .where('customerId', '=', customerId)
        .execute()
      edges = rows
        .flatMap(({ validFrom, validTo }) => [validFrom.getTime(), ...(validTo === null ? [] : [validTo.getTime()])])
        .toSorted((one, other) => one - other)
      begins.set(customerId, edges)
    }
    const key = `${customerId} ${serviceId} ${edges.findLastIndex((edge) => edge <= at)}`
    const agreement = await find(db, affected, new Date(at))
    if (!found.has(key)) found.set(key, agreement)
    if (agreement?.dependsOnPlace) found.set(keyThere(key, affected), agreement)
    return agreement
  }
}
