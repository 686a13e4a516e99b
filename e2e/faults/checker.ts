import { setTimeout as sleep } from 'node:timers/promises'
import { sql } from 'kysely'
import { connect, type Database } from '#platform/database.ts'
import { recountAttainment } from '#modules/service-levels'
import { runVerb } from '../program.ts'
import type { Company } from './work.ts'
import type { Ledger } from './ledger.ts'
import type { World } from './world.ts'

/** What is not as it has to be; a sentence each. */
export type Faults = readonly string[]

/** So long what was begun may take to come to its end. A job is taken from who does not answer after half a minute. */
const PATIENCE_MS = 240_000

/** So many of a kind are told. */
const TOLD = 5

/** Waits until nothing is left to do, then compares everything with what was answered for and with what history says. */
export async function check(world: World, { customer }: Company, ledger: Ledger): Promise<Faults> {
  await world.ready()
  const database = connect(world.database.get().url, { connections: 2 })
  try {
    const stuck = await idle(database)
    return [
      ...few('request was refused', ledger.refused),
      ...stuck,
      ...(await missingWrites(database, ledger)),
      ...(await doubled(database)),
      ...(await unfinished(database, ledger)),
      ...(await figuresOf(database, customer)),
      ...(await clocksOf(world)),
      ...(await auditOf(world)),
    ]
  } finally {
    await database.close()
  }
}

/** Jobs that still wait or run although there was time enough. */
async function idle({ pool }: Database): Promise<Faults> {
  const end = Date.now() + PATIENCE_MS
  for (;;) {
    const { rows } = await pool.query<{ name: string; state: string; output: string | null }>(
      `select name, state::text, output::text from pgboss.job
       where state in ('created', 'retry', 'active') and name not like '\\_\\_%' and start_after < now() + interval '10 minutes'`,
    )
    if (rows.length === 0) return []
    if (Date.now() > end)
      return few(
        'job is stuck',
        rows.map((row) => JSON.stringify(row)),
      )
    await sleep(250)
  }
}

async function missingWrites({ pool }: Database, { incidents, locked, calendarVersions }: Ledger): Promise<Faults> {
  const { rows } = await pool.query<{ title: string; state: string }>(
    `select title, state from incident where title like 'Declared %'`,
  )
  const there = new Map(rows.map(({ title, state }) => [title, state]))
  const wrong = [...incidents].filter(([title, state]) => there.get(title) !== state)
  const { rows: months } = await pool.query<{ month: string }>(
    `select to_char(month, 'YYYY-MM') as month from period where state = 'locked'`,
  )
  const isLocked = new Set(months.map(({ month }) => month))
  const { rows: versions } = await pool.query<{ id: string }>('select id from calendar_version')
  const known = new Set(versions.map(({ id }) => id))
  return [
    ...few(
      'answered incident is not as it was answered',
      wrong.map(([title, state]) => `${title}: ${state}, ${there.get(title) ?? 'absent'}`),
    ),
    ...few(
      'locked month is not locked',
      [...locked].filter((month) => !isLocked.has(month)),
    ),
    ...few(
      'calendar version is missing',
      [...calendarVersions].filter((id) => !known.has(id)),
    ),
  ]
}

/** Whatever is there twice that anybody did once. */
async function doubled({ pool }: Database): Promise<Faults> {
  const twice = async (what: string, text: string) =>
    few(
      what,
      (await pool.query<{ what: string }>(text)).rows.map((row) => row.what),
    )
  return [
    ...(await twice(
      'incident is there twice',
      `select title as what from incident where title like 'Declared %' or title like 'Mailed %' group by title having count(*) > 1`,
    )),
    ...(await twice(
      'ticket was imported twice',
      `select source_key as what from incident where source_key is not null group by customer_id, source, source_key having count(*) > 1`,
    )),
    ...(await twice(
      'fact is there twice',
      `select subject_id || ' ' || kind as what from history where kind in ('incident.opened', 'period.locked') group by subject_id, kind, facts->>'month' having count(*) > 1`,
    )),
    ...(await twice(
      'month was locked twice',
      `select facts->>'month' as what from audit where action = 'period.locked' group by customer_id, facts->>'month' having count(*) > 1`,
    )),
    ...(await twice(
      'version of a review is there twice',
      `select month || ' ' || version as what from review group by customer_id, month, report, edition, version having count(*) > 1`,
    )),
  ]
}

