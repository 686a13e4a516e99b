import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { Client } from 'pg'
import { expect, test } from 'vitest'
import { type Program, startProgram } from '../program.ts'
import { ask } from './asking.ts'
import { noHosts, startHosts } from './hosts.ts'
import { survived } from './tally.ts'

const missing = noHosts()
if (missing !== null) process.stderr.write(`${missing}\n`)

const WRITERS = 4
/** The promise. */
const LONGEST_SECONDS = 30

/** Reports are at most so old, and after the host is back they come from a copy again within this. */
const BOUND_SECONDS = 3
const COPY_AGAIN_MS = 90_000

interface Answered {
  readonly at: number
  readonly title: string
  readonly openedAt: number
}

/** A report that was answered: when it was asked for, where it was read, and the latest incident in it. */
interface Reported {
  readonly at: number
  readonly fromCopy: boolean
  readonly newest: number
}

async function report({ url, token }: Program): Promise<Reported | null> {
  const at = Date.now()
  const reply = await fetch(`${url}/api/v1/reports/handovers/incidents?limit=1`, {
    headers: { authorization: `Bearer ${token}` },
    signal: AbortSignal.timeout(5000),
  }).catch(() => null)
  if (reply?.status !== 200) return null
  const { items } = (await reply.json()) as { items: readonly { readonly openedAt: string }[] }
  const fromCopy = reply.headers.get('plumbline-read-from') === 'copy'
  return { at, fromCopy, newest: items[0] === undefined ? 0 : Date.parse(items[0].openedAt) }
}

/** Those that did not show what had been answered longer before than the bound. */
function tooOld(reports: readonly Reported[], answered: readonly Answered[]): readonly Reported[] {
  return reports.filter(({ at, newest }) =>
    answered.some((each) => each.at <= at - BOUND_SECONDS * 1000 && each.openedAt > newest),
  )
}

test.skipIf(missing !== null)(
  'when the host of the database fails, another takes over, nothing that was answered is lost, and no report is older than was said',
  async () => {
    const hosts = await startHosts()
    const folder = await mkdtemp(join(tmpdir(), 'plumbline-failover-'))
    let program: Program | undefined
    try {
      const env = {
        DATABASE_URL: hosts.url,
        DATABASE_REPLICA_URL: hosts.copyUrl,
        PLUMBLINE_REPLICA_SECONDS: String(BOUND_SECONDS),
        PLUMBLINE_SECRET: Buffer.alloc(32, 7).toString('base64url'),
      }
      program = await startProgram({ folder, env })
      const world = { token: program.token, program: () => program! }
      const { body: customer } = await ask<{ id: string }>(world, 'POST', '/customers', { name: 'Failover Ltd' })
      await hosts.synchronous()

      const answered: Answered[] = []
      const over = new AbortController()
      const writing = Array.from({ length: WRITERS }, async (_, writer) => {
        for (let index = 0; !over.signal.aborted; index++) {
          const title = `Written ${writer}-${index}`
          const body = { customer: customer.id, title, impact: 'low', urgency: 'low' }
          const { status, body: made } = await ask<{ openedAt: string }>(world, 'POST', '/incidents', body)
          if (status === 201) answered.push({ at: Date.now(), title, openedAt: Date.parse(made.openedAt) })
        }
      })
      const reports: Reported[] = []
      const serving = program
      const reading = (async () => {
        while (!over.signal.aborted) {
          const told = await report(serving)
          if (told !== null) reports.push(told)
          await sleep(100)
        }
      })()
      await sleep(5000)
      const failed = (await hosts.primary())!
      const failedAt = Date.now()
      hosts.fail(failed)
      while (!answered.some(({ at }) => at > failedAt + 3000)) await sleep(100)
      await sleep(3000)
      const revivedAt = Date.now()
      hosts.revive(failed)
      while (!reports.some(({ at, fromCopy }) => at > revivedAt && fromCopy) && Date.now() < revivedAt + COPY_AGAIN_MS)
        await sleep(100)
      await sleep(3000)
      over.abort()
      await Promise.all([...writing, reading])

      const seconds =
        (Math.min(...answered.filter(({ at }) => at > failedAt + 500).map(({ at }) => at)) - failedAt) / 1000
      const client = new Client({ connectionString: hosts.url })
      await client.connect()
      const { rows } = await client.query<{ title: string }>(`select title from incident where title like 'Written %'`)
      await client.end()
      const there = rows.map(({ title }) => title)
      const lost = answered.filter(({ title }) => !there.includes(title))
      const copied = (from: number, to: number) =>
        reports.filter(({ at, fromCopy }) => fromCopy && at >= from && at < to).length
      const againAt = reports.find(({ at, fromCopy }) => at > revivedAt && fromCopy)?.at
      await survived('failover', {
        'reports from the copy before': copied(0, failedAt),
        'reports from the copy after': copied(revivedAt, Infinity),
        'reports from the primary': reports.filter(({ fromCopy }) => !fromCopy).length,
        'reports older than the bound': tooOld(reports, answered).length,
        ...(againAt !== undefined && { 'seconds to a copy again': Math.round((againAt - revivedAt) / 100) / 10 }),
        'answered before': answered.filter(({ at }) => at <= failedAt).length,
        'answered after': answered.filter(({ at }) => at > failedAt).length,
        'seconds to write again': Math.round(seconds * 10) / 10,
        lost: lost.length,
        twice: there.length - new Set(there).size,
      })
      expect(await hosts.primary()).not.toBe(failed)
      expect(tooOld(reports, answered)).toEqual([])
      expect(copied(0, failedAt)).toBeGreaterThan(0)
      expect(copied(revivedAt, Infinity)).toBeGreaterThan(0)
      expect(lost).toEqual([])
      expect(new Set(there).size).toBe(there.length)
      expect(seconds).toBeLessThan(LONGEST_SECONDS)
    } finally {
      await program?.stop()
      await hosts.end()
      await rm(folder, { recursive: true, force: true })
    }
  },
)
