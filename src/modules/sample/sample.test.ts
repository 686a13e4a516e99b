import { sql } from 'kysely'
import { expect, test, vi } from 'vitest'
import { customerRoutes } from '#modules/customers'
import { contractRoutes } from '#modules/contracts'
import { incidentRoutes } from '#modules/incidents'
import { marginRoutes } from '#modules/margin'
import { serviceLevelRoutes } from '#modules/service-levels'
import { actorWith, testCaller, type TestDatabase, testDatabase } from '#platform/testing.ts'
import { sampleJobs, sampleRoutes, writeSample } from './index.ts'
import { ofCustomersTables } from './remove.ts'

// A whole company each time, also on a machine that has other things to do.
vi.setConfig({ testTimeout: 90_000 })

const routes = [
  ...sampleRoutes,
  ...customerRoutes,
  ...incidentRoutes,
  ...serviceLevelRoutes,
  ...contractRoutes([]),
  ...marginRoutes,
]
const now = new Date('2026-11-22T10:00:00Z')

const caller = (database: TestDatabase) => testCaller(database, routes, { jobs: sampleJobs, now: () => now })

async function count(database: TestDatabase, table: string): Promise<number> {
  const { rows } = await sql<{ count: number }>`select count(*)::int as count from ${sql.table(table)}`.execute(
    database.db,
  )
  return rows[0]!.count
}

test('an administrator has the sample company written, sees how it stands, and has it removed without a trace', async () => {
  const database = await testDatabase()
  const call = caller(database)
  expect((await call('GET', '/sample')).body).toEqual({ state: 'none', progress: 100, removable: false })

  const asked = await call('POST', '/sample', { tickets: 600 })
  expect(asked.status).toBe(202)
  expect(asked.body).toEqual({ state: 'running', progress: 0, removable: false })
  const twice = await call('POST', '/sample', { tickets: 600 })
  expect([twice.status, twice.body.code]).toEqual([422, 'sample.running'])
  await call.work()

  expect((await call('GET', '/sample')).body).toEqual({ state: 'done', progress: 100, removable: true })
  const { body: customers } = await call('GET', '/customers')
  expect(customers.items.map(({ key }: { key: string }) => key)).toEqual(['ALF', 'BWR', 'NHL', 'SHQ', 'VIS'])
  expect(await count(database, 'incident')).toBe(600)
  const { rows: majors } = await sql<{ readonly told: number }>`
    select count(h.id)::int as told from major_incident m
    join history h on h.subject_id = m.id and h.kind = 'major-incident.update' group by m.id`.execute(database.db)
  expect(majors.map(({ told }) => told)).toContain(12)
  const { rows: escalations } = await sql<{ readonly state: string }>`
    select distinct state from escalation order by state`.execute(database.db)
  expect(escalations.map(({ state }) => state)).toEqual(expect.arrayContaining(['confirmed', 'plan-agreed']))
  const again = await call('POST', '/sample', {})
  expect([again.status, again.body.code]).toEqual([422, 'sample.customers-exist'])

  expect((await call('POST', '/sample/remove')).status).toBe(202)
  await call.work()
  expect((await call('GET', '/sample')).body).toEqual({ state: 'none', progress: 100, removable: false })
  for (const table of [
    'customer',
    'site',
    'service',
    'calendar',
    'agreement',
    'availability_promise',
    'downtime',
    'maintenance_window',
    'monitoring_gap',
    'target',
    'incident',
    'history',
    'clock',
    'attainment_month',
    'contact',
    'text_template',
    'macro',
    'incident_task',
    'checklist_item',
    'person',
    'team',
    'setting',
  ]) {
    expect(await count(database, table), table).toBe(0)
  }
})

test('whatever table belongs to customers is thought of when the sample company is removed', async () => {
  const database = await testDatabase()
  const { rows } = await sql<{ name: string }>`
    select distinct conrelid::regclass::text as name from pg_constraint
    where contype = 'f' and confrelid = 'customer'::regclass and confdeltype <> 'c'
      -- What goes with something else that goes.
      and not exists (select from pg_constraint other where other.conrelid = pg_constraint.conrelid
        and other.contype = 'f' and other.confdeltype = 'c')
    order by 1`.execute(database.db)
  const others = ['account', 'mail_account', 'person', 'role_assignment']
  const forgotten = rows.filter(({ name }) => ![...ofCustomersTables, ...others].includes(name))
  expect(forgotten).toEqual([])
})

