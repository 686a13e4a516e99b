import { spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { createReadStream, createWriteStream, existsSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { pipeline } from 'node:stream/promises'
import { fileURLToPath } from 'node:url'
import { createGunzip } from 'node:zlib'
import { from as copyFrom } from 'pg-copy-streams'
import { addCustomer } from '#modules/customers'
import { importByCommand } from '#modules/imports'
import { addAgreement, addCalendar } from '#modules/service-levels'
import { ROOT } from '#platform/configuration.ts'
import { type Context, system } from '#platform/context.ts'
import { connect, type Database, transaction } from '#platform/database.ts'
import { migrate } from '#platform/migrations.ts'
import { startEmbeddedPostgres } from '#platform/embedded-postgres.ts'
import { silent } from '#platform/log.ts'
import type { JobWorld } from '#platform/worker.ts'
import { median, print, rounded } from './measure.ts'

/**
 * The audit log of a year, 99,839 rows, taken in with clocks counted; ten times as many rows; and, beside it, a bare COPY of
 * the same rows into a table of text. The log is the one beside the project or, where that is absent, one of the same
 * shape. Each import has a process and a database of its own (`PLUMBLINE_BENCH_ROUNDS=1` for a quick look).
 */
const ROUNDS = Number(process.env['PLUMBLINE_BENCH_ROUNDS'] ?? 3)
const TIMES = 10
const REAL = join(ROOT, '../shared/data/uci_incident_event_log/incident_event_log.70pct.csv.gz')
const CUSTOMER = 'Bench'
/** As `./plumbline import` has it. */
const SMALL = ['--max-semi-space-size=8']

interface Result {
  readonly rows: number
  readonly tickets: number
  readonly events: number
  readonly seconds: number
  /** The most memory that the process ever held. */
  readonly residentMb: number
  /** Of the process alone, without the database's. */
  readonly processorSeconds: number
}

const [, , mode, ...rest] = process.argv
if (mode === '--child') await importAsChild(rest[0]!, rest[1]!)
else await measure()

async function measure(): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'plumbline-bench-'))
  const given = process.env['DATABASE_URL']
  const postgres =
    given === undefined
      ? await startEmbeddedPostgres({ folder: join(folder, 'postgres'), log: () => undefined })
      : undefined
  const server = given ?? postgres!.url
  try {
    const once = join(folder, 'log.csv')
    const often = join(folder, 'log-often.csv')
    await pipeline(existsSync(REAL) ? createReadStream(REAL).pipe(createGunzip()) : madeUpLog, createWriteStream(once))
    await repeat(once, often)
    const log = existsSync(REAL) ? 'real' : 'made up'

    const results: Result[] = []
    const copies: number[] = []
    for (let round = 0; round < ROUNDS; round++) {
      results.push(await inDatabase(server, (url) => importInChild(url, once)))
      copies.push(await inDatabase(server, (url) => bareCopy(url, once)))
    }
    const many = await inDatabase(server, (url) => importInChild(url, often))
    const copiedMany = await inDatabase(server, (url) => bareCopy(url, often))
    tell({ log, results, copies, many, copiedMany })
  } finally {
    await postgres?.stop()
    await rm(folder, { recursive: true, force: true })
  }
}

interface Told {
  readonly log: string
  readonly results: readonly Result[]
  readonly copies: readonly number[]
  readonly many: Result
  readonly copiedMany: number
}

function tell({ log, results, copies, many, copiedMany }: Told): void {
  const { rows, tickets, events } = results[0]!
  const seconds = median(results.map((each) => each.seconds))
  const resident = Math.max(...results.map((each) => each.residentMb))
  const samples = results.length
  const all = results.map((each) => rounded(each.seconds))
  const processorSeconds = rounded(median(results.map((each) => each.processorSeconds)))
  print({
    name: 'import.log',
    value: rounded(seconds),
    unit: 's',
    samples,
    detail: { log, rows, tickets, events, clocks: 2 * tickets, all, processorSeconds, limit: 10 },
  })
  print({ name: 'import.rate', value: Math.round(rows / seconds), unit: 'rows/s', samples, detail: { log, rows } })
  print({
    name: 'import.resident',
    value: rounded(resident, 1),
    unit: 'MB',
    samples,
    detail: { log, rows, limit: 400 },
  })
  print({
    name: 'import.ten-times',
    value: rounded(many.seconds / seconds),
    unit: 'x',
    samples: 1,
    detail: {
      rows: many.rows,
      tickets: many.tickets,
      seconds: rounded(many.seconds),
      processorSeconds: rounded(many.processorSeconds),
      limit: 11,
    },
  })
  print({
    name: 'import.ten-times-resident',
    value: rounded(many.residentMb, 1),
    unit: 'MB',
    samples: 1,
    detail: { rows: many.rows, limit: 400 },
  })
  const copy = median(copies)
  print({
    name: 'import.copy',
    value: rounded(copy),
    unit: 's',
    samples,
    detail: {
      what: 'bare COPY of the same rows into a table of text',
      all: copies.map((each) => rounded(each)),
      tenTimes: rounded(copiedMany),
    },
  })
  print({
    name: 'import.copy-ratio',
    value: rounded(seconds / copy, 2),
    unit: 'x',
    samples,
    detail: { tenTimes: rounded(many.seconds / copiedMany, 2) },
  })
}

