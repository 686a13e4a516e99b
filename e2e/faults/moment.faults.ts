import { execFile } from 'node:child_process'
import { chmod, cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { promisify } from 'node:util'
import { Client } from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { ImportView } from '#api/imports'
import { randomOf } from '#sample/random.ts'
import { ask, told } from './asking.ts'
import { check } from './checker.ts'
import { emptyLedger, type Ledger } from './ledger.ts'
import { survived } from './tally.ts'
import { type Company, during, foundCompany, works } from './work.ts'
import { faultyWorld, type World } from './world.ts'

const run = promisify(execFile)

/** How long people work before the copy is taken, while it is, and after the moment that is gone back to. */
const WORK_MS = Number(process.env['PLUMBLINE_FAULTS_WORK_SECONDS'] ?? 6) * 1000
const SEED = process.env['PLUMBLINE_FAULTS_SEED'] ?? '20261122'

/** Where the database keeps its log, a file as soon as it is full or has been open for long. */
let archive: string
let world: World
let company: Company
beforeAll(async () => {
  archive = await mkdtemp(join(tmpdir(), 'plumbline-archive-'))
  // The account of the database writes into it.
  await chmod(archive, 0o777)
  const keep = `test ! -f ${archive}/%f && cp %p ${archive}/%f.part && mv ${archive}/%f.part ${archive}/%f`
  const archiving = { wal_level: 'replica', archive_mode: 'on', archive_command: keep, archive_timeout: '5' }
  world = await faultyWorld({ settings: archiving })
  company = await foundCompany(world)
})
afterAll(async () => {
  await world?.end()
  await rm(archive, { recursive: true, force: true })
})

/** Copies the folder of the database while it is written to, as PostgreSQL's manual says (25.3.3). */
async function baseCopy(to: string): Promise<void> {
  const { dataFolder, url } = world.database.get()
  const client = new Client({ connectionString: url })
  await client.connect()
  try {
    await client.query(`select pg_backup_start('base', true)`)
    await mkdir(join(to, 'data'), { recursive: true })
    const left = ['./pg_wal/*', './postmaster.pid', './postmaster.opts'].map((path) => `--exclude=${path}`).join(' ')
    // 1: a file changed or went while it was read, which the log makes good.
    const pipe = `(tar -C '${dataFolder}' ${left} -cf - . || test $? = 1) | tar -C '${join(to, 'data')}' -xf -`
    await run('sh', ['-c', pipe])
    const { rows } = await client.query<{ label: string }>('select labelfile as label from pg_backup_stop()')
    await writeFile(join(to, 'data/backup_label'), rows[0]!.label)
    await cp(join(dataFolder, '../password'), join(to, 'password'))
  } finally {
    await client.end()
  }
}

async function said<T>(of: World, question: string, values: readonly unknown[] = []): Promise<T> {
  const client = new Client({ connectionString: of.database.get().url })
  await client.connect()
  try {
    return (await client.query<{ it: T }>(question, [...values])).rows[0]!.it
  } finally {
    await client.end()
  }
}

/**
 * An import that ran at that moment and was done later finds its file gone, since it was needed no more, and says so: whoever
 * has the file sends it again. How many.
 */
async function sendAgain(of: World, { files }: Ledger): Promise<number> {
  let many = 0
  for (const [id, bytes] of files) {
    for (;;) {
      const { body } = await ask<ImportView>(of, 'GET', `/imports/${id}`)
      if (body.state === 'running') await sleep(250)
      else if (body.state !== 'failed' || body.failure?.code !== 'file.gone') break
      else {
        await ask(of, 'PUT', `/imports/${id}/file`, bytes)
        await told(of, 'POST', `/imports/${id}/start`, {})
        many += 1
      }
    }
  }
  return many
}

test(`a database that keeps its log goes back to a moment: what was answered before is there, what came after is not (seed ${SEED})`, async () => {
  const random = randomOf(`${SEED} moment`)
  const base = await mkdtemp(join(tmpdir(), 'plumbline-base-'))
  const before = emptyLedger()
  const all = Object.values(works)
  await during(all, { world, company, ledger: before, random: random.fork('before') }, async () => {
    await sleep(WORK_MS)
    await baseCopy(base)
    await sleep(WORK_MS)
  })
  const person = await told<{ id: string }>(world, 'POST', '/people', {
    name: 'Ottilie Gehrmann',
    customer: company.customer,
  })
  const moment = await said<string>(world, 'select clock_timestamp()::text as it')
  await sleep(1000)

  const after = emptyLedger()
  const { desk, importing } = works
  await during([desk, desk, importing], { world, company, ledger: after, random: random.fork('after') }, () =>
    sleep(WORK_MS),
  )
  const erasure = await ask<{ id: string }>(world, 'POST', '/privacy/erasures', { person: person.id, ground: 'asked' })
  expect(erasure.status).toBe(202)
  const erased = 'select erased_at is not null as it from person where id = $1'
  await expect.poll(() => said(world, erased, [person.id]), { timeout: 60_000 }).toBe(true)
  // The log up to here is put away before the machine is gone.
  const last = await said<string>(world, 'select pg_walfile_name(pg_switch_wal()) as it')
  const kept = 'select last_archived_wal >= $1 as it from pg_stat_archiver'
  await expect.poll(() => said(world, kept, [last]), { timeout: 60_000 }).toBe(true)

  const began = Date.now()
  const restored = await faultyWorld({
    settings: {
      restore_command: `cp ${archive}/%f "%p"`,
      recovery_target_time: moment,
      recovery_target_action: 'promote',
    },
    furnish: async (folder) => {
      await mkdir(join(folder, 'postgres'))
      await cp(base, join(folder, 'postgres/cluster'), { recursive: true })
      await writeFile(join(folder, 'postgres/cluster/data/recovery.signal'), '')
      // Files never change once they are there: those of today hold what is needed of then.
      await cp(join(world.folder, 'data'), join(folder, 'data'), { recursive: true })
    },
  })
  try {
    const seconds = Math.round((Date.now() - began) / 1000)
    const sentAgain = await sendAgain(restored, before)
    const faults = await check(restored, company, before)
    expect(faults).toEqual([])
    const later = [...after.incidents.keys()]
    expect(later.length).toBeGreaterThan(0)
    const there = 'select count(*)::int as it from incident where title = any($1)'
    expect(await said(restored, there, [later])).toBe(0)
    // Whoever was forgotten since is not brought back by it.
    expect(await said(restored, erased, [person.id])).toBe(true)
    await survived('back to a moment', {
      incidents: before.incidents.size,
      'tickets imported': [...before.imports.values()].flat().length,
      'months locked': before.locked.size,
      recounts: before.calendarVersions.size,
      reviews: before.reviews.size,
      'files sent again': sentAgain,
      'incidents that came after': later.length,
      'seconds until it served': seconds,
      faults: faults.length,
    })
  } finally {
    await restored.end()
    await rm(base, { recursive: true, force: true })
  }
})
