import { NONE, ruleTextFields, unknownFieldIn, type RuleField } from '#core/rule.ts'
import { invalid } from '#core/failure.ts'
import { incidentStates } from '#api/incidents'
import { requireProvider } from '#modules/escalations'
import { requireHolder } from '#modules/incidents'
import { levels, priorities } from '#api/service-levels'
import type { Db } from '#platform/context.ts'
import { looksLikeId } from '#platform/text-search.ts'
import type { RuleAction, RuleContent } from './shape.ts'

type NamedTable = 'customer' | 'site' | 'service' | 'team' | 'person' | 'calendar' | 'webhook'

/** Something that a rule names by its id, and where. */
interface Reference {
  readonly table: NamedTable
  readonly id: string
  readonly path: string
}

const tableOf: Readonly<Partial<Record<RuleField, NamedTable>>> = {
  customer: 'customer',
  site: 'site',
  service: 'service',
  team: 'team',
  assignee: 'person',
  requester: 'person',
  hours: 'calendar',
}

const wordsOf: Readonly<Partial<Record<RuleField, readonly string[]>>> = {
  priority: priorities,
  impact: levels,
  urgency: levels,
  state: incidentStates,
  channel: ['portal', 'mail', 'phone', 'chat', 'walk-up', 'api', 'monitoring', NONE],
}

function referencesIn({ when, if: groups, actions }: RuleContent): readonly Reference[] {
  const conditions = groups.flatMap((group, at) =>
    group.flatMap(({ field, values }, place) => {
      const table = tableOf[field]
      if (table === undefined) return []
      const path = `if.${at}.${place}.values`
      return values.filter((id) => id !== NONE || table === 'calendar').map((id) => ({ table, id, path }))
    }),
  )
  return [
    ...(when.on === 'time' && when.calendar !== null
      ? [{ table: 'calendar', id: when.calendar, path: 'when.calendar' } as const]
      : []),
    ...conditions,
    ...actions.flatMap((action, at) =>
      referencesOf(action).map((each) => ({ ...each, path: `actions.${at}.${each.path}` })),
    ),
  ]
}

function referencesOf(action: RuleAction): readonly Reference[] {
  const to = (table: NamedTable, path: string, id: string | null) => (id === null ? [] : [{ table, path, id }])
  if (action.do === 'team' || action.do === 'choose') return to('team', 'team', action.team)
  if (action.do === 'person' || action.do === 'mail' || action.do === 'watch')
    return to('person', 'person', action.person)
  if (action.do === 'escalate') return to('person', 'owner', action.owner)
  return action.do === 'webhook' ? to('webhook', 'webhook', action.webhook) : []
}

function textsIn({ actions }: RuleContent): readonly { readonly text: string; readonly path: string }[] {
  return actions.flatMap((action, at) => {
    if (action.do === 'note') return [{ text: action.text, path: `actions.${at}.text` }]
    if (action.do === 'escalate') return [{ text: action.reason, path: `actions.${at}.reason` }]
    if (action.do !== 'mail') return []
    return [
      { text: action.subject, path: `actions.${at}.subject` },
      { text: action.text, path: `actions.${at}.text` },
    ]
  })
}

/** What the ids in rules are called, of what is in sight. */
export async function namesIn(db: Db, contents: readonly RuleContent[]): Promise<ReadonlyMap<string, string>> {
  const ids = new Map<NamedTable, Set<string>>()
  for (const { table, id } of contents.flatMap(referencesIn)) {
    if (!looksLikeId(id)) continue
    ids.set(table, (ids.get(table) ?? new Set()).add(id))
  }
  const names = new Map<string, string>()
  for (const [table, of] of ids) {
    const rows = await db
      .selectFrom(table)
      .select(['id', 'name'])
      .where('id', 'in', [...of])
      .execute()
    for (const { id, name } of rows) names.set(id, name)
  }
  return names
}

/** Throws when a rule names something that there is not, or that its owner does not see. */
export async function requireKnown(db: Db, content: RuleContent): Promise<void> {
  for (const { text, path } of textsIn(content)) {
    const field = unknownFieldIn(text)
    if (field === null) continue
    const fields = ruleTextFields.map((each) => `{${each}}`).join(', ')
    throw invalid('rule.unknown-field', { field, fields }, { errors: [{ path, message: '' }] })
  }
  for (const [at, group] of content.if.entries()) {
    for (const [place, { field, values }] of group.entries()) {
      const words = wordsOf[field]
      const unknown = words && values.find((value) => !words.includes(value))
      if (unknown !== undefined) throw unknownValue(unknown, `if.${at}.${place}.values`)
    }
  }
  const names = await namesIn(db, [content])
  const missing = referencesIn(content).find(({ id }) => !names.has(id))
  if (missing !== undefined) throw unknownValue(missing.id, missing.path)
  for (const [at, action] of content.actions.entries()) {
    const lacks = action.do === 'mail' && action.to === 'person' && action.person === null
    if (lacks) throw invalid('rule.person-needed', {}, { errors: [{ path: `actions.${at}.person`, message: '' }] })
    if (action.do === 'person') await requireHolder(db, action.person)
    if (action.do === 'escalate' && action.owner !== null) await requireProvider({ db }, action.owner)
  }
}

function unknownValue(value: string, path: string) {
  return invalid('rule.unknown-value', { value }, { errors: [{ path, message: '' }] })
}
