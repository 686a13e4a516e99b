import type { z } from 'zod'
import { refused } from '#core/failure.ts'
import { require } from '#core/may.ts'
import { DAY_MS } from '#core/calendar-rules.ts'
import { countAlike, getIncident } from '#modules/incidents'
import type { Context } from '#platform/context.ts'
import { audit, record } from '#platform/history.ts'
import { readActions } from './actions-query.ts'
import type { FollowUp, followUpMajorIncident as endpoint, FollowUps } from './api-follow-ups.ts'
import type { MajorIncident } from './api.ts'
import { type FollowUpDay, followUpDays, followUpDueAt, nextFollowUp } from './follow-up.ts'
import { barredFromLeading } from './may.ts'
import { lockMajorIncident, readMajorIncident, updateMajorIncident } from './queries.ts'

interface Made {
  readonly day: FollowUpDay
  readonly text: string
  readonly recurred: boolean
  readonly verified: boolean
  readonly actions: { readonly all: number; readonly done: number }
}

/** When the report was first given out, and what was looked at since. */
async function recordedOf({ db }: Pick<Context, 'db'>, { id, reportIssuedAt }: MajorIncident) {
  const rows = await db
    .selectFrom('history')
    .leftJoin('person', 'person.id', 'history.actorId')
    .select(['history.kind', 'history.facts', 'history.occurredAt', 'person.name'])
    .where('history.subjectId', '=', id)
    .where('history.subjectType', '=', 'major-incident')
    .where('history.kind', 'in', ['major-incident.report-issued', 'major-incident.followed-up'])
    .orderBy('history.occurredAt')
    .orderBy('history.sequence')
    .execute()
  const issuedAt = rows.find(({ kind }) => kind === 'major-incident.report-issued')?.occurredAt ?? reportIssuedAt
  const made = rows
    .filter(({ kind }) => kind === 'major-incident.followed-up')
    .map(({ facts, occurredAt: at, name }) => ({ ...(facts as unknown as Made), at, by: name }))
  return { issuedAt, made }
}

/** What was looked at 30, 60 and 90 days after the report, and what is known now of its actions and of its coming back. */
export async function readFollowUps(context: Context, id: string): Promise<FollowUps> {
  const { db, now } = context
  const major = await readMajorIncident(context, id)
  const { issuedAt, made } = await recordedOf(context, major)
  const actions = await readActions(db, id)
  const today = now.toISOString().slice(0, 10)
  const next = issuedAt === null ? null : nextFollowUp(made)
  const over = made.some(({ verified }) => verified)
  return {
    items: issuedAt === null ? [] : followUpDays.flatMap((day) => itemOf(day, { issuedAt, made, over })),
    next,
    actions: {
      all: actions.length,
      done: actions.filter(({ doneAt }) => doneAt !== null).length,
      late: actions.filter(({ doneAt, due }) => doneAt === null && due !== null && due < today).length,
    },
    again: await againOf(context, major),
  }
}

interface Known {
  readonly issuedAt: Date
  readonly made: Awaited<ReturnType<typeof recordedOf>>['made']
  readonly over: boolean
}

function itemOf(day: FollowUpDay, { issuedAt, made, over }: Known): FollowUp[] {
  const found = made.find((each) => each.day === day)
  // What is verified is not looked at again.
  if (found === undefined && over) return []
  const dueAt = followUpDueAt(issuedAt, day)
  if (found === undefined) {
    return [{ day, dueAt, madeAt: null, madeBy: null, text: '', recurred: null, verified: false, actions: null }]
  }
  const { at, by, text, recurred, verified, actions } = found
  return [{ day, dueAt, madeAt: at, madeBy: by, text, recurred, verified, actions }]
}

/** How often the like of it was logged since: the list that the figure opens has the same conditions. */
async function againOf(context: Context, { incident, restoredAt }: MajorIncident): Promise<FollowUps['again']> {
  const { service, category, customer } = await getIncident(context, incident.id)
  if (restoredAt === null || (service === null && category === null)) return null
  const from = new Date(restoredAt.getTime() + DAY_MS).toISOString().slice(0, 10)
  const { count, more } = await countAlike(context, {
    customer: customer.id,
    ...(service && { service: service.id }),
    ...(category !== null && { category }),
    openedFrom: from,
    zone: 'UTC',
  })
  return { incidents: count, more, from, service, category }
}

/** Says what was found when it was looked at again. Throws when none is owed, and when it cannot be verified yet. */
export async function followUpMajorIncident(
  context: Context,
  id: string,
  { text, recurred, verified }: z.output<typeof endpoint.body>,
): Promise<FollowUps> {
  const major = await readMajorIncident(context, id)
  require(barredFromLeading(context.actor, major))
  await lockMajorIncident(context.db, id)
  const { issuedAt, made } = await recordedOf(context, major)
  const day = issuedAt === null ? null : nextFollowUp(made)
  if (issuedAt === null || day === null) {
    throw refused('major-incident.no-follow-up', { issued: issuedAt === null ? 'no' : 'yes' })
  }
  const all = await readActions(context.db, id)
  const actions = { all: all.length, done: all.filter(({ doneAt }) => doneAt !== null).length }
  if (verified && (recurred || actions.done < actions.all)) {
    throw refused('major-incident.not-verified', {
      recurred: recurred ? 'yes' : 'no',
      open: actions.all - actions.done,
    })
  }
  const about = { subjectType: 'major-incident', subjectId: id, customerId: major.customer.id } as const
  const facts = { day, text, recurred, verified, actions }
  await record(context, { ...about, kind: 'major-incident.followed-up', facts })
  await audit(context, { action: 'major-incident.followed-up', ...about, facts: { day, recurred, verified } })
  const next = nextFollowUp([...made, { day, verified }])
  await updateMajorIncident(context, id, { followUpDue: next === null ? null : followUpDueAt(issuedAt, next) })
  return readFollowUps(context, id)
}
