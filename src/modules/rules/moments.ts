import { sql } from 'kysely'
import type { Context } from '#platform/context.ts'
import type { JobWorld } from '#platform/worker.ts'
import { consider } from './consider.ts'
import { hoursFor } from './hours.ts'
import { momentsAfter } from './trigger.ts'
import { type WaitingRule, waitingRules } from './waiting-rules.ts'

const HOUR_MS = 3_600_000

/** Incidents of which it is asked at once whether their time has come. */
const AT_ONCE = 5000

/** Lets rules that wait for time speak of every moment since they were looked at last. */
export async function considerMoments(world: JobWorld): Promise<void> {
  const { until, rules } = await world.inTransaction(async (context) => ({
    until: context.now,
    rules: await waitingRules(context, ['time']),
  }))
  for (const rule of rules) {
    let after: Place | null = { anchor: '-infinity', id: FIRST_ID }
    while (after !== null) {
      const from: Place = after
      const { due, next } = await world.inTransaction((context) => momentsOf(context, rule, { until, after: from }))
      for (const { incidentId, at } of due) {
        const key = `${incidentId} ${new Date(at).toISOString()}`
        await consider(world, rule, { incidentId, occasion: { key, chain: key, depth: 0, text: '' } })
      }
      after = next
    }
    // Up to where it was looked, not up to when that was done.
    await world.inTransaction(async ({ db }) => {
      await db.updateTable('rule').set({ lookedAt: until }).where('id', '=', rule.id).execute()
    })
  }
}

const FIRST_ID = '00000000-0000-0000-0000-000000000000'

/** Where a page of incidents ends; the moment as the database has it, finer than ours. */
interface Place {
  readonly anchor: string
  readonly id: string
}

async function momentsOf(
  { db }: Context,
  { content, customerId, lookedAt, enabledSince }: WaitingRule,
  { until, after }: { readonly until: Date; readonly after: Place },
) {
  const { when } = content
  if (when.on !== 'time') return { due: [], next: null }
  const open = when.calendar === null ? undefined : (await hoursFor(db, content)).get(when.calendar)
  // A calendar that is gone never opens again.
  if (when.calendar !== null && open === undefined) return { due: [], next: null }
  const anchor = when.since === 'opened' ? sql.ref('opened_at') : sql.ref('updated_at')
  const { rows } = await sql<{ readonly id: string; readonly at: Date; readonly anchor: string }>`
    select id, ${anchor} as at, ${anchor}::text as anchor from incident
    where state in ('new', 'assigned', 'in-progress', 'on-hold', 'restored')
      and (${customerId}::uuid is null or customer_id = ${customerId})
      and ${anchor} <= ${new Date(until.getTime() - when.hours * HOUR_MS)}
      and (${anchor}, id) > (${after.anchor}::timestamptz, ${after.id}::uuid)
    order by ${anchor}, id limit ${AT_ONCE}`.execute(db)
  const looked = lookedAt !== null && lookedAt > enabledSince ? lookedAt : enabledSince
  const span = { from: looked.getTime() + 1, until: until.getTime(), open }
  const due = rows.flatMap(({ id: incidentId, at: since }) =>
    momentsAfter(when, { anchor: since.getTime(), ...span }).map((at) => ({ incidentId, at })),
  )
  const last = rows.at(-1)
  return { due, next: last === undefined || rows.length < AT_ONCE ? null : { anchor: last.anchor, id: last.id } }
}
