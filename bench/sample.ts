import { mkdtemp, rm } from 'node:fs/promises'
import { loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { removeSample, writeSample } from '#modules/sample'
import { connect, type Database } from '#platform/database.ts'
import { migrate } from '#platform/migrations.ts'
import { startEmbeddedPostgres } from '#platform/embedded-postgres.ts'
import { databaseSecondsOf } from '../e2e/program.ts'
import { print, rounded } from './measure.ts'

/**
 * The sample company, written to a database of its own: the twelve months that everybody gets, and ten times as many
 * tickets (`PLUMBLINE_BENCH_SAMPLES=20000,200000`), which take ten times as long and no more memory; each size once with
 * the indexes made with each ticket and once after them, one after the other.
 */
const SIZES = (process.env['PLUMBLINE_BENCH_SAMPLES'] ?? '20000,200000').split(',').map(Number)

const folder = await mkdtemp(join(tmpdir(), 'plumbline-bench-'))
const postgres = await startEmbeddedPostgres({ folder, log: () => undefined })
try {
  for (const size of SIZES) for (const indexAfter of [false, true]) await measure(size, indexAfter)
} finally {
  await postgres.stop()
  await rm(folder, { recursive: true, force: true })
}

async function measure(size: number, indexAfter: boolean): Promise<void> {
  const name = `${size}${indexAfter ? '.index-after' : ''}`
  const database = connect(postgres.url)
  try {
    await migrate(database.db)
    const used = process.cpuUsage()
    const usedByDatabase = await databaseSecondsOf(folder)
    let highest = 0
    const { tickets, events, seconds } = await writeSample(database, {
      tickets: size,
      indexAfter,
      onProgress: () => (highest = Math.max(highest, process.memoryUsage.rss())),
    })
    const { user, system } = process.cpuUsage(used)
    const program = (user + system) / 1e6
    const server = (await databaseSecondsOf(folder)) - usedByDatabase
    print({
      name: `sample.write.${name}`,
      value: seconds,
      unit: 's',
      samples: 1,
      detail: {
        ticketsPerSecond: Math.round(tickets / seconds),
        events,
        processorSeconds: rounded(program, 1),
        databaseSeconds: rounded(server, 1),
        processorMsPerTicket: rounded(((program + server) * 1000) / tickets),
        bytesPerTicket: await bytesPerTicket(database, tickets),
        load: rounded(loadavg()[0]!, 1),
        residentMb: Math.round(highest / 1e6),
      },
    })
    const started = performance.now()
    await removeSample(database)
    print({
      name: `sample.remove.${name}`,
      value: rounded((performance.now() - started) / 1000),
      unit: 's',
      samples: 1,
      detail: {},
    })
    // What was removed leaves room that the next one would fill.
    await database.pool.query('vacuum full incident')
    await database.pool.query('vacuum full clock')
    await database.pool.query('vacuum full history')
  } finally {
    await database.close()
  }
}

/** On the disk, by what it is of: tables and their indexes. */
async function bytesPerTicket({ pool }: Database, tickets: number): Promise<Readonly<Record<string, number>>> {
  const { rows } = await pool.query<{ of: string; bytes: string }>(`
    select case when relname ~ '^history_' then 'history' when relname in ('incident', 'clock') then relname else 'other' end ||
      part as of, sum(size)::bigint as bytes
    from pg_class cross join lateral (values (' rows', pg_table_size(oid)), (' indexes', pg_indexes_size(oid))) parts(part, size)
    where relkind = 'r' and relnamespace = current_schema()::regnamespace group by 1 order by 1`)
  return Object.fromEntries(rows.map(({ of, bytes }) => [of, Math.round(Number(bytes) / tickets)]))
}
