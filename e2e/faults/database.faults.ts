import { setTimeout as sleep } from 'node:timers/promises'
import { Client } from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { randomOf } from '#sample/random.ts'
import { ask } from './asking.ts'
import { check } from './checker.ts'
import { emptyLedger } from './ledger.ts'
import { survived } from './tally.ts'
import { type Company, during, foundCompany, works } from './work.ts'
import { faultyWorld, type World } from './world.ts'

const ROUNDS = Number(process.env['PLUMBLINE_FAULTS_ROUNDS'] ?? 3)
const SEED = process.env['PLUMBLINE_FAULTS_SEED'] ?? '20261122'

let world: World
let company: Company
beforeAll(async () => {
  world = await faultyWorld()
  company = await foundCompany(world)
})
afterAll(() => world.end())

/** As the database's owner, past the network that is disturbed. */
async function owner(...statements: readonly string[]): Promise<void> {
  const client = new Client({ connectionString: world.database.get().url })
  await client.connect()
  for (const each of statements) await client.query(each)
  await client.end()
}

/** Takes all connections that there are, also those of the program, until they are given back. */
async function takeConnections(): Promise<() => Promise<void>> {
  const taken: Client[] = []
  for (let round = 0; round < 3; round++) {
    for (;;) {
      const client = new Client({ connectionString: world.database.get().url })
      client.on('error', () => undefined)
      try {
        await client.connect()
        taken.push(client)
      } catch {
        break
      }
    }
    await taken[0]!.query(
      `select pg_terminate_backend(pid) from pg_stat_activity where application_name like 'plumbline%' and pid <> pg_backend_pid()`,
    )
  }
  return async () => void (await Promise.all(taken.map((client) => client.end())))
}

const hurts: Readonly<Record<string, (random: ReturnType<typeof randomOf>) => Promise<void>>> = {
  'database away': async (random) => {
    await world.database.stop()
    await sleep(random.whole(1000, 6000))
    await world.database.start()
  },
  'network split': async (random) => {
    world.proxy.split()
    await sleep(random.whole(1000, 6000))
    world.proxy.heal()
  },
  'network slow': async (random) => {
    world.proxy.delay(random.whole(50, 200))
    await sleep(6000)
    world.proxy.delay(0)
  },
  'out of connections': async () => {
    const giveBack = await takeConnections()
    await sleep(3000)
    await giveBack()
  },
  'read-only': async () => {
    await owner(`alter system set default_transaction_read_only = on`, `select pg_reload_conf()`)
    await sleep(4000)
    await owner(
      `set default_transaction_read_only = off`,
      `alter system reset default_transaction_read_only`,
      `select pg_reload_conf()`,
    )
  },
  'answer to a commit lost': async (random) => {
    for (let each = 0; each < 10; each++) {
      world.proxy.loseNextCommits(random.whole(1, 3))
      await sleep(random.whole(100, 500))
    }
    world.proxy.loseNextCommits(0)
  },
}

for (const [kind, hurt] of Object.entries(hurts)) {
  test(`${kind}: what was answered stays, and what was asked again happened once (seed ${SEED})`, async () => {
    const random = randomOf(`${SEED} ${kind}`)
    const ledger = emptyLedger()
    const { desk, settling, counting, importing } = works
    await during([desk, desk, settling, counting, importing], { world, company, ledger, random }, async () => {
      for (let round = 0; round < ROUNDS; round++) {
        await sleep(1000)
        await hurt(random)
        await world.ready()
      }
    })
    const faults = await check(world, company, ledger)
    await survived(kind, {
      rounds: ROUNDS,
      incidents: ledger.incidents.size,
      imports: ledger.imports.size,
      'months locked': ledger.locked.size,
      'sent again': ledger.repeated,
      ...(kind.startsWith('answer') && { 'commits lost': world.proxy.lost() }),
      faults: faults.length,
    })
    expect(faults).toEqual([])
    expect(ledger.incidents.size).toBeGreaterThan(ROUNDS)
  })
}

test('a request whose commit was done and whose answer was lost is answered as it was done, when it is sent again', async () => {
  for (let each = 0; each < 20; each++) {
    world.proxy.loseNextCommits(1)
    const title = `Cut ${each}`
    const { status, body } = await ask<{ number: string }>(world, 'POST', '/incidents', {
      customer: company.customer,
      title,
      impact: 'low',
      urgency: 'low',
    })
    expect(status).toBe(201)
    const found = await ask<{ title: string }>(world, 'GET', `/incidents/${body.number}`)
    expect(found.body.title).toBe(title)
  }
  const client = new Client({ connectionString: world.database.get().url })
  await client.connect()
  const { rows } = await client.query(
    `select count(*)::int as many, count(distinct title)::int as different from incident where title like 'Cut %'`,
  )
  await client.end()
  expect(rows).toEqual([{ many: 20, different: 20 }])
})