test('whoever does not administer may neither write nor remove it', async () => {
  const call = caller(await testDatabase())
  const agent = actorWith('staff', ['agent'])

  const { status, body } = await call('POST', '/sample', {}, { as: agent })
  expect([status, body.code]).toEqual([403, 'may.administrators'])
  expect((await call('POST', '/sample/remove', undefined, { as: agent })).status).toBe(403)
  const removal = await call('POST', '/sample/remove')
  expect([removal.status, removal.body.code]).toEqual([422, 'sample.none'])
})

test('it mixes with no real customer, and its removal leaves them alone', async () => {
  const database = await testDatabase()
  const call = caller(database)
  const { body: real } = await call('POST', '/customers', { name: 'Real and Sons' })
  const refusal = await call('POST', '/sample', { tickets: 10 })
  expect([refusal.status, refusal.body.code]).toEqual([422, 'sample.customers-exist'])
  await expect(writeSample(database, { tickets: 10, now })).rejects.toMatchObject({ code: 'sample.customers-exist' })

  await writeSample(database, { tickets: 60, months: 3, now, add: true })
  await call('POST', '/incidents', {
    customer: real.id,
    title: 'Ours',
    impact: 'low',
    urgency: 'low',
    service: 'Printing',
  })
  await call('POST', '/sample/remove')
  await call.work()

  expect((await call('GET', '/customers')).body.items).toHaveLength(1)
  expect((await call('GET', '/incidents')).body.items.map(({ title }: { title: string }) => title)).toEqual(['Ours'])
  // Somebody uses it by now.
  expect(await database.db.selectFrom('service').select('name').execute()).toEqual([{ name: 'Printing' }])
})

test('tickets can be added to it', async () => {
  const database = await testDatabase()
  await writeSample(database, { tickets: 100, months: 3, now })
  await expect(writeSample(database, { tickets: 100, months: 3, now })).rejects.toMatchObject({ code: 'sample.there' })

  expect(await writeSample(database, { tickets: 50, months: 3, now, add: true })).toMatchObject({
    customers: 5,
    tickets: 50,
  })
  expect(await count(database, 'incident')).toBe(150)
  expect(await count(database, 'customer')).toBe(5)
  const { rows } = await sql<{ titles: number }>`
    select count(distinct title || description || opened_at)::int as titles from incident`.execute(database.db)
  expect(rows[0]!.titles).toBe(150)
})

test('what an interruption left is begun anew', async () => {
  const database = await testDatabase()
  const stopped = new AbortController()
  const interrupted = writeSample(database, {
    tickets: 2500,
    months: 1,
    now,
    signal: stopped.signal,
    onProgress: () => stopped.abort(),
  })
  await expect(interrupted).rejects.toThrow(/abort/)
  expect(await caller(database)('GET', '/sample')).toMatchObject({ body: { state: 'running', removable: false } })
  expect(await count(database, 'incident')).toBeGreaterThan(0)

  await writeSample(database, { tickets: 80, months: 1, now })
  expect(await count(database, 'incident')).toBe(80)
  expect(await count(database, 'customer')).toBe(5)
})

test('the same seed writes the same company twice, but for its ids', async () => {
  const contents = async (seed: string) => {
    const database = await testDatabase()
    await writeSample(database, { tickets: 120, months: 4, seed, now })
    const { rows } = await sql`
      select i.number, i.title, i.description, i.state, i.priority, i.opened_at, i.resolved_at, c.name as customer, s.name as site,
        p.email, t.name as team, (select jsonb_agg(jsonb_build_array(metric, k.state, elapsed_ms) order by metric)
          from clock k where k.incident_id = i.id and stopped_at is not null) as clocks
      from incident i join customer c on c.id = i.customer_id join site s on s.id = i.site_id
        left join person p on p.id = i.requester_id left join team t on t.id = i.team_id
      order by i.number`.execute(database.db)
    const { rows: stretches } = await sql`
      select began_at, ended_at, cause as about from downtime union all select starts_at, ends_at, title from maintenance_window
      union all select began_at, ended_at, why from monitoring_gap order by 1, 2, 3`.execute(database.db)
    expect(stretches.length).toBeGreaterThan(20)
    return { rows, stretches }
  }
  expect(await contents('a')).toEqual(await contents('a'))
})

