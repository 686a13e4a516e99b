import { writeSample } from '#modules/sample'
import { connect } from '#platform/database.ts'
import { migrate } from '#platform/migrations.ts'
import { startEmbeddedPostgres } from '#platform/embedded-postgres.ts'
import { databaseSecondsOf } from './e2e/program.ts'
const folder = '/tmp/s11/b'
const postgres = await startEmbeddedPostgres({ folder, log: () => undefined, settings: { log_min_duration_statement: process.env['LOGMS'] ?? '2' } })
const database = connect(postgres.url)
await migrate(database.db)
const used = process.cpuUsage(), db0 = await databaseSecondsOf(folder)
let last = performance.now()
const r = await writeSample(database, { tickets: Number(process.argv[2] ?? 50000), onProgress: (p) => { if (p === 96) console.log('filled', performance.now() - last) } })
const { user, system } = process.cpuUsage(used)
console.log(JSON.stringify({ ...r, program: (user + system) / 1e6, database: (await databaseSecondsOf(folder)) - db0 }))
await database.close(); await postgres.stop()
