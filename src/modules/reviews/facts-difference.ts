import { canonicalJson, type FactDifference, type ReviewFacts } from './facts.ts'

type TargetFacts = ReviewFacts['targets'][number]

interface Tally {
  readonly met: number
  readonly failed: number
}

/** What two versions of a customer's month tell otherwise, the promises first; nothing when their facts are the same. */
export function factDifferences(before: ReviewFacts, after: ReviewFacts): readonly FactDifference[] {
  const differences: FactDifference[] = []
  const keys = new Map([...before.targets, ...after.targets].map((target) => [keyOf(target), target]))
  for (const [key, { metric, priority, agreement }] of keys) {
    const [was, is] = [before, after].map(({ targets }) => tallyOf(targets.find((each) => keyOf(each) === key)))
    if (was?.met === is?.met && was?.failed === is?.failed) continue
    differences.push({ kind: 'target', metric, priority, agreement, before: was ?? null, after: is ?? null })
  }
  for (const service of new Set(
    [before, after].flatMap(({ availability = [] }) => availability.map((each) => each.service)),
  )) {
    const [was, is] = [before, after].map((facts) => downOf(facts, service))
    if (was !== is) differences.push({ kind: 'availability', service, before: was ?? null, after: is ?? null })
  }
  const numbers = [
    ['opened', before.volumes.opened, after.volumes.opened],
    ['resolved', before.volumes.resolved, after.volumes.resolved],
    ['backlog', before.volumes.backlog, after.volumes.backlog],
    ['excluded', before.excluded, after.excluded],
    ['incidents', before.incidents.count, after.incidents.count],
  ] as const
  for (const [kind, was, is] of numbers) if (was !== is) differences.push({ kind, before: was, after: is })
  const names = ({ agreements }: ReviewFacts) => agreements.map(({ name, version }) => `${name} ${version}`)
  if (names(before).join() !== names(after).join())
    differences.push({ kind: 'agreements', before: names(before), after: names(after) })
  const sameLength = before.incidents.count === after.incidents.count
  if (sameLength && before.incidents.sha256 !== after.incidents.sha256) differences.push({ kind: 'list' })
  const sections = new Set([before, after].flatMap(({ sections: told = {} }) => Object.keys(told)))
  for (const section of [...sections].toSorted())
    if (canonicalJson(before.sections?.[section] ?? null) !== canonicalJson(after.sections?.[section] ?? null))
      differences.push({ kind: 'section', section })
  return differences
}

/** Of all that was promised of it in the month; null when nothing was. */
function downOf({ availability = [] }: ReviewFacts, service: string): number | null {
  const those = availability.filter((each) => each.service === service)
  return those.length === 0 ? null : those.reduce((sum, { downMs }) => sum + downMs, 0)
}

function keyOf({ agreement, metric, priority, targetMs }: TargetFacts): string {
  return `${agreement} ${metric} ${priority} ${targetMs}`
}

function tallyOf(target: TargetFacts | undefined): Tally | null {
  return target === undefined ? null : { met: target.met, failed: target.failed }
}
