import { z } from 'zod'

/** Null and absent are the same: not said. */
const maybe = <Shape extends z.ZodType>(shape: Shape) => shape.nullish().transform((value) => value ?? undefined)
const moment = maybe(z.string())

const inputFields = {
  start: moment,
  end: moment,
  at: moment,
  from: moment,
  to: moment,
  date: moment,
  duration_s: maybe(z.number()),
  working_days: maybe(z.int()),
  keep_clock_time: maybe(z.boolean()),
  end_of_day: maybe(z.boolean()),
  day_overflow: maybe(z.string()),
  pauses: maybe(z.array(z.tuple([z.string(), z.string().nullable()]))),
  events: maybe(z.array(z.looseObject({ at: z.string(), status: z.string() }))),
  running_statuses: maybe(z.array(z.string())),
}
const input = z.looseObject(inputFields)
export type CaseInput = z.output<typeof input>
const NOTHING = input.parse({})

const caseShape = z.looseObject({
  kind: z.string(),
  title: maybe(z.string()),
  calendar: z.union([z.string(), z.null(), z.record(z.string(), z.unknown())]).default(null),
  input: input.nullish(),
  expect: maybe(z.record(z.string(), z.unknown())),
  tier: maybe(z.string()),
  boundary: maybe(z.string()),
  reference_model: z.unknown().optional(),
  reference_value: z.unknown().optional(),
})

/** A case in which everything is said. */
export interface Case extends Pick<
  z.output<typeof caseShape>,
  'kind' | 'calendar' | 'boundary' | 'reference_model' | 'reference_value'
> {
  readonly title: string
  readonly input: CaseInput
  readonly expect: Readonly<Record<string, unknown>>
  readonly tier: string
}

const fileShape = z.looseObject({
  calendars: z.record(z.string(), z.unknown()).default({}),
  cases: z.array(z.unknown()),
})

/** The calendars and cases of a file, each still as it was written. Throws a `RangeError` when they are none. */
export function fileOf(written: unknown): z.output<typeof fileShape> {
  const read = fileShape.safeParse(written)
  if (!read.success) throw new RangeError(`These are no cases (${inWords(read.error)}).`)
  return read.data
}

/** What every case has, whatever its form: one that does not say is of the core, and is called by its place in the file. */
export function headOf(written: unknown, place: number): { readonly id: string; readonly tier: string } {
  const { data } = headShape.safeParse(written)
  return { id: String(data?.id ?? `number ${place}`), tier: data?.tier ?? 'core' }
}

const headShape = z.looseObject({
  id: z.union([z.string(), z.number()]).optional().catch(undefined),
  tier: z.string().optional().catch(undefined),
})

/** Reads a case; in words what is wrong when it is not of the form of one. */
export function caseOf(written: unknown): Case | string {
  const shaped = caseShape.safeParse(written)
  if (!shaped.success) return `not of the form of a case (${inWords(shaped.error)})`
  const { title = '', input: asked, expect = {}, tier = 'core', ...rest } = shaped.data
  return { ...rest, title, expect, tier, input: asked ?? NOTHING }
}

/** What is said of a ticket besides its times, and what `invalid_input` reads by itself. */
const besides = ['priority', 'tracker', 'unit_values']

/** What of a case's input nobody reads: where the answer is not as expected, it may be why. */
export function unreadOf(asked: CaseInput): string[] {
  return Object.keys(asked).filter((name) => !(name in inputFields) && !besides.includes(name))
}

/** What is wrong with the form of something, in one line. */
export function inWords({ issues }: z.ZodError): string {
  return issues.map(({ path, message }) => (path.length === 0 ? message : `${path.join('.')}: ${message}`)).join('; ')
}
