import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { removeSample, writeSample } from '#modules/sample'
import { connect } from '#platform/database.ts'
import { migrate } from '#platform/migrations.ts'
import { startEmbeddedPostgres } from '#platform/embedded-postgres.ts'
import { print, rounded } from './measure.ts'

/**
 * The sample company, written to a database of its own: the twelve months that everybody gets, and ten times as many
 * tickets (`PLUMBLINE_BENCH_SAMPLES=20000,200000`), which take ten times as long and no more memory.
 */
const SIZES = (process.env['PLUMBLINE_BENCH_SAMPLES'] ?? '20000,200000').split(',').map(Number)

const folder = await mkdtemp(join(tmpdir(), 'plumbline-bench-'))
const postgres = await startEmbeddedPostgres({ folder, log: () => undefined })
try {
  for (const size of SIZES) {
    const database = connect(postgres.url)
    try {
      await migrate(database.db)
      const used = process.cpuUsage()
      let highest = 0
      const { tickets, events, seconds } = await writeSample(database, {
        tickets: size,
        onProgress: () => (highest = Math.max(highest, process.memoryUsage.rss())),
      })
      const { user, system } = process.cpuUsage(used)
      print({
        name: `sample.write.${size}`,
        value: seconds,
        unit: 's',
        samples: 1,
        detail: {
          ticketsPerSecond: Math.round(tickets / seconds),
          events,
          processorSeconds: rounded((user + system) / 1e6, 1),
          residentMb: Math.round(highest / 1e6),
        },
      })
      const started = performance.now()
      await removeSample(database)
      print({
        name: `sample.remove.${size}`,
        value: rounded((performance.now() - started) / 1000),
        unit: 's',
        samples: 1,
        detail: {},
      })
    } finally {
      await database.close()
    }
  }
} finally {
  await postgres.stop()
  await rm(folder, { recursive: true, force: true })
}
