import { existsSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { Client } from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { randomOf } from '#sample/random.ts'
import { check } from './checker.ts'
import { emptyLedger } from './ledger.ts'
import { survived } from './tally.ts'
import { type Company, during, foundCompany, works } from './work.ts'
import { faultyWorld, type World } from './world.ts'

const ROUNDS = Number(process.env['PLUMBLINE_FAULTS_ROUNDS'] ?? 3)
const SEED = process.env['PLUMBLINE_FAULTS_SEED'] ?? '20261122'

/** Where Debian's package `libfaketime` puts it. */
const LIBRARY = ['x86_64', 'aarch64'].map((machine) => `/usr/lib/${machine}-linux-gnu/faketime/libfaketime.so.1`)
const library = LIBRARY.find((path) => existsSync(path))
if (library === undefined) process.stderr.write('libfaketime is not installed: jumping clocks are not tried\n')

/** By how much the clock is wrong, for every process that reads it. */
const clock = join(tmpdir(), `plumbline-clock-${process.pid}`)
const jump = (by: string) => writeFile(clock, `${by}\n`)

let world: World
let company: Company
beforeAll(async () => {
  if (library === undefined) return
  await jump('+0')
  world = await faultyWorld({
    env: {
      LD_PRELOAD: library,
      FAKETIME_TIMESTAMP_FILE: clock,
      FAKETIME_NO_CACHE: '1',
      FAKETIME_DONT_FAKE_MONOTONIC: '1',
    },
  })
  company = await foundCompany(world)
  // Whoever does this has been here for longer than any clock jumps back.
  const client = new Client({ connectionString: world.database.get().url })
  await client.connect()
  await client.query(`update role_assignment set valid_from = valid_from - interval '60 days'`)
  await client.end()
})
afterAll(() => world?.end())

test.skipIf(library === undefined)(
  `clocks of the servers that jump by seconds, hours and days make no figure wrong (seed ${SEED})`,
  async () => {
    const random = randomOf(`${SEED} clock`)
    const ledger = emptyLedger()
    const jumps: string[] = []
    const { desk, importing, counting, settling } = works
    await during([desk, desk, importing, counting, settling], { world, company, ledger, random }, async () => {
      for (let round = 0; round < ROUNDS; round++) {
        for (const by of [
          `-${random.whole(1, 50)}s`,
          `+${random.whole(1, 20)}h`,
          `-${random.whole(1, 20)}h`,
          `+${random.whole(1, 3)}d`,
        ]) {
          jumps.push(by)
          await jump(by)
          await sleep(1500)
        }
      }
      // Later than anything that was ever said: what is still to come nobody can compare.
      await jump('+5d')
    })
    // What would have ended before it began was rightly refused.
    const refused = ledger.refused.splice(0).length
    const faults = await check(world, company, ledger)
    await survived('clock jumps', {
      jumps: jumps.length,
      incidents: ledger.incidents.size,
      imports: ledger.imports.size,
      'sent again': ledger.repeated,
      refused,
      faults: faults.length,
    })
    expect(faults).toEqual([])
  },
)