/** Runs `work` on an empty database of its own. */
async function inDatabase<Value>(server: string, work: (url: string) => Promise<Value>): Promise<Value> {
  const name = `plumbline_bench_${randomUUID().slice(0, 8)}`
  const url = server.replace(/^([a-z]+:\/\/[^/]*)(?:\/[^?]*)?/, `$1/${name}`)
  const administration = connect(server, { connections: 1 })
  try {
    await administration.pool.query(`create database ${name}`)
    const value = await work(url)
    await administration.pool.query(`drop database ${name} with (force)`)
    return value
  } finally {
    await administration.close()
  }
}

async function importInChild(url: string, file: string): Promise<Result> {
  const database = connect(url, { connections: 2 })
  await migrate(database.db)
  await agree(database)
  await database.close()
  const child = spawn(process.execPath, [...SMALL, fileURLToPath(import.meta.url), '--child', url, file], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const pieces: Buffer[] = []
  child.stdout.on('data', (piece: Buffer) => pieces.push(piece))
  const code = await new Promise<number | null>((resolve) => child.once('exit', resolve))
  if (code !== 0) throw new Error(`The import ended with ${code}`)
  return JSON.parse(Buffer.concat(pieces).toString()) as Result
}

async function importAsChild(url: string, file: string): Promise<void> {
  const database = connect(url)
  const { counts } = await importByCommand(worldOf(database), {
    paths: [file],
    source: 'servicenow',
    customer: CUSTOMER,
    mapping: {},
    dryRun: false,
  })
  const { rows, tickets, events, seconds } = counts!
  const { maxRSS, userCPUTime, systemCPUTime } = process.resourceUsage()
  const result: Result = {
    rows,
    tickets,
    events,
    seconds,
    residentMb: (maxRSS * 1024) / 1e6,
    processorSeconds: (userCPUTime + systemCPUTime) / 1e6,
  }
  process.stdout.write(JSON.stringify(result))
  await database.close()
}

function worldOf({ db, pool }: Database): JobWorld {
  const now = () => new Date()
  const contextIn = (tx: Context['db']): Context => ({
    db: tx,
    actor: system,
    now: now(),
    requestId: 'bench',
    listeners: {},
    enqueue: async () => undefined,
  })
  return {
    db,
    pool,
    now,
    log: silent,
    signal: new AbortController().signal,
    inTransaction: (work) => transaction(db, system, 'read write', (tx) => work(contextIn(tx))),
  }
}

/** A customer with hours and targets for every priority, so that each ticket has two clocks. */
async function agree(database: Database): Promise<void> {
  const hours = [{ opens: 8 * 60, closes: 18 * 60 }]
  const priorities = ['p1', 'p2', 'p3', 'p4', 'p5'] as const
  await worldOf(database).inTransaction(async (context) => {
    const customer = await addCustomer(context, {
      name: CUSTOMER,
      kind: 'external',
      timeZone: 'Europe/Berlin',
      language: 'en',
    })
    const week = [hours, hours, hours, hours, hours, [], []]
    await addCalendar(context, {
      name: 'Hours',
      customer: customer.id,
      rules: { timeZone: 'Europe/Berlin', week, exceptions: [] },
    })
    const targets = priorities.flatMap((priority, index) => [
      { metric: 'response' as const, priority, targetSeconds: 1800 * (index + 1), attainmentBp: 9000 },
      { metric: 'resolution' as const, priority, targetSeconds: 4 * 3600 * (index + 1), attainmentBp: 9000 },
    ])
    await addAgreement(context, {
      name: 'Agreement',
      customer: customer.id,
      activate: true,
      calendar: 'Hours',
      validFrom: new Date('2010-01-01'),
      services: [],
      terms: {},
      targets,
    })
  })
}

async function bareCopy(url: string, file: string): Promise<number> {
  const { pool, close } = connect(url, { connections: 1 })
  const client = await pool.connect()
  const header = (await firstLine(file)).split(',')
  await client.query(`create table bare (${header.map((name) => `${name} text`).join(', ')})`)
  const began = performance.now()
  await pipeline(
    createReadStream(file, { highWaterMark: 256 * 1024 }),
    client.query(copyFrom('copy bare from stdin with (format csv, header)')),
  )
  const seconds = (performance.now() - began) / 1000
  client.release()
  await close()
  return seconds
}

async function firstLine(file: string): Promise<string> {
  const lines = createInterface({ input: createReadStream(file) })
  for await (const line of lines) return line
  return ''
}

/** The same log ten times over, each time with other numbers of tickets. */
async function repeat(from: string, to: string): Promise<void> {
  async function* repeated() {
    for (let time = 0; time < TIMES; time++) {
      let piece = ''
      let first = true
      for await (const line of createInterface({ input: createReadStream(from, { highWaterMark: 1024 * 1024 }) })) {
        const wanted = !first || time === 0
        if (wanted) piece += first ? `${line}\n` : `${line.replace(/^INC/, `INC${time}`)}\n`
        first = false
        if (piece.length > 1024 * 1024) {
          yield piece
          piece = ''
        }
      }
      yield piece
    }
  }
  await pipeline(repeated, createWriteStream(to))
}

/** A log of the same shape, the same in every run: so many tickets, each with its opening, some changes, resolution and closing. */
async function* madeUpLog(): AsyncGenerator<string> {
  let seed = 4711
  const random = (below: number) => {
    seed = (Math.imul(seed, 1_103_515_245) + 12_345) & 0x7fffffff
    return (seed >>> 8) % below
  }
  yield `${COLUMNS}\n`
  let rows = 0
  for (let ticket = 0; rows < 99_839; ticket++) {
    let at = Date.UTC(2016, 2, 1) + random(90 * 24 * 60) * 60_000
    const opened = textOf(at)
    const changes = 1 + random(8)
    const states = [
      'New',
      ...Array.from({ length: changes }, () => ['Active', 'Active', 'Awaiting User Info'][random(3)]!),
      'Resolved',
      'Closed',
    ]
    const ends = at + (changes + 1) * 5 * 3_600_000
    const [resolved, closed] = [textOf(ends), textOf(ends + 5 * 24 * 3_600_000)]
    const [caller, location, category, symptom] = [random(4700), random(200), random(50), random(500)]
    const level = ['3 - Moderate', '3 - Moderate', '3 - Moderate', '2 - High', '4 - Low'][random(5)]!
    for (const [mod, state] of states.entries()) {
      if (rows++ >= 99_839) break
      at = state === 'Resolved' ? ends : state === 'Closed' ? ends + 5 * 24 * 3_600_000 : at + random(4 * 60) * 60_000
      yield `INC${1_000_000 + ticket},${state},${state !== 'Closed'},${mod},0,${mod},${random(10) > 3},Caller ${caller},Opened by ${random(190)},${opened},Created by ${random(90)},${opened},Updated by ${random(900)},${textOf(at)},Phone,Location ${location},Category ${category},Subcategory ${category},Symptom ${symptom},?,2 - Medium,2 - Medium,${level},Group ${random(70)},Resolver ${random(200)},true,false,Do Not Notify,?,?,?,?,code 5,Resolved by 1,${resolved},${closed}\n`
    }
  }
}

const COLUMNS =
  'number,incident_state,active,reassignment_count,reopen_count,sys_mod_count,made_sla,caller_id,opened_by,opened_at,sys_created_by,sys_created_at,sys_updated_by,sys_updated_at,contact_type,location,category,subcategory,u_symptom,cmdb_ci,impact,urgency,priority,assignment_group,assigned_to,knowledge,u_priority_confirmation,notify,problem_id,rfc,vendor,caused_by,closed_code,resolved_by,resolved_at,closed_at'

/** `29/2/2016 01:16`, as the log has it. */
function textOf(at: number): string {
  const date = new Date(at)
  return `${date.getUTCDate()}/${date.getUTCMonth() + 1}/${date.getUTCFullYear()} ${date.toISOString().slice(11, 16)}`
}
