import { Failure, invalid, notFound } from '#core/failure.ts'
import { newId } from '#core/id.ts'
import { barredFromManaging, barredFromWorking, require } from '#core/may.ts'
import { requireCustomer } from '#modules/customers'
import { requireResolutionCode } from '#modules/incidents'
import { requireTeam } from '#modules/people'
import type { Context } from '#platform/context.ts'
import { audit } from '#platform/history.ts'
import type { Macro, NewMacro, NewTextTemplate, Scope, TextTemplate } from './api.ts'
import { requireKnownFields } from './fields.ts'
import { isMember, listMacros, listTemplates } from './queries.ts'

interface Belonging {
  readonly customer: string | null
  readonly scope: Scope
  readonly team?: string | undefined
}

/** Whose it becomes. What everybody uses is for those who manage, what a team uses for those who are in it. */
async function ownersOf(context: Context, { customer, scope, team }: Belonging) {
  const { db, actor } = context
  require(barredFromWorking(actor))
  // A part of a customer is not for saying what holds for the whole of it.
  if (customer === null && scope !== 'mine' && actor.access === 'limited')
    throw new Failure('forbidden', 'may.own-customers')
  const customerId = customer === null ? null : (await requireCustomer(db, customer)).id
  if (scope === 'everybody') require(barredFromManaging(actor))
  // The program has nothing of its own.
  if (scope === 'mine' && actor.personId === null) throw new Failure('forbidden', 'may.session')
  if (scope !== 'team') return { customerId, ownerId: scope === 'mine' ? actor.personId : null, teamId: null }
  if (team === undefined) throw invalid('macro.team-needed', {}, { errors: [{ path: 'team', message: '' }] })
  const { id: teamId, name } = await requireTeam(db, team)
  // Nobody else would see what becomes of it.
  if (!(await isMember(db, teamId, actor.personId)))
    throw invalid('macro.other-team', { team: name }, { errors: [{ path: 'team', message: '' }] })
  return { customerId, ownerId: null, teamId }
}

/** Whether somebody may change one that they see: their own, their team's, or everybody's when they manage. */
function requireKeeper({ actor }: Context, { scope, customer }: Pick<Macro, 'scope' | 'customer'>): void {
  require(barredFromWorking(actor))
  if (scope === 'everybody') require(barredFromManaging(actor))
  if (scope !== 'mine' && customer === null && actor.access === 'limited')
    throw new Failure('forbidden', 'may.own-customers')
}

async function requireTemplate(context: Context, id: string): Promise<TextTemplate> {
  const found = (await listTemplates(context)).find((each) => each.id === id)
  if (found === undefined) throw notFound('text-template.not-found')
  return found
}

export async function requireMacro(context: Context, id: string): Promise<Macro> {
  const found = (await listMacros(context)).find((each) => each.id === id)
  if (found === undefined) throw notFound('macro.not-found')
  return found
}

/** Adds words to use again. */
export async function addTemplate(context: Context, given: NewTextTemplate): Promise<TextTemplate> {
  const { db, now } = context
  const { name, language, text } = given
  const owners = await ownersOf(context, given)
  requireKnownFields(text)
  const id = newId(now.getTime())
  await db
    .insertInto('textTemplate')
    .values({ id, name, language, text, ...owners, createdAt: now })
    .execute()
  await tell(context, 'text-template.added', { id, customerId: owners.customerId })
  return requireTemplate(context, id)
}

export async function changeTemplate(
  context: Context,
  id: string,
  version: number,
  given: NewTextTemplate,
): Promise<TextTemplate> {
  const kept = await requireTemplate(context, id)
  requireKeeper(context, kept)
  if (kept.version !== version) throw new Failure('moved-on', 'request.moved-on')
  const owners = await ownersOf(context, given)
  requireKnownFields(given.text)
  const { name, language, text } = given
  await context.db
    .updateTable('textTemplate')
    .set({ name, language, text, ...owners, version: version + 1 })
    .where('id', '=', id)
    .execute()
  await tell(context, 'text-template.changed', { id, customerId: owners.customerId })
  return requireTemplate(context, id)
}

export async function removeTemplate(context: Context, id: string): Promise<null> {
  const kept = await requireTemplate(context, id)
  requireKeeper(context, kept)
  await context.db.deleteFrom('textTemplate').where('id', '=', id).execute()
  await tell(context, 'text-template.removed', { id, customerId: kept.customer?.id ?? null })
  return null
}

/** The columns of what a macro does. Throws when that could never be done. */
async function stepsOf(context: Context, given: NewMacro) {
  const { text, visibility, toState, reason, resolutionCode, category, toTeam, takes } = given
  requireKnownFields(text)
  if (toState === 'on-hold' && reason === null)
    throw invalid('incident.reason-needed', {}, { errors: [{ path: 'reason', message: '' }] })
  if (toState === 'resolved' && text === '')
    throw invalid('incident.resolution-needed', {}, { errors: [{ path: 'text', message: '' }] })
  if (text === '' && toState === null && category === null && toTeam === null && !takes)
    throw invalid('macro.nothing', {}, { errors: [{ path: 'text', message: '' }] })
  const ends = toState === 'resolved' ? resolutionCode : null
  if (ends !== null) await requireResolutionCode(context, ends)
  return {
    text,
    visibility,
    toState,
    reason: toState === 'on-hold' ? reason : null,
    resolutionCode: ends,
    category,
    toTeamId: toTeam === null ? null : (await requireTeam(context.db, toTeam)).id,
    takes,
  }
}

/** Adds steps to take together. */
export async function addMacro(context: Context, given: NewMacro): Promise<Macro> {
  const { db, now } = context
  const owners = await ownersOf(context, given)
  const id = newId(now.getTime())
  const steps = await stepsOf(context, given)
  await db
    .insertInto('macro')
    .values({ id, name: given.name, ...steps, ...owners, createdAt: now })
    .execute()
  await tell(context, 'macro.added', { id, customerId: owners.customerId })
  return requireMacro(context, id)
}

export async function changeMacro(context: Context, id: string, version: number, given: NewMacro): Promise<Macro> {
  const kept = await requireMacro(context, id)
  requireKeeper(context, kept)
  if (kept.version !== version) throw new Failure('moved-on', 'request.moved-on')
  const owners = await ownersOf(context, given)
  const steps = await stepsOf(context, given)
  await context.db
    .updateTable('macro')
    .set({ name: given.name, ...steps, ...owners, version: version + 1 })
    .where('id', '=', id)
    .execute()
  await tell(context, 'macro.changed', { id, customerId: owners.customerId })
  return requireMacro(context, id)
}

export async function removeMacro(context: Context, id: string): Promise<null> {
  const kept = await requireMacro(context, id)
  requireKeeper(context, kept)
  await context.db.deleteFrom('macro').where('id', '=', id).execute()
  await tell(context, 'macro.removed', { id, customerId: kept.customer?.id ?? null })
  return null
}

async function tell(
  context: Context,
  action: string,
  { id, customerId }: { readonly id: string; readonly customerId: string | null },
): Promise<void> {
  await audit(context, { action, subjectType: action.split('.')[0]!, subjectId: id, customerId })
}
