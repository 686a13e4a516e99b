import { type Circumstances, holdsFor, inOrderOfChoice, type TargetConditions } from './target-choice.ts'

/** One agreement of a chain, as far as it decides which of its targets holds. */
export interface ChainSide<Target> {
  readonly targets: readonly Target[]
  /** Services that it is for; empty is all. */
  readonly serviceIds: readonly string[]
  /** In whose hours `reported` is judged: agreements in the same ones judge alike. */
  readonly hours: string
}

interface Choosable extends TargetConditions {
  readonly metric: string
  readonly priority: string
}

/** Stands for whatever no target names. */
const OTHER = ' '
const reportedTimes = ['within-hours', 'outside-hours'] as const

/**
 * For each target of an agreement every choice of targets behind it that some case leads to: in the order of `behind`, null
 * where an agreement promises nothing then. A case is told by what any target names (service, category, kind of site), by
 * anything else, and by whether it was reported within the hours; a target that no case leads to has none.
 */
export function chainCases<Target extends Choosable>(
  promising: ChainSide<Target>,
  behind: readonly ChainSide<Target>[],
): ReadonlyMap<Target, readonly (readonly (Target | null)[])[]> {
  const sides = [promising, ...behind]
  const all = sides.flatMap(({ targets }) => targets)
  const named = (name: 'serviceId' | 'category' | 'siteType') => [
    ...new Set(all.flatMap((target) => target[name] ?? [])),
    OTHER,
  ]
  const services =
    promising.serviceIds.length > 0
      ? promising.serviceIds
      : [...new Set([...named('serviceId'), ...behind.flatMap(({ serviceIds }) => serviceIds)])]
  const ordered = sides.map(({ targets }) => inOrderOfChoice(targets))
  const otherHours = behind.some(({ hours }) => hours !== promising.hours)
  const found = new Map<Target, Map<string, (Target | null)[]>>()
  const promises = [...new Map(promising.targets.map((each) => [`${each.metric} ${each.priority}`, each])).values()]
  for (const serviceId of services) {
    for (const category of named('category')) {
      for (const siteType of named('siteType')) {
        for (const reported of reportedTimes) {
          for (const elsewhere of otherHours ? reportedTimes : [reported]) {
            for (const { metric, priority } of promises) {
              const chosen = sides.map((side, index): Target | null => {
                if (side.serviceIds.length > 0 && !side.serviceIds.includes(serviceId)) return null
                const isSame = side.hours === promising.hours
                const circumstances: Circumstances = {
                  serviceId,
                  category,
                  siteType,
                  reported: isSame ? reported : elsewhere,
                }
                const holding = ordered[index]!.find(
                  (target) =>
                    target.metric === metric && target.priority === priority && holdsFor(target, circumstances),
                )
                return holding ?? null
              })
              const [own, ...choice] = chosen as [Target | null, ...(Target | null)[]]
              if (own === null) continue
              const cases = found.get(own) ?? new Map<string, (Target | null)[]>()
              cases.set(
                choice.map((each, index) => (each === null ? '' : ordered[index + 1]!.indexOf(each))).join(),
                choice,
              )
              found.set(own, cases)
            }
          }
        }
      }
    }
  }
  return new Map([...found].map(([target, cases]) => [target, [...cases.values()]]))
}