test('each clock is what history and agreement make it, and figures are those of a provider who keeps most promises', async () => {
  const database = await testDatabase()
  const call = caller(database)
  await writeSample(database, { tickets: 3000, now })
  const { body } = await call('GET', '/incidents?limit=40&sort=-openedAt')
  let explained = 0
  for (const { id, clocks } of body.items) {
    for (const clock of clocks) {
      if (!['met', 'breached-stopped'].includes(clock.state)) continue
      const { body: explanation } = await call('GET', `/incidents/${id}/clocks/${clock.id}/explanation`)
      const counted = explanation.steps.reduce(
        (sum: number, step: { countedSeconds: number }) => sum + step.countedSeconds,
        0,
      )
      expect(Math.abs(counted - clock.elapsedSeconds)).toBeLessThanOrEqual(1)
      expect(clock.state).toBe(clock.elapsedSeconds <= clock.targetSeconds ? 'met' : 'breached-stopped')
      explained += 1
    }
  }
  expect(explained).toBeGreaterThan(30)

  const { body: figures } = await call('GET', '/reports/attainment?groupBy=customer')
  expect(figures.groups).toHaveLength(5)
  for (const { attainment } of figures.groups) {
    const share = attainment.numerator / attainment.denominator
    expect(share).toBeGreaterThan(0.86)
    expect(share).toBeLessThan(0.995)
  }
  const { body: months } = await call('GET', '/reports/attainment?groupBy=month&customer=Nordhafen%20Logistics')
  const worst = months.groups
    .filter(
      ({ attainment }: { attainment: { denominator: number } | null }) =>
        attainment !== null && attainment.denominator > 20,
    )
    .toSorted(
      (one: { attainment: { numerator: number; denominator: number } }, other: typeof one) =>
        one.attainment.numerator / one.attainment.denominator -
        other.attainment.numerator / other.attainment.denominator,
    )[0]
  expect(worst.key).toBe('2026-08')
  await booksBalance(database)
})

/** Over the sample’s year: every posting balances, and all of them counted again from the records are the same to the cent. */
async function booksBalance(database: Awaited<ReturnType<typeof testDatabase>>): Promise<void> {
  const ask = caller(database)
  const as = actorWith('staff', ['service-manager'])
  const books = async () => {
    const { rows } = await database.pool.query<{ month: string; account: string; balance: string }>(`
      select contract_id, to_char(month, 'YYYY-MM') as month, account, sum(amount)::text as balance from (
        select contract_id, month, debit as account, amount_minor as amount from posting
        union all select contract_id, month, credit, -amount_minor from posting) moves
      group by 1, 2, 3 order by 1, 2, 3`)
    return rows
  }
  const before = await books()
  expect(new Set(before.map(({ month }) => month)).size).toBeGreaterThanOrEqual(12)
  expect(before.reduce((sum, { balance }) => sum + BigInt(balance), 0n)).toBe(0n)
  const { rows } = await database.pool.query<{ owed: boolean; expected: boolean }>(`
    select coalesce((select sum(case debit when 'receivable' then amount_minor else -amount_minor end) from posting p
        where p.contract_id = c.id and 'receivable' in (debit, credit)), 0)
      = coalesce((select sum(amount_minor) from charge where contract_id = c.id and state in ('agreed', 'invoiced', 'paid')), 0) as owed,
      coalesce((select sum(case debit when 'accrued' then -amount_minor else amount_minor end) from posting p
        where p.contract_id = c.id and 'accrued' in (debit, credit)), 0)
      = coalesce((select sum(amount_minor) from service_credit where contract_id = c.id and charge_id is null and state <> 'waived'), 0) as expected
    from contract c`)
  expect(rows).toEqual(rows.map(() => ({ owed: true, expected: true })))
  await database.pool.query(`delete from posting where source in ('charge', 'credit', 'time')`)
  const { body } = await ask('GET', '/contracts', undefined, { as })
  for (const { id } of body.items)
    expect((await ask('POST', `/contracts/${id}/profit`, {}, { as })).body).toMatchObject({ adjusted: 0 })
  expect(await books()).toEqual(before)
}
