import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { databaseProcess, type Program, startProgram } from './program.ts'

/** So many kills of each kind; a hundred by `PLUMBLINE_KILLS=100`. */
const KILLS = Number(process.env['PLUMBLINE_KILLS'] ?? 3)
const WRITERS = 8

/** Writes until the program is gone; the numbers of the incidents that were answered for. */
async function writeUntilKilled(program: Program, customer: string, kill: () => void): Promise<string[]> {
  const answered: string[] = []
  const stop = new AbortController()
  const writers = Array.from({ length: WRITERS }, async (_, writer) => {
    while (!stop.signal.aborted) {
      const body = JSON.stringify({ customer, title: `Written by ${writer}`, impact: 'medium', urgency: 'medium' })
      const headers = { authorization: `Bearer ${program.token}`, 'content-type': 'application/json' }
      const reply = await fetch(`${program.url}/api/v1/incidents`, { method: 'POST', headers, body }).catch(() => null)
      if (reply?.status === 201)
        answered.push(((await reply.json().catch(() => ({}))) as { number?: string }).number ?? '')
      else await sleep(20)
    }
  })
  await sleep(300 + Math.random() * 700)
  kill()
  await sleep(100)
  stop.abort()
  await Promise.all(writers)
  return answered.filter((number) => number !== '')
}

async function missing(program: Program, numbers: readonly string[]): Promise<string[]> {
  const lost: string[] = []
  for (const number of numbers) {
    const reply = await fetch(`${program.url}/api/v1/incidents/${number}`, {
      headers: { authorization: `Bearer ${program.token}` },
    })
    const incident = (await reply.json()) as { state?: string; clocks?: unknown[] }
    if (reply.status !== 200 || incident.state !== 'new') lost.push(number)
  }
  return lost
}

async function post(program: Program, path: string, body: object): Promise<{ id: string }> {
  const headers = { authorization: `Bearer ${program.token}`, 'content-type': 'application/json' }
  const reply = await fetch(`${program.url}/api/v1${path}`, { method: 'POST', headers, body: JSON.stringify(body) })
  expect(reply.status).toBe(201)
  return (await reply.json()) as { id: string }
}

test(
  'every answered request is there after the server and the database were killed in the middle of writes',
  async () => {
    const folder = await mkdtemp(join(tmpdir(), 'plumbline-kill-'))
    let program = await startProgram({ folder })
    try {
      const customer = await post(program, '/customers', { name: 'Kill Ltd' })
      let written = 0
      for (let round = 0; round < KILLS; round++) {
        const byServer = await writeUntilKilled(program, customer.id, () => process.kill(program.pid, 'SIGKILL'))
        program = await startProgram({ folder })
        expect(await missing(program, byServer)).toEqual([])

        const postmaster = await databaseProcess(folder)
        const byDatabase = await writeUntilKilled(program, customer.id, () => process.kill(postmaster, 'SIGKILL'))
        await ready(program)
        expect(await missing(program, byDatabase)).toEqual([])
        written += byServer.length + byDatabase.length
      }
      expect(written).toBeGreaterThan(KILLS * WRITERS)
    } finally {
      await program.stop()
      await rm(folder, { recursive: true, force: true })
    }
  },
  60_000 + KILLS * 30_000,
)

/** The server brings its database back by itself. */
async function ready(program: Program): Promise<void> {
  for (let attempt = 0; attempt < 300; attempt++) {
    const reply = await fetch(`${program.url}/readyz`).catch(() => null)
    if (reply?.status === 200) return
    await sleep(100)
  }
  throw new Error('The program was not ready again within half a minute.')
}
