import { sql } from 'kysely'
import { Failure } from '#core/failure.ts'
import { barredFromWorking, require } from '#core/may.ts'
import type { Context } from '#platform/context.ts'
import { sentence } from '#platform/problem.ts'
import { changeIncident } from './change.ts'
import { transitIncident } from './transit.ts'
import type { BulkChange, changeIncidents as endpoint } from './api.ts'
import type { ReplyOf } from '#core/endpoint.ts'
import { lockIncident } from './queries.ts'

type Changed = ReplyOf<typeof endpoint>['items'][number]

/**
 * The same change of several incidents, each as if it were made alone: its own rules, facts and clocks. What is refused for
 * one leaves that one as it was and the others changed. In a fixed order, so that two who do so wait for each other instead
 * of both being stopped.
 */
export async function changeIncidents(context: Context, change: BulkChange): Promise<ReplyOf<typeof endpoint>> {
  require(barredFromWorking(context.actor))
  const asked = [...new Set(change.incidents)]
  const items = new Map<string, Changed>()
  for (const incident of asked.toSorted()) items.set(incident, await changeOne(context, incident, change))
  return {
    changed: [...items.values()].filter(({ changed }) => changed).length,
    items: asked.map((incident) => items.get(incident)!),
  }
}

async function changeOne(context: Context, incident: string, change: BulkChange): Promise<Changed> {
  const { db, actor } = context
  await sql`savepoint one_of_several`.execute(db)
  let found: Pick<Changed, 'number' | 'version'> = { number: null, version: null }
  try {
    const { id, number, version, teamId, assigneeId, state, impact, urgency } = await lockIncident(db, incident)
    found = { number, version }
    const { assign, rate, transition, versions } = change
    if ((versions?.[incident] ?? version) !== version) throw new Failure('moved-on', 'request.moved-on')
    const before = {
      team: teamId,
      assignee: assigneeId,
      state,
      impact: impact as 'high',
      urgency: urgency as 'high',
    }
    let now = version
    if (assign ?? rate) now = (await changeIncident(context, id, version, { ...assign, ...rate })).version
    if (transition) now = (await transitIncident(context, id, transition)).version
    await sql`release savepoint one_of_several`.execute(db)
    return { incident, number, changed: true, code: null, message: null, version: now, before }
  } catch (error) {
    if (!(error instanceof Failure)) throw error
    await sql`rollback to savepoint one_of_several`.execute(db)
    const message = sentence(error, actor.language)
    return { incident, ...found, changed: false, code: error.code, message, before: null }
  }
}
