import { expect, test } from 'vitest'
import { actorWith } from '#platform/testing.ts'
import { inWorld, testWorld, type TestWorld } from '../../testing.ts'
import { linkEntries } from './link.ts'
import { forgetAuditBefore } from './retention.ts'
import { verifyChain } from './verify.ts'

const now = new Date('2026-03-02T09:00Z')
const auditor = actorWith('auditor', ['auditor'])

/** Some customers were added, which is written down, and linked. */
async function withEntries({ call, database }: TestWorld): Promise<void> {
  for (const name of ['Alder', 'Birch', 'Cedar']) expect((await call('POST', '/customers', { name })).status).toBe(201)
  await inWorld(database, now, async (world) => void (await linkEntries(world)))
}

/** What somebody does who has the database in hand, past its triggers. */
async function tamper({ database }: TestWorld, statement: string): Promise<void> {
  const client = await database.pool.connect()
  try {
    await client.query(`begin; set local session_replication_role = replica; ${statement}; commit`)
  } finally {
    client.release()
  }
}

test('the chain holds as long as nobody touches it, however it was written', async () => {
  const world = await testWorld({ now })
  const { db, pool } = world.database
  await withEntries(world)
  const before = await verifyChain(db)
  expect(before).toMatchObject({ waiting: 0, faults: [], aged: 0 })
  expect(before.entries).toBeGreaterThanOrEqual(3)

  // Late in a transaction of its own, in its own order of keys, to the microsecond, without anybody.
  await pool.query(`insert into audit (id, at, action, facts)
    values (gen_random_uuid(), '2026-03-01 08:00:00.123456+01', 'somebody.did', '{"b": [1, "ä\u{1F600}"], "a": null}')`)
  expect(await verifyChain(db)).toMatchObject({ entries: before.entries, waiting: 1, faults: [] })
  await inWorld(world.database, now, async (job) => void (await linkEntries(job)))
  expect(await verifyChain(db, { known: before.head! })).toMatchObject({
    entries: before.entries + 1,
    waiting: 0,
    faults: [],
  })
})

test.each([
  ['a changed entry', `update audit set actor_id = gen_random_uuid() where id = $id`, ['changed']],
  ['a changed fact', `update audit set facts = facts || '{"more": 1}' where id = $id`, ['changed']],
  ['an entry that was taken away', `delete from audit where id = $id`, ['missing']],
  ['a missing link', `delete from audit_link where audit_id = $id`, ['gap', 'changed', 'inserted']],
  [
    'an entry that was put in',
    `insert into audit (id, at, action) values (gen_random_uuid(), '2026-03-01T00:00Z', 'person.made')`,
    ['inserted'],
  ],
] as const)('%s shows', async (_, statement, kinds) => {
  const world = await testWorld({ now })
  await withEntries(world)
  const { rows } = await world.database.pool.query<{ id: string }>(
    'select audit_id as id from audit_link where number = 2',
  )
  await tamper(world, statement.replace('$id', `'${rows[0]!.id}'`))
  const { faults, faultCount } = await verifyChain(world.database.db)
  expect(faults.map(({ kind }) => kind)).toEqual(kinds)
  expect(faultCount).toBe(kinds.length)
})

test('whoever writes the chain anew from somewhere on changes its head, and a head that was kept tells', async () => {
  const world = await testWorld({ now })
  const { database } = world
  await withEntries(world)
  const { head } = await verifyChain(database.db)
  await tamper(
    world,
    `update audit set action = 'nothing.much' where id = (select audit_id from audit_link where number = 2);
     insert into audit_unlinked select audit_id, audit_at from audit_link; delete from audit_link`,
  )
  await inWorld(database, now, async (job) => void (await linkEntries(job)))
  expect((await verifyChain(database.db)).faultCount).toBe(0)
  expect(await verifyChain(database.db, { known: head! })).toMatchObject({
    faults: [{ kind: 'head', number: head!.number }],
  })
})