/** What was begun and has not come to its end. */
async function unfinished({ pool }: Database, { imports, reviews, mails }: Ledger): Promise<Faults> {
  const { rows: states } = await pool.query<{ id: string; state: string }>('select id, state from import')
  const stateOf = new Map(states.map(({ id, state }) => [id, state]))
  const { rows: taken } = await pool.query<{ number: string }>(
    'select source_key as number from incident where source_key is not null',
  )
  const there = new Set(taken.map(({ number }) => number))
  const wanted = [...imports.values()].flat()
  const { rows: made } = await pool.query<{ id: string; state: string }>('select id, state from review')
  const reviewState = new Map(made.map(({ id, state }) => [id, state]))
  const { rows: letters } = await pool.query<{ title: string }>(
    `select title from incident where title like 'Mailed %'`,
  )
  const mailed = new Set(letters.map(({ title }) => title))
  return [
    ...few(
      'import has not come to its end',
      [...imports.keys()].filter((id) => stateOf.get(id) !== 'done').map((id) => `${id}: ${stateOf.get(id)}`),
    ),
    ...few(
      'imported ticket is missing',
      wanted.filter((number) => !there.has(number)),
    ),
    ...few(
      'review was not made',
      [...reviews].filter((id) => reviewState.get(id) !== 'done').map((id) => `${id}: ${reviewState.get(id)}`),
    ),
    ...few(
      'mail has not become an incident',
      [...mails].filter((subject) => !mailed.has(subject)),
    ),
  ]
}

/** Figures that counting all clocks anew would change; it is taken back. */
async function figuresOf({ db }: Database, customer: string): Promise<Faults> {
  const figures = sql<{ line: string }>`
    select concat_ws(' ', month, metric, priority, site_id, service_id, team_id, agreement_version_id, met, failed, excluded) as line
    from attainment_month where customer_id = ${customer} and (met, failed, excluded) <> (0, 0, 0) order by 1`
  const wrong: string[] = []
  const takenBack = new Error('taken back')
  await db
    .transaction()
    .execute(async (tx) => {
      const before = new Set((await figures.execute(tx)).rows.map(({ line }) => line))
      await recountAttainment(tx, customer)
      const after = new Set((await figures.execute(tx)).rows.map(({ line }) => line))
      wrong.push(...before.symmetricDifference(after))
      throw takenBack
    })
    .catch((error: unknown) => {
      if (error !== takenBack) throw error
    })
  return few('figure is wrong', wrong)
}

/** Clocks that history gives another result than is stored. */
async function clocksOf(world: World): Promise<Faults> {
  const { differences } = JSON.parse(await verb(world, ['recompute', '--dry-run', '--json'])) as {
    readonly differences: readonly { readonly number: string; readonly locked: boolean }[]
  }
  // What is told in a locked month stays as it was told.
  return few(
    'clock is wrong',
    differences.filter(({ locked }) => !locked).map((each) => JSON.stringify(each)),
  )
}

async function auditOf(world: World): Promise<Faults> {
  return verb(world, ['audit', 'verify', '--json']).then(
    () => [],
    (error: unknown) => [`The chain of the audit is broken: ${String(error)}`],
  )
}

function verb(world: World, args: readonly string[]): Promise<string> {
  return runVerb(args, { ...process.env, ...world.env, PLUMBLINE_DATA: `${world.folder}/data` })
}

function few(what: string, which: readonly string[]): Faults {
  if (which.length === 0) return []
  return [`${which.length} × ${what}: ${which.slice(0, TOLD).join('; ')}`]
}
