import {
  type Agreement,
  type AgreementVersion,
  defaultMatrix,
  type Level,
  metrics,
  type Priority,
  type Target,
} from '#api/service-levels'

export interface Promised {
  readonly agreement: string
  readonly version: AgreementVersion
}

/**
 * What is promised to a customer for a service now: the active version that names the service, else one that holds for all.
 * Null without either. Only what a customer is promised counts, not what suppliers promise us.
 */
export function promisedFor(agreements: readonly Agreement[], serviceId: string | null, at: Date): Promised | null {
  const inForce = agreements
    .filter(({ type }) => type === 'sla')
    .flatMap(({ name, versions }) =>
      versions
        .filter(
          ({ state, validFrom, validTo }) =>
            state === 'active' && validFrom <= at && (validTo === null || validTo > at),
        )
        .map((version) => ({ agreement: name, version })),
    )
  const named = inForce.find(({ version }) => serviceId !== null && version.serviceIds.includes(serviceId))
  return named ?? inForce.find(({ version }) => version.serviceIds.length === 0) ?? null
}

/** Whether something was promised for some services alone: then it says nothing until the service is known. */
export function dependsOnService(agreements: readonly Agreement[], at: Date): boolean {
  return agreements.some(
    ({ type, versions }) =>
      type === 'sla' &&
      versions.some(
        ({ state, validFrom, validTo, serviceIds }) =>
          state === 'active' && validFrom <= at && (validTo === null || validTo > at) && serviceIds.length > 0,
      ),
  )
}

/** The priority of a rating, by the matrix of the agreement or, without one, the usual one. */
export function priorityOf(
  promised: Promised | null,
  impact: Level,
  urgency: Level,
  usual: typeof defaultMatrix = defaultMatrix,
): Priority {
  return (promised?.version.terms.priorityMatrix ?? usual)[impact][urgency]
}

/** What is promised for a priority: the response first. */
export function targetsFor(promised: Promised | null, priority: Priority): readonly Target[] {
  return (promised?.version.targets ?? [])
    .filter((target) => target.priority === priority && target.when === undefined)
    .filter(({ metric }) => metrics.some((each) => each === metric))
    .toSorted((one, other) => other.metric.localeCompare(one.metric))
}
