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

interface Answered {
  readonly at: number
  readonly title: string
}

test.skipIf(missing !== null)(
  'when the host of the database fails, another takes over, and nothing that was answered is lost',
  async () => {
    const hosts = await startHosts()
    const folder = await mkdtemp(join(tmpdir(), 'plumbline-failover-'))
    let program: Program | undefined
    try {
      const env = { DATABASE_URL: hosts.url, PLUMBLINE_SECRET: Buffer.alloc(32, 7).toString('base64url') }
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
          const { status } = await ask(world, 'POST', '/incidents', body)
          if (status === 201) answered.push({ at: Date.now(), title })
        }
      })
      await sleep(5000)
      const failed = (await hosts.primary())!
      const failedAt = Date.now()
      hosts.fail(failed)
      while (!answered.some(({ at }) => at > failedAt + 3000)) await sleep(100)
      await sleep(3000)
      over.abort()
      await Promise.all(writing)

      const seconds =
        (Math.min(...answered.filter(({ at }) => at > failedAt + 500).map(({ at }) => at)) - failedAt) / 1000
      const client = new Client({ connectionString: hosts.url })
      await client.connect()
      const { rows } = await client.query<{ title: string }>(`select title from incident where title like 'Written %'`)
      await client.end()
      const there = rows.map(({ title }) => title)
      const lost = answered.filter(({ title }) => !there.includes(title))
      await survived('failover', {
        'answered before': answered.filter(({ at }) => at <= failedAt).length,
        'answered after': answered.filter(({ at }) => at > failedAt).length,
        'seconds to write again': Math.round(seconds * 10) / 10,
        lost: lost.length,
        twice: there.length - new Set(there).size,
      })
      expect(await hosts.primary()).not.toBe(failed)
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
