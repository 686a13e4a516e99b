import { expect, test } from 'vitest'
import { randomUUID } from 'node:crypto'
import { system } from '#platform/context.ts'
import { actorWith, inContext } from '#platform/testing.ts'
import { testWorld } from '../../testing.ts'
import { foldFelt } from './felt.ts'
import { listSurveys } from './surveys.ts'
import { reportExperience } from './experience.ts'

type World = Awaited<ReturnType<typeof testWorld>>

const MONTH = '2026-03-01'

/** What the sums say and what the rows say, by everything that they are told by. */
async function bothCounts({ database }: World) {
  const all = async (statement: string) => (await database.pool.query<object>(statement)).rows
  const order = 'order by 1, 2, 3, 4, 5, 6, 7, 8'
  const sums = await all(`
    select survey_id, service_id, part, scale, score, lost_minutes, factor, sum(people)::int as people from felt_sum
    group by 1, 2, 3, 4, 5, 6, 7 having sum(people) <> 0 ${order}`)
  const rows = await all(`
    select survey_id, service_id, 'asked' as part, null as scale, null::int as score, null::int as lost_minutes, null as factor,
      count(*)::int as people
    from survey_invitation i where not exists (select from incident where incident.id = i.incident_id
      and (concerns_privacy or concerns_security)) group by 1, 2
    union all select survey_id, service_id, 'score', scale, score, null, null, count(*)::int from answer group by 1, 2, 4, 5
    union all select survey_id, service_id, 'lost', null, null, lost_minutes, null, count(*)::int from answer
    where lost_minutes is not null group by 1, 2, 6
    union all select survey_id, service_id, 'factor', null, null, null, named, count(*)::int from answer, unnest(factors) named
    where score <= case scale when 'csat' then 3 when 'ces' then 4 else 6 end group by 1, 2, 7 ${order}`)
  return { sums, rows }
}

async function same(here: World): Promise<void> {
  const { sums, rows } = await bothCounts(here)
  expect(sums).toEqual(rows)
}

test('sums are what the rows are, whatever is answered, added, taken back or found to be confidential; a part sees its own', async () => {
  const here = await testWorld()
  const { call, database } = here
  const made = async (path: string, body: object) => {
    const { status, body: reply, text } = await call('POST', path, body)
    expect(status, text).toBe(201)
    return reply as { id: string; number: string }
  }
  const customer = await made('/customers', { name: 'Nordhafen', key: 'NHL', language: 'de' })
  const [scanners, printers] = [
    await made('/services', { customer: customer.id, name: 'Scanners' }),
    await made('/services', { customer: customer.id, name: 'Printers' }),
  ]
  const survey = await made('/surveys', {
    name: 'Each',
    customer: customer.id,
    trigger: 'event',
    scale: 'csat',
    anonymity: 'confidential',
  })
  const incident = await made('/incidents', { customer: customer.id, title: 'Tot', impact: 'low', urgency: 'low' })
  const put = (table: string, row: object) => {
    const whole = { id: randomUUID(), survey_id: survey.id, customer_id: customer.id, month: MONTH, ...row }
    const names = Object.keys(whole)
    const places = names.map((_, nth) => `$${nth + 1}`)
    return database.pool.query(
      `insert into ${table} (${names.join(', ')}) values (${places.join(', ')})`,
      Object.values(whole),
    )
  }
  const asked = { language: 'de', expires_at: MONTH }
  for (let nth = 0; nth < 14; nth++) {
    const of = { service_id: nth % 7 < 4 ? scanners.id : printers.id }
    await put('survey_invitation', { ...of, ...asked, incident_id: nth === 0 ? incident.id : null })
    const felt = {
      scale: 'csat',
      score: 1 + (nth % 5),
      lost_minutes: nth % 3 === 0 ? null : 10 * nth,
      factors: ['speed'],
    }
    if (nth < 10) await put('survey_answer', { ...of, ...felt, anonymity: 'confidential' })
    else await put('anonymous_answer', { ...of, ...felt })
  }
  await same(here)
  await inContext(database, ({ db }) => foldFelt(db), { actor: system })
  await same(here)
  const keys = `select count(*)::int as rows, count(distinct (survey_id, service_id, part, scale, score, lost_minutes, factor))::int as keys
    from felt_sum`
  const { rows: folded } = await database.pool.query<{ rows: number; keys: number }>(keys)
  expect(folded[0]!.rows).toBe(folded[0]!.keys)

  // Somebody adds to an answer, another is forgotten, all anonymous ones are written anew, an answer comes from elsewhere.
  await database.pool.query(`update survey_answer set lost_minutes = 7, factors = '{updates,speed}' where score = 2`)
  await database.pool.query(`delete from survey_answer where score = 5`)
  await database.pool.query(
    `with taken as (delete from anonymous_answer returning *) insert into anonymous_answer select * from taken`,
  )
  await database.pool.query(`update survey_invitation set answered_at = now()`)
  await same(here)

  // Of a confidential incident nobody else knows that somebody was asked.
  const reads = (actor = actorWith('staff', ['service-manager'])) =>
    inContext(
      database,
      async (context) => ({
        asked: (await listSurveys(context, {}))[0]!.asked,
        groups: (await reportExperience(context, { groupBy: 'service' })).groups.map(({ label, asked: count }) => ({
          label,
          asked: count,
        })),
      }),
      { actor },
    )
  const before = {
    asked: 14,
    groups: [
      { label: 'Printers', asked: 6 },
      { label: 'Scanners', asked: 8 },
    ],
  }
  const sorted = async (actor?: Parameters<typeof reads>[0]) => {
    const { groups, ...rest } = await reads(actor)
    return { ...rest, groups: groups.toSorted((one, other) => (one.label < other.label ? -1 : 1)) }
  }
  expect(await sorted()).toEqual(before)
  await database.pool.query('update incident set concerns_privacy = true where id = $1', [incident.id])
  await same(here)
  expect(await sorted()).toEqual({
    asked: 13,
    groups: [
      { label: 'Printers', asked: 6 },
      { label: 'Scanners', asked: 7 },
    ],
  })
  await database.pool.query('update incident set concerns_privacy = false where id = $1', [incident.id])
  await same(here)
  expect(await sorted()).toEqual(before)

  const part = { customerId: customer.id, siteId: null, serviceId: scanners.id, teamId: null, requesterId: null }
  const narrowed = { ...actorWith('limited', ['service-manager'], [customer.id]), parts: [part], whole: [] }
  const seen = await inContext(database, (context) => reportExperience(context, { groupBy: 'service' }), {
    actor: narrowed,
  })
  expect(seen.groups.map(({ label, asked: count }) => ({ label, asked: count }))).toEqual([
    { label: 'Scanners', asked: 8 },
  ])
  expect(seen.total.asked).toBe(8)

  await database.pool.query('select add_felt_up($1)', [customer.id])
  await same(here)
  await database.pool.query('delete from survey')
  await same(here)
})
