import type { reportedTimes } from './target.ts'

/** What a target is promised for beside its metric and priority; null is all. */
export interface TargetConditions {
  readonly serviceId: string | null
  readonly category: string | null
  readonly siteType: string | null
  readonly reported: (typeof reportedTimes)[number] | null
}

/** How things are for an incident, as far as targets ask. */
export type Circumstances = TargetConditions

const names = ['serviceId', 'category', 'siteType', 'reported'] as const

/** Whether everything that the target asks for is so. Categories are compared in any case of letters. */
export function holdsFor(target: TargetConditions, circumstances: Circumstances): boolean {
  return names.every((name) => target[name] === null || plain(target[name]) === plain(circumstances[name]))
}

function plain(value: string | null): string | null {
  return value === null ? null : value.trim().toLowerCase()
}

/** How many conditions a target has. */
function specificity(target: TargetConditions): number {
  return names.filter((name) => target[name] !== null).length
}

/** The order in which targets are tried: those with the most conditions first, among equals as they are listed. */
export function inOrderOfChoice<Target extends TargetConditions>(targets: readonly Target[]): Target[] {
  return targets.toSorted((one, other) => specificity(other) - specificity(one))
}

/** The second of two targets that promise the same metric and priority for the same conditions; -1 when none does. */
export function repeatedTarget(
  targets: readonly (TargetConditions & { readonly metric: string; readonly priority: string })[],
): number {
  const seen = new Set<string>()
  return targets.findIndex((target) => {
    const key = JSON.stringify([target.metric, target.priority, ...names.map((name) => plain(target[name]))])
    if (seen.has(key)) return true
    seen.add(key)
    return false
  })
}
