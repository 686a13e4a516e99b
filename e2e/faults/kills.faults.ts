import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { randomOf } from '#sample/random.ts'
import { check } from './checker.ts'
import { emptyLedger } from './ledger.ts'
import { survived } from './tally.ts'
import { type Company, during, foundCompany, works } from './work.ts'
import { faultyWorld, type World } from './world.ts'

/** So many kills; a hundred by `PLUMBLINE_FAULTS_KILLS=100`. */
const KILLS = Number(process.env['PLUMBLINE_FAULTS_KILLS'] ?? 12)
const SEED = process.env['PLUMBLINE_FAULTS_SEED'] ?? '20261122'

const VICTIMS = ['web', 'work', 'other work', 'database', 'backend'] as const

let world: World
let company: Company
beforeAll(async () => {
  world = await faultyWorld()
  company = await foundCompany(world)
})
afterAll(() => world.end())

/** One process that serves a connection of the program: killed, it takes all others with it. */
async function killBackend(random: ReturnType<typeof randomOf>): Promise<void> {
  const pids = await world.backends()
  if (pids.length > 0) process.kill(random.pick(pids), 'SIGKILL')
}

test(`whatever is killed in the midst of everything, nothing that was answered is lost (seed ${SEED})`, async () => {
  const random = randomOf(SEED)
  const ledger = emptyLedger()
  const killed: Record<string, number> = {}
  const chosen = Object.values(works)
  await during(chosen, { world, company, ledger, random }, async () => {
    for (let kill = 0; kill < KILLS; kill++) {
      await sleep(random.whole(500, 4000))
      const victim = VICTIMS[kill % VICTIMS.length]!
      killed[`killed ${victim}`] = (killed[`killed ${victim}`] ?? 0) + 1
      if (victim === 'database') process.kill(world.database.get().pid, 'SIGKILL')
      else if (victim === 'backend') await killBackend(random)
      else await world.killAndReplace(victim)
      await world.ready()
    }
  })
  const faults = await check(world, company, ledger)
  await survived('kill -9', {
    ...killed,
    incidents: ledger.incidents.size,
    imports: ledger.imports.size,
    'tickets imported': [...ledger.imports.values()].flat().length,
    'months locked': ledger.locked.size,
    recounts: ledger.calendarVersions.size,
    reviews: ledger.reviews.size,
    'sent again': ledger.repeated,
    faults: faults.length,
  })
  expect(faults).toEqual([])
  expect(ledger.incidents.size).toBeGreaterThan(KILLS)
})
