import { type Language, languages } from '#core/text.ts'

/** What somebody reads, by language; empty where nobody wrote it yet. */
export type Words = Readonly<Record<Language, string>>

/** The words of one language; of another where that has none. */
export function said(words: Words, language: Language): string {
  return words[language] || (languages.map((each) => words[each]).find(Boolean) ?? '')
}

export const fieldKinds = ['text', 'choice', 'date', 'number', 'person', 'yes-no'] as const
export type FieldKind = (typeof fieldKinds)[number]

/** Something that is asked of whoever orders. */
export interface Field {
  /** Names it in answers and in the plan; stays when its label changes. */
  readonly key: string
  readonly kind: FieldKind
  readonly label: Words
  /** What the answer is needed for, for whoever asks themselves why they are asked. */
  readonly purpose: Words
  readonly required: boolean
  /** Of a choice. */
  readonly options: readonly { readonly value: string; readonly label: Words }[]
  /** Asked only where the answer to another field, before this one, is one of these. */
  readonly when: { readonly field: string; readonly is: readonly string[] } | null
}

export const approvers = ['person', 'customer-stakeholder', 'service-manager'] as const
export type Approver = (typeof approvers)[number]

/** One who is asked before anything is done; one after the other. */
export interface ApprovalStep {
  readonly by: Approver
  /** Of `person`. */
  readonly person: string | null
  /** Only from this price on, in the smallest unit; null is always. */
  readonly from: number | null
}

export const taskKinds = ['people', 'call'] as const
export type TaskKind = (typeof taskKinds)[number]

/** Something that has to be done. Tasks of one stage go on side by side, stages one after the other. */
export interface PlannedTask {
  readonly kind: TaskKind
  readonly title: Words
  /** Of `people`. */
  readonly team: string | null
  readonly stage: number
  /** Service time. */
  readonly seconds: number
  /** Keys of the fields that it needs. */
  readonly uses: readonly string[]
  /** Of `call`: where it is asked for. */
  readonly url: string | null
}

/** Service time that a plan takes: of tasks that go on side by side the longest. */
export function plannedSeconds(plan: readonly Pick<PlannedTask, 'stage' | 'seconds'>[]): number {
  const longest = new Map<number, number>()
  for (const { stage, seconds } of plan) longest.set(stage, Math.max(longest.get(stage) ?? 0, seconds))
  return [...longest.values()].reduce((sum, seconds) => sum + seconds, 0)
}

/** Who is asked for something of this price. */
export function stepsFor(steps: readonly ApprovalStep[], priceMinor: number | null): readonly ApprovalStep[] {
  return steps.filter(({ from }) => from === null || (priceMinor ?? 0) >= from)
}

/** By how many hands an item is fulfilled: none, some, or hands alone. */
export function automationOf(plan: readonly Pick<PlannedTask, 'kind'>[]): 'manual' | 'assisted' | 'touchless' {
  const calls = plan.filter(({ kind }) => kind === 'call').length
  if (calls === 0) return 'manual'
  return calls === plan.length ? 'touchless' : 'assisted'
}

/** What is wrong with an item, by where; null when nothing is. */
export function faultOf({
  fields,
  plan,
}: {
  readonly fields: readonly Field[]
  readonly plan: readonly PlannedTask[]
}): {
  readonly path: string
  readonly code: 'field-key' | 'field-options' | 'field-when' | 'task' | 'task-uses'
} | null {
  const known = new Set<string>()
  for (const [index, field] of fields.entries()) {
    const { key, kind, options, when } = field
    if (known.has(key)) return { path: `fields.${index}.key`, code: 'field-key' }
    if (kind === 'choice' && new Set(options.map(({ value }) => value)).size < Math.max(options.length, 2))
      return { path: `fields.${index}.options`, code: 'field-options' }
    // A condition on what is asked later could never be judged while somebody fills it in.
    if (when !== null && !known.has(when.field)) return { path: `fields.${index}.when`, code: 'field-when' }
    known.add(key)
  }
  for (const [index, { kind, team, url, uses }] of plan.entries()) {
    if (kind === 'people' ? team === null : url === null) return { path: `plan.${index}`, code: 'task' }
    if (uses.some((key) => !known.has(key))) return { path: `plan.${index}.uses`, code: 'task-uses' }
  }
  return null
}
