import { filledText, type RuleTextValues } from '#core/rule.ts'
import { insertEscalation, requireProvider } from '#modules/escalations'
import { actorsSeeing, addNote, changeIncident, getIncident } from '#modules/incidents'
import { writeNotice } from '#modules/mail'
import { addWatcher } from '#modules/notifications'
import { sendByRule } from '#modules/webhooks'
import { configurationOf } from '#platform/configuration.ts'
import type { Context } from '#platform/context.ts'
import type { RuleAct } from './api.ts'
import { chooseIn } from './choose.ts'
import { type KnownRecord, readRecords } from './record.ts'
import type { ActionKind, RuleAction } from './shape.ts'

/** A rule as it acts. */
export interface ActingRule {
  readonly id: string
  readonly name: string
  readonly number: number
}

interface Acting {
  readonly rule: ActingRule
  /** The run by which it acts. */
  readonly runId: string
  readonly incidentId: string
}

/** Nobody works on what is over, and nobody writes into it: it is only told of. */
const OVER: readonly string[] = ['closed', 'cancelled']

/** Does what a rule says, one after the other, in the transaction of its run. */
export async function actOn(context: Context, acting: Acting, actions: readonly RuleAction[]): Promise<RuleAct[]> {
  const done: RuleAct[] = []
  for (const action of actions) done.push({ do: action.do, ...(await act(context, acting, action)) })
  return done
}

type Act = Omit<RuleAct, 'do'>

const skippedFor = (skipped: NonNullable<RuleAct['skipped']>, what = ''): Act => ({ what, skipped })

async function act(context: Context, acting: Acting, action: RuleAction): Promise<Act> {
  const { db } = context
  const [known] = await readRecords(db, [acting.incidentId])
  if (known === undefined) return skippedFor('not-there')
  const isMessage = action.do === 'mail' || action.do === 'webhook'
  if (!isMessage && OVER.includes(known.record.state)) return skippedFor('over')
  return doers[action.do](context, { acting, known }, action as never)
}

/** What acts, and on what. */
interface On {
  readonly acting: Acting
  readonly known: KnownRecord
}

type Doer<Kind extends ActionKind> = (
  context: Context,
  on: On,
  action: Extract<RuleAction, { do: Kind }>,
) => Promise<Act>

const doers: { readonly [Kind in ActionKind]: Doer<Kind> } = {
  team: (context, { known }, { team }) => toTeam(context, known, team),
  person: (context, { known }, { person }) => toPerson(context, known, person),
  choose: (context, { known }, action) => toChosen(context, known, action),
  rate: (context, { known }, action) => rate(context, known, action),
  categorise: (context, { known }, { category }) => categorise(context, known, category),
  note: (context, { acting }, { text }) => note(context, acting, text),
  mail,
  escalate,
  watch: (context, { known }, { person }) => watch(context, known, person),
  webhook: (context, on, { webhook }) => tellWebhook(context, on, webhook),
}

/** As much of a text as the database takes: no half of a character, and no end of a text within it. */
function cut(text: string, most: number): string {
  return text.replaceAll('\0', '').slice(0, most).toWellFormed()
}

async function categorise(context: Context, { id, version, record }: KnownRecord, category: string): Promise<Act> {
  if (record.category === category) return skippedFor('already', category)
  await changeIncident(context, id, version, { category })
  return { what: category }
}

async function nameOf({ db }: Context, table: 'team' | 'person' | 'webhook', id: string): Promise<string | null> {
  const row = await db.selectFrom(table).select('name').where('id', '=', id).executeTakeFirst()
  return row?.name ?? null
}

async function toTeam(context: Context, { id, version, record }: KnownRecord, team: string): Promise<Act> {
  const name = await nameOf(context, 'team', team)
  if (name === null) return skippedFor('not-there')
  if (record.team === team) return skippedFor('already', name)
  await changeIncident(context, id, version, { team })
  return { what: name }
}

async function toPerson(context: Context, { id, version, record }: KnownRecord, person: string): Promise<Act> {
  const name = await nameOf(context, 'person', person)
  if (name === null) return skippedFor('not-there')
  if (record.assignee === person) return skippedFor('already', name)
  await changeIncident(context, id, version, { assignee: person })
  return { what: name }
}

