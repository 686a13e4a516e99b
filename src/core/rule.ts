/*
 * Rules of the desk: when something happens, if it is so, then this is done. What they look at and whether they speak is
 * decided here, by the server when it happens and for the past alike, without a look at anything else.
 */

/** What of a record a condition can ask for. */
export const ruleFields = [
  'customer',
  'site',
  'service',
  'category',
  'priority',
  'impact',
  'urgency',
  'state',
  'team',
  'assignee',
  'channel',
  'requester',
  'title',
  'description',
  'text',
  'hours',
] as const
export type RuleField = (typeof ruleFields)[number]

/** Those that are asked for by words in them, in any case of letters. */
export const wordFields: readonly RuleField[] = ['title', 'description', 'text']

/** In place of a value: there is none, as nobody has it. */
export const NONE = 'none'

/** One thing that is, or is not, one of several values. */
export interface RuleCondition {
  readonly field: RuleField
  /** Met by none of the values, in place of any. */
  readonly not: boolean
  /** At least one: ids, words of the domain, words; of `hours`: calendars within whose hours it was reported. */
  readonly values: readonly string[]
}

/** A record as rules see it, at one moment. */
export interface RuleRecord {
  readonly customer: string
  readonly site: string | null
  readonly service: string | null
  readonly category: string | null
  readonly priority: string
  readonly impact: string
  readonly urgency: string
  readonly state: string
  readonly team: string | null
  readonly assignee: string | null
  readonly channel: string | null
  readonly requester: string | null
  readonly title: string
  readonly description: string
}

/** What else a condition can ask for. */
export interface RuleAsked {
  /** What was said, where that is what happened. */
  readonly text: string
  /** Whether it was reported within the hours of this calendar. */
  readonly isWithin: (calendarId: string) => boolean
}

/** Whether it is so: all conditions of any group. Without a group it always is. */
export function isSo(groups: readonly (readonly RuleCondition[])[], record: RuleRecord, asked: RuleAsked): boolean {
  return groups.length === 0 || groups.some((group) => group.every((each) => isMet(each, record, asked)))
}

function isMet({ field, not, values }: RuleCondition, record: RuleRecord, { text, isWithin }: RuleAsked): boolean {
  if (field === 'hours') return values.some(isWithin) !== not
  if (field === 'title' || field === 'description' || field === 'text') {
    const words = (field === 'text' ? text : record[field]).toLowerCase()
    return values.some((value) => words.includes(value.toLowerCase())) !== not
  }
  const value = record[field] ?? NONE
  const known = field === 'category' ? values.map((each) => each.toLowerCase()) : values
  return known.includes(field === 'category' ? value.toLowerCase() : value) !== not
}

/** A fact of a record's history, as far as it says how the record was before. */
export interface PastFact {
  readonly kind: string
  readonly facts: Readonly<Record<string, unknown>>
}

/** By which name a fact tells of a field. */
const changedFields: Readonly<Record<string, keyof RuleRecord>> = {
  title: 'title',
  description: 'description',
  category: 'category',
  siteId: 'site',
  serviceId: 'service',
  impact: 'impact',
  urgency: 'urgency',
}

/**
 * A record as it was before some facts: what they changed is taken back, from the newest on.
 *
 * @param later Those after the moment that is meant, in their order.
 */
export function asItWas(record: RuleRecord, later: readonly PastFact[]): RuleRecord {
  return later.toReversed().reduce((now, fact) => ({ ...now, ...before(fact) }), record)
}

function before({ kind, facts }: PastFact): Partial<RuleRecord> {
  if (kind === 'incident.state' && typeof facts['from'] === 'string') return { state: facts['from'] }
  if (kind === 'incident.priority' && typeof facts['from'] === 'string') return { priority: facts['from'] }
  if (kind === 'incident.assigned') return { ...from('team', facts['team']), ...from('assignee', facts['assignee']) }
  if (kind !== 'incident.changed') return {}
  return Object.assign(
    {},
    ...Object.entries(facts).map(([name, change]) =>
      Object.hasOwn(changedFields, name) ? from(changedFields[name]!, change) : {},
    ),
  ) as Partial<RuleRecord>
}

function from(field: keyof RuleRecord, change: unknown): Partial<RuleRecord> {
  if (typeof change !== 'object' || change === null) return {}
  const { from: value = null } = change as { readonly from?: unknown }
  return value === null || typeof value === 'string' ? { [field]: value } : {}
}

/** What may stand in braces in the texts of a rule. */
export const ruleTextFields = [
  'number',
  'title',
  'customer',
  'priority',
  'team',
  'assignee',
  'requester',
  'service',
  'site',
  'link',
  'rule',
] as const
export type RuleTextValues = Readonly<Record<(typeof ruleTextFields)[number], string>>

const BRACED = /\{([^{}]*)\}/g

/** The first thing in braces that is no field; null when all are. */
export function unknownFieldIn(text: string): string | null {
  const fields: readonly string[] = ruleTextFields
  return [...text.matchAll(BRACED)].find(([, name]) => !fields.includes(name!))?.[0] ?? null
}

/** The text with its fields filled in. What was filled in is not looked at again. */
export function filledText(text: string, values: RuleTextValues): string {
  return text.replace(BRACED, (whole, name: string) => values[name as keyof RuleTextValues] ?? whole)
}

/** Somebody to whom work can be given. */
export interface Candidate {
  readonly id: string
  readonly skills: readonly string[]
  readonly isAbsent: boolean
  /** Open incidents that they have. */
  readonly load: number
  /** When a rule last gave them something in this team, in milliseconds; null when never. */
  readonly lastTurn: number | null
}

/**
 * Who gets it: of those who are there and know what is asked for, whoever has least (`load`) or has waited longest for a
 * turn. Null when nobody is left.
 */
export function whoseTurn(
  candidates: readonly Candidate[],
  { by, skill = null }: { readonly by: 'turn' | 'load'; readonly skill?: string | null },
): string | null {
  const knows = ({ skills }: Candidate) =>
    skill === null || skills.some((each) => each.toLowerCase() === skill.toLowerCase())
  const [first] = candidates
    .filter((each) => !each.isAbsent && knows(each))
    .toSorted((one, other) => {
      // Two who never had one: their difference is no number.
      const wait = (one.lastTurn ?? -Infinity) - (other.lastTurn ?? -Infinity) || 0
      return (by === 'load' ? one.load - other.load : 0) || wait || (one.id < other.id ? -1 : 1)
    })
  return first?.id ?? null
}

/** So many rules may follow from each other. */
export const DEEPEST_CHAIN = 5
/** So often may one rule act on one record within an hour: more is a loop through somebody outside. */
export const ACTS_AN_HOUR = 10

/** Why a rule does not act again, though it is so. */
export type BrakeReason = 'itself' | 'depth' | 'rate'

/** What is known of what a rule did before it would act on a record. */
export interface Chain {
  /** How many rules led here. */
  readonly depth: number
  /** Whether this rule acted on this record before in the same chain. */
  readonly hasActed: boolean
  /** How often it did so within the last hour, whatever the reason. */
  readonly lately: number
}

export function brakeFor({ depth, hasActed, lately }: Chain): BrakeReason | null {
  if (hasActed) return 'itself'
  if (depth >= DEEPEST_CHAIN) return 'depth'
  return lately >= ACTS_AN_HOUR ? 'rate' : null
}
