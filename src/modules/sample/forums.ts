import { addForum, planAll, recordRun } from '#modules/forums'
import type { Context } from '#platform/context.ts'
import type { SampleCompany } from '#sample/company.ts'
import { type SampleForum, sampleForums } from '#sample/forums.ts'
import { type Random, randomOf } from '#sample/random.ts'

const DAY_MS = 86_400_000
/** Since so many days they meet; planning goes on in steps of as many as are planned ahead. */
const SINCE = 70
const STEP = 35
/** So many of a hundred are not held. */
const NOT_HELD = 0.08

/** Writes forums with the meetings of the last ten weeks: most held, some late or without result, a few not. */
export async function writeForums(
  context: Context,
  { company, seed }: { readonly company: SampleCompany; readonly seed: string },
): Promise<void> {
  const on = (days: number): Context => ({ ...context, now: new Date(context.now.getTime() + days * DAY_MS) })
  const made: { readonly id: string; readonly forum: SampleForum; readonly people: readonly string[] }[] = []
  for (const forum of sampleForums) {
    const customer = company.customers.find(({ key }) => key === forum.customer)
    if (customer === undefined) continue
    const people = company.staff
      .filter(({ team }) => team === forum.team)
      .slice(0, forum.people)
      .map(({ id }) => id)
    const { name, purpose, tier, atMinute, minutes, quorum } = forum
    const supplier = forum.supplier === undefined ? undefined : await supplierNamed(context, forum.supplier)
    const { id } = await addForum(on(-SINCE), {
      customer: customer.id,
      ...(supplier !== undefined && { supplier }),
      name,
      purpose,
      tier,
      atMinute,
      minutes,
      quorum,
      weekdays: [...forum.weekdays],
      weeks: forum.weeks ?? 1,
      nth: forum.nth ?? null,
      months: 1,
      startsOn: on(-SINCE).now.toISOString().slice(0, 10),
      timeZone: customer.timeZone,
      agenda: [...forum.agenda],
      inputs: [...forum.inputs],
      kpis: [...forum.kpis],
      chair: people[0],
      members: [...people],
    })
    made.push({ id, forum, people })
  }
  for (let day = STEP - SINCE; day <= 0; day += STEP) await planAll(on(day))
  for (const each of made) await writeMeetings(context, each, randomOf(`${seed}/forums/${each.forum.name}`))
}

async function supplierNamed({ db }: Context, name: string): Promise<string | undefined> {
  const row = await db.selectFrom('supplier').select('id').where('name', '=', name).executeTakeFirst()
  return row?.id
}

interface Written {
  readonly id: string
  readonly forum: SampleForum
  readonly people: readonly string[]
}

/** What became of the meetings that are over, but for the last one, which nobody has written down yet. */
async function writeMeetings(context: Context, { id, forum, people }: Written, random: Random): Promise<void> {
  const runs = await context.db
    .selectFrom('forumRun')
    .select(['id', 'plannedAt'])
    .where('forumId', '=', id)
    .where('plannedAt', '<', context.now)
    .orderBy('plannedAt')
    .execute()
  for (const [index, run] of runs.slice(0, -1).entries()) {
    if (random.chance(NOT_HELD)) {
      await recordRun(context, run.id, 1, { state: 'not-held', reason: forum.notHeld })
      continue
    }
    const late = random.chance(0.15) ? random.whole(6, 14) : random.whole(0, 3)
    const beganAt = new Date(run.plannedAt.getTime() + late * 60_000)
    const said = random.chance(0.85) ? forum.minutesOf[index % forum.minutesOf.length]! : undefined
    await recordRun(context, run.id, 1, {
      state: 'held',
      beganAt,
      endedAt: new Date(beganAt.getTime() + forum.minutes * 60_000),
      present: people.filter(() => random.chance(0.85)),
      ...(said !== undefined && { minutes: said }),
    })
  }
}
