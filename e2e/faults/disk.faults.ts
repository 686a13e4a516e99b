import { createHash } from 'node:crypto'
import { type FileHandle, open, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { ImportView } from '#api/imports'
import { randomOf } from '#sample/random.ts'
import { runVerb } from '../program.ts'
import { ask, told } from './asking.ts'
import { check } from './checker.ts'
import { emptyLedger, type Ledger } from './ledger.ts'
import { survived } from './tally.ts'
import { type Company, during, foundCompany, works } from './work.ts'
import { faultyWorld, type World } from './world.ts'

const ROUNDS = Number(process.env['PLUMBLINE_FAULTS_ROUNDS'] ?? 3)
const SEED = process.env['PLUMBLINE_FAULTS_SEED'] ?? '20261122'

let world: World
let company: Company
beforeAll(async () => {
  world = await faultyWorld({ diskMegabytes: 700 })
  company = await foundCompany(world)
})
afterAll(() => world.end())

const PIECE = Buffer.alloc(1024 * 1024)

/** Takes all the room that the disk has left. */
async function fill(path: string): Promise<void> {
  const file: FileHandle = await open(path, 'w')
  try {
    for (;;) await file.write(PIECE)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error
  } finally {
    await file.close()
  }
}

test(`a disk that is full loses nothing, and work goes on once there is room (seed ${SEED})`, async () => {
  const random = randomOf(`${SEED} disk`)
  const ledger = emptyLedger()
  const { desk, importing, counting } = works
  await during([desk, desk, importing, counting], { world, company, ledger, random }, async () => {
    for (let round = 0; round < ROUNDS; round++) {
      await sleep(1500)
      const ballast = join(world.folder, 'ballast')
      await fill(ballast)
      await sleep(random.whole(2000, 5000))
      await rm(ballast)
      await world.ready()
    }
  })
  // An import that found no room says so, and is begun again by whoever made some.
  const begunAgain = await beginAgain(ledger)
  const faults = await check(world, company, ledger)
  await survived('disk full', {
    rounds: ROUNDS,
    incidents: ledger.incidents.size,
    imports: ledger.imports.size,
    'sent again': ledger.repeated,
    'imports begun again': begunAgain,
    faults: faults.length,
  })
  expect(faults).toEqual([])
  expect(ledger.incidents.size).toBeGreaterThan(ROUNDS)
})

/** Begins imports again that failed for want of room; how many. */
async function beginAgain({ imports }: Ledger): Promise<number> {
  let many = 0
  for (const id of imports.keys()) {
    for (;;) {
      const { body } = await ask<ImportView>(world, 'GET', `/imports/${id}`)
      if (body.state === 'running') await sleep(500)
      else if (body.state !== 'failed' || body.failure?.code !== 'import.disk-full') break
      else {
        await told(world, 'POST', `/imports/${id}/start`, {})
        many += 1
      }
    }
  }
  return many
}

test('a file that is not what it was any more is given to nobody, and is named by doctor', async () => {
  const { body: incident } = await ask<{ number: string }>(world, 'POST', '/incidents', {
    customer: company.customer,
    title: 'With a file',
    impact: 'low',
    urgency: 'low',
  })
  const content = Buffer.from('What was agreed on the phone. '.repeat(5000))
  const path = `/incidents/${incident.number}/attachments`
  const { body: added } = await ask<{ id: string }>(world, 'POST', `${path}?name=agreed.txt`, content)
  const whole = await download(`${path}/${added.id}/file`)
  expect(whole.equals(content)).toBe(true)

  const sha256 = createHash('sha256').update(content).digest('hex')
  const kept = join(world.folder, 'data/files', sha256.slice(0, 2), sha256.slice(2, 4), sha256)
  const bytes = await readFile(kept)
  bytes[70_000] = bytes[70_000]! ^ 1
  await writeFile(kept, bytes)

  await expect(download(`${path}/${added.id}/file`)).rejects.toThrow(/terminated|answered 503/)
  const env = { ...process.env, ...world.env, PLUMBLINE_DATA: join(world.folder, 'data') }
  await expect(runVerb(['doctor', '--files', '--json'], env)).rejects.toThrow('ended with 1')
  await writeFile(kept, content)
  expect((await download(`${path}/${added.id}/file`)).equals(content)).toBe(true)
  await survived('file corrupted', { 'given out': 0, 'named by doctor': 1 })
})

/** Throws unless all of it arrived. */
async function download(path: string): Promise<Buffer> {
  const reply = await fetch(`${world.program('web').url}/api/v1${path}`, {
    headers: { authorization: `Bearer ${world.token}` },
  })
  if (!reply.ok) throw new Error(`${path} answered ${reply.status}`)
  return Buffer.from(await reply.arrayBuffer())
}
