import { momentOf } from '#core/clock-case-input.ts'

/** Named answers of the engine, compared with those expected under the same names. */
export type Answer = Readonly<Record<string, unknown>>

/** What a case says must come out. */
export interface Expected {
  readonly expect: Readonly<Record<string, unknown>>
  readonly tier: string
  readonly reference_model?: unknown
  readonly reference_value?: unknown
}

/** What of an answer is not as it was expected, in words; null when all of it is. */
export function differences(one: Expected, answer: Answer): string | null {
  const { expect, tier, reference_model: model, reference_value: reference } = one
  for (const [name, expected] of Object.entries(expect)) {
    if (!(name in answer)) return `there is no answer to ${name}`
    const wanted = tier === 'vendor_quirk' && reference !== undefined ? reference : expected
    // A peer that never says nothing, but one second: right to the minute.
    const toleranceSeconds = tier === 'vendor_quirk' && model === 'agrees_to_the_minute' ? 60 : 0
    if (!same(wanted, answer[name], toleranceSeconds)) {
      return `expected ${name} ${shown(wanted)}, got ${shown(answer[name])}`
    }
  }
  return Object.keys(expect).length > 0 ? null : 'nothing is expected'
}

function same(expected: unknown, actual: unknown, toleranceSeconds: number): boolean {
  if (Array.isArray(expected)) {
    return (
      Array.isArray(actual) &&
      actual.length === expected.length &&
      expected.every((item, index) => same(item, actual[index], toleranceSeconds))
    )
  }
  if (typeof expected === 'object' && expected !== null) {
    const { at } = expected as { readonly at?: unknown }
    return typeof actual === 'object' && actual !== null && 'at' in actual && same(at, actual.at, toleranceSeconds)
  }
  if (typeof expected === 'string' && typeof actual === 'number') return momentOf(expected) === actual
  if (typeof expected === 'number' && typeof actual === 'number') {
    return Math.abs(expected - actual) <= (toleranceSeconds || 1e-6)
  }
  return expected === actual
}

/** Moments are numbers greater than any duration of a case. */
function shown(value: unknown): string {
  if (typeof value === 'number' && Math.abs(value) > 1e10) return new Date(value).toISOString()
  if (Array.isArray(value)) return `[${value.map(shown).join(', ')}]`
  return JSON.stringify(value) ?? 'nothing'
}
