import { notFound, refused } from '#core/failure.ts'
import { reachable } from '#core/lifecycle.ts'
import { barredFromWorking, require } from '#core/may.ts'
import type { Language } from '#core/text.ts'
import { incidentLifecycle, type IncidentPage } from '#api/incidents'
import { addNote, changeIncident, getIncident, transitIncident } from '#modules/incidents'
import type { Context } from '#platform/context.ts'
import { audit } from '#platform/history.ts'
import { requireMacro } from './actions.ts'
import type { Macro, ReadyWords } from './api.ts'
import { filledText, type TextValues } from './fields.ts'
import { listMacros, listTemplates, nameOf } from './queries.ts'

async function valuesOf({ db, actor }: Context, incident: IncidentPage): Promise<TextValues> {
  return {
    number: incident.number,
    title: incident.title,
    customer: incident.customer.name,
    requester: incident.requester?.name ?? '',
    site: incident.site?.name ?? '',
    service: incident.service?.name ?? '',
    team: incident.team?.name ?? '',
    category: incident.category ?? '',
    me: await nameOf(db, actor.personId),
  }
}

/** What may be used for an incident: what is for its customer or for all, in the customer's language first. */
export async function readyWords(context: Context, idOrNumber: string): Promise<ReadyWords> {
  require(barredFromWorking(context.actor))
  const incident = await getIncident(context, idOrNumber)
  const { customer } = incident
  const values = await valuesOf(context, incident)
  const language = await languageOf(context, customer.id)
  const fits = (each: Pick<Macro, 'customer'>) => each.customer === null || each.customer.id === customer.id
  const filled = <Words extends { readonly text: string }>(each: Words) => ({
    ...each,
    text: filledText(each.text, values),
  })
  const templates = (await listTemplates(context)).filter(fits).map(filled)
  const macros = (await listMacros(context)).filter(fits).map(filled)
  return {
    templates: [
      ...templates.filter((each) => each.language === language),
      ...templates.filter((each) => each.language !== language),
    ],
    macros: macros.map((each) => ({ ...each, possible: isPossible(each, incident) })),
  }
}

async function languageOf({ db }: Context, customerId: string): Promise<Language> {
  const row = await db.selectFrom('customer').select('language').where('id', '=', customerId).executeTakeFirst()
  return row?.language === 'de' ? 'de' : 'en'
}

/** Whether its state can be reached; what only writes can be used wherever somebody still writes. */
function isPossible({ toState }: Pick<Macro, 'toState'>, { state }: Pick<IncidentPage, 'state'>): boolean {
  if (toState === null) return state !== 'closed' && state !== 'cancelled'
  return reachable(incidentLifecycle, state).includes(toState)
}

/** Takes all steps of a macro, or none: where the incident goes, what is said, and its state. */
export async function applyMacro(
  context: Context,
  idOrNumber: string,
  { macro: id, text: said }: { readonly macro: string; readonly text?: string | undefined },
): Promise<IncidentPage> {
  require(barredFromWorking(context.actor))
  const macro = await requireMacro(context, id)
  const incident = await getIncident(context, idOrNumber)
  const { customer, toState, reason, visibility, category, resolutionCode, toTeam, takes } = macro
  if (customer !== null && customer.id !== incident.customer.id) throw notFound('macro.not-found')
  if (!isPossible(macro, incident)) throw refused('macro.not-here', { macro: macro.name })
  const text = said ?? filledText(macro.text, await valuesOf(context, incident))
  const change = {
    ...(category !== null && { category }),
    ...(toTeam !== null && { team: toTeam.id, ...(!takes && toTeam.id !== incident.team?.id && { assignee: null }) }),
    ...(takes && { assignee: context.actor.personId }),
  }
  let now = incident
  // What resolves is said with it; everything else is a note of its own, and before the state that may end the writing.
  const withState = toState === 'resolved'
  if (text !== '' && !withState) await addNote(context, incident.id, { text, visibility })
  if (Object.keys(change).length > 0) {
    const { version } = await getIncident(context, incident.id)
    now = await changeIncident(context, incident.id, version, change)
  }
  if (toState !== null) {
    now = await transitIncident(context, incident.id, {
      to: toState,
      ...(reason !== null && { reason }),
      ...(withState && { note: text, ...(resolutionCode !== null && { resolutionCode }) }),
    })
  } else if (Object.keys(change).length === 0) now = await getIncident(context, incident.id)
  await audit(context, {
    action: 'macro.used',
    subjectType: 'incident',
    subjectId: incident.id,
    customerId: incident.customer.id,
    facts: { macro: macro.id },
  })
  return now
}