async function toChosen(
  context: Context,
  known: KnownRecord,
  action: Extract<RuleAction, { do: 'choose' }>,
): Promise<Act> {
  const { id, version, record } = known
  const team = action.team ?? record.team
  if (team === null) return skippedFor('no-team')
  if (record.assignee !== null && record.team === team) return skippedFor('already')
  const chosen = await chooseIn(context, known, { ...action, team })
  if ('skipped' in chosen) return skippedFor(chosen.skipped)
  await changeIncident(context, id, version, { assignee: chosen.person, ...(team !== record.team && { team }) })
  return { what: chosen.name }
}

async function rate(
  context: Context,
  { id, version, record }: KnownRecord,
  { impact, urgency }: Extract<RuleAction, { do: 'rate' }>,
): Promise<Act> {
  const change = {
    ...(impact !== null && impact !== record.impact && { impact }),
    ...(urgency !== null && urgency !== record.urgency && { urgency }),
  }
  if (Object.keys(change).length === 0) return skippedFor('already')
  const { priority } = await changeIncident(context, id, version, change)
  return { what: priority.toUpperCase() }
}

async function note(context: Context, acting: Acting, text: string): Promise<Act> {
  const filled = filledText(text, await valuesFor(context, acting))
    .replaceAll('\0', '')
    .toWellFormed()
  await addNote(context, acting.incidentId, { text: filled, visibility: 'internal' })
  return { what: cut(filled, 200) }
}

async function mail(
  context: Context,
  { acting, known }: On,
  { to, person, subject, text }: Extract<RuleAction, { do: 'mail' }>,
): Promise<Act> {
  const { team, assignee } = known.record
  const personIds = to === 'team' ? await membersOf(context, team) : [to === 'person' ? person : assignee]
  const asked = personIds.filter((each) => each !== null)
  const recipients = [...(await actorsSeeing(context, known.id, asked)).keys()]
  if (recipients.length === 0) return skippedFor('nobody')
  const values = await valuesFor(context, acting)
  const filled = filledText(subject, values)
  const skipped = await writeNotice(context, {
    incident: { id: known.id, customerId: known.customerId, teamId: team },
    personIds: recipients,
    subject: filled,
    text: filledText(text, values),
    factId: acting.runId,
  })
  const what = cut(filled, 500)
  return skipped === null ? { what } : skippedFor(skipped, what)
}

async function membersOf({ db }: Context, teamId: string | null): Promise<string[]> {
  if (teamId === null) return []
  const rows = await db.selectFrom('teamMember').select('personId').where('teamId', '=', teamId).execute()
  return rows.map(({ personId }) => personId)
}

async function escalate(
  context: Context,
  { acting, known }: On,
  { level, kind, owner, reason: asked }: Extract<RuleAction, { do: 'escalate' }>,
): Promise<Act> {
  if (owner !== null) await requireProvider(context, owner)
  const reason = cut(filledText(asked, await valuesFor(context, acting)), 4000)
  await insertEscalation(context, {
    incidentId: known.id,
    customerId: known.customerId,
    source: 'auto',
    direction: kind === 'hierarchic' ? 'to-management' : 'inbound',
    kind,
    level,
    reason,
    ownerId: owner,
    ruleId: null,
  })
  return { what: cut(reason, 200) }
}

async function watch(context: Context, { id, customerId }: KnownRecord, personId: string): Promise<Act> {
  const name = await nameOf(context, 'person', personId)
  if (name === null) return skippedFor('not-there')
  const added = await addWatcher(context, { id, customerId }, personId)
  return added ? { what: name } : skippedFor('already', name)
}

async function tellWebhook(context: Context, { acting: { rule, runId }, known }: On, webhookId: string): Promise<Act> {
  const { id, number, customerId, record } = known
  const { title, state, priority } = record
  const skipped = await sendByRule(context, {
    webhookId,
    runId,
    rule: { id: rule.id, name: rule.name, version: rule.number },
    incident: { id, number, title, customerId, state, priority },
  })
  const name = (await nameOf(context, 'webhook', webhookId)) ?? ''
  return skipped === null ? { what: name } : skippedFor(skipped, name)
}

/** What the fields of a rule's texts stand for. */
async function valuesFor(context: Context, { rule, incidentId }: Acting): Promise<RuleTextValues> {
  const { number, title, customer, priority, team, assignee, requester, service, site } = await getIncident(
    context,
    incidentId,
  )
  return {
    number,
    title,
    customer: customer.name,
    priority: priority.toUpperCase(),
    team: team?.name ?? '–',
    assignee: assignee?.name ?? '–',
    requester: requester?.name ?? '–',
    service: service?.name ?? '–',
    site: site?.name ?? '–',
    link: `${configurationOf(process.env).url}/incidents/${number}`,
    rule: rule.name,
  }
}