test('the database lets nobody change it, the owner included; only what is old enough goes, and that is told', async () => {
  const world = await testWorld({ now })
  const { database } = world
  await withEntries(world)
  for (const statement of [
    `update audit set action = 'x'`,
    'delete from audit',
    'update audit_link set number = number + 10',
    'delete from audit_link',
    'truncate audit_link',
  ])
    await expect(database.pool.query(statement), statement).rejects.toMatchObject({ code: '42501' })
  const { entries } = await verifyChain(database.db)

  const later = new Date('2028-03-02T09:00Z')
  await inWorld(database, later, async (job) => {
    expect(await forgetAuditBefore(job, new Date('2027-03-02T09:00Z'))).toBe(entries)
  })
  expect(await verifyChain(database.db)).toMatchObject({ entries: 1, aged: entries, faults: [] })
})

test('auditors read all of it, administrators that something was done, others nothing; what auditors look at is written down', async () => {
  const world = await testWorld({ now })
  const { call } = world
  await withEntries(world)
  const read = await call('GET', '/audit?action=customer', undefined, { as: auditor })
  expect(read.body.items).toHaveLength(3)
  expect(read.body.items[0]).toMatchObject({
    action: 'customer.added',
    number: expect.any(Number),
    facts: expect.any(Object),
  })
  const page = await call('GET', '/audit?action=customer&limit=2', undefined, { as: auditor })
  const rest = await call('GET', `/audit?action=customer&limit=2&cursor=${page.body.nextCursor}`, undefined, {
    as: auditor,
  })
  expect([...page.body.items, ...rest.body.items]).toEqual(read.body.items)

  const administrator = await call('GET', '/audit?action=customer')
  expect(administrator.body.items.map(({ facts }: { facts: unknown }) => facts)).toEqual([null, null, null])
  for (const role of ['agent', 'service-manager'])
    expect((await call('GET', '/audit', undefined, { as: actorWith('staff', [role]) })).body.code).toBe('may.auditors')
  const customer = actorWith('customer', ['customer-stakeholder'])
  for (const path of ['/audit', '/audit/chain', '/audit/export'])
    expect((await call('GET', path, undefined, { as: customer })).status).toBe(404)

  await call('GET', '/customers', undefined, { as: auditor })
  const looked = await call('GET', `/audit?actor=${auditor.personId}`, undefined, { as: auditor })
  expect(looked.body.items.map(({ facts }: { facts: { path: string } }) => facts.path)).toContain('/api/v1/customers')

  const file = await call('GET', '/audit/export?action=customer', undefined, { as: auditor })
  const lines = file.text.trim().split('\r\n')
  expect(lines[0]).toBe(
    'number,at,actorId,actor,action,subjectType,subjectId,customerId,customer,requestId,facts,hash,id',
  )
  expect(lines).toHaveLength(4)
})

test('a check is asked for, done, and told with the head to keep', async () => {
  const world = await testWorld({ now })
  const { call, work } = world
  await withEntries(world)
  expect((await call('GET', '/audit/chain', undefined, { as: auditor })).body).toMatchObject({ check: null })
  const asked = await call('POST', '/audit/chain/checks', undefined, { as: auditor })
  expect([asked.status, asked.body.check.endedAt]).toEqual([202, null])
  await work()
  const { body } = await call('GET', '/audit/chain', undefined, { as: auditor })
  expect(body.check).toMatchObject({ faultCount: 0, faults: [], through: body.head.number })
  expect(body.head.hash).toMatch(/^[0-9a-f]{64}$/)

  const { rows } = await world.database.pool.query<{ id: string }>(
    'select audit_id as id from audit_link where number = 1',
  )
  await tamper(world, `delete from audit where id = '${rows[0]!.id}'`)
  await call('POST', '/audit/chain/checks')
  await work()
  expect((await call('GET', '/audit/chain')).body.check).toMatchObject({
    faultCount: 1,
    faults: [{ kind: 'missing', number: 1, entry: rows[0]!.id }],
  })
})
