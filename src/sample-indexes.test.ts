import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import { expect, test, vi } from 'vitest'
import { writeSample } from '#modules/sample'
import type { Db } from '#platform/context.ts'
import { listSetAside, setAside } from '#platform/set-aside.ts'
import { type TestDatabase, testDatabase } from '#platform/testing.ts'
import { auditCommand } from './commands/audit.ts'
import type { CommandWorld } from './commands/command.ts'
import { doctorCommand } from './commands/doctor.ts'
import { recomputeCommand } from './commands/recompute.ts'

// A whole company each time, also on a machine that has other things to do.
vi.setConfig({ testTimeout: 120_000 })

const now = new Date('2026-11-22T10:00:00Z')
const company = { tickets: 150, months: 3, seed: 'after', now }

/** Everything that tickets are written into, and what is counted from them. */
const tables = [
  'incident',
  'history',
  'clock',
  'clock_behind',
  'attainment_month',
  'kpi_value',
  'survey_answer',
] as const

test('indexes that are made after the tickets leave the same rows, the same tables and the same figures', async () => {
  const [usual, filled] = [await testDatabase(), await testDatabase()]
  const tablesBefore = await madeOf(filled.db)
  // As somebody leaves it who is killed: whoever comes next puts it back before anything else.
  const client = await filled.pool.connect()
  await setAside(client, ['history', 'incident', 'clock'])
  client.release()
  expect(await madeOf(filled.db)).not.toEqual(tablesBefore)
  expect(await doctorsDoubts(filled)).toContain('doctor.set-aside')

  const { tickets, events } = await writeSample(usual, { ...company, indexAfter: false })
  expect(await writeSample(filled, { ...company, indexAfter: true })).toMatchObject({ tickets, events })

  expect(await checksums(filled.db)).toEqual(await checksums(usual.db))
  expect(await listSetAside(filled.pool)).toEqual([])
  expect(await madeOf(filled.db)).toEqual(tablesBefore)
  expect(await said(filled, recomputeCommand, '--dry-run')).toMatchObject({ incidents: tickets, differences: [] })
  expect(await said(filled, auditCommand, 'verify')).toMatchObject({ faults: [] })
  expect(await doctorsDoubts(filled)).toEqual(await doctorsDoubts(usual))
})

/** Indexes, constraints and triggers of what is written, without those of single months. */
async function madeOf(db: Db): Promise<readonly unknown[]> {
  const { rows } = await sql`
    select conrelid::regclass::text as of, conname as name, pg_get_constraintdef(oid) as made from pg_constraint
    where conrelid = any('{incident,history,clock}'::regclass[])
    union all select tablename, indexname, indexdef from pg_indexes
    where schemaname = current_schema() and tablename in ('incident', 'history', 'clock')
    union all select tgrelid::regclass::text, tgname, tgenabled::text || pg_get_triggerdef(oid) from pg_trigger
    where tgrelid = any('{incident,history,clock}'::regclass[]) and not tgisinternal
    order by 1, 2, 3`.execute(db)
  return rows
}

/** A digest of each table's rows: ids, which are different each time, are said by the names of what they mean. */
async function checksums(db: Db): Promise<Readonly<Record<string, string>>> {
  const { rows: named } = await sql<{ id: string; name: string }>`
    select id::text, email as name from person union all select id::text, name from team
    union all select id::text, key from customer union all select id::text, name from service
    union all select id::text, name from site union all select id::text, name from agreement
    union all select id::text, number from incident
    union all select v.id::text, a.name || ' ' || v.valid_from from agreement_version v join agreement a on a.id = v.agreement_id
    union all select v.id::text, c.name || ' ' || v.valid_from from calendar_version v join calendar c on c.id = v.calendar_id`.execute(
    db,
  )
  const names = new Map(named.map(({ id, name }) => [id, name]))
  const digests: Record<string, string> = {}
  for (const table of tables) {
    const { rows } = await sql<{ row: string }>`select to_jsonb(t)::text as row from ${sql.table(table)} t`.execute(db)
    const lines = rows.map(({ row }) =>
      row.replaceAll(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, (id) => names.get(id) ?? 'id'),
    )
    digests[table] = `${rows.length} ${createHash('sha256').update(lines.toSorted().join('\n')).digest('hex')}`
  }
  return digests
}

type Command = (args: readonly string[], world: CommandWorld) => Promise<number>

/** What a verb answers with `--json`. */
async function said(database: TestDatabase, command: Command, ...args: readonly string[]): Promise<object> {
  const out: string[] = []
  await command(args, {
    database,
    url: database.url,
    json: true,
    language: 'en',
    out: (line) => void out.push(line),
    err: () => undefined,
  })
  return JSON.parse(out.join('')) as object
}

/** What it finds to be mended: in a database without an administrator that there is none. */
async function doctorsDoubts(database: TestDatabase): Promise<readonly string[]> {
  const { findings } = (await said(database, doctorCommand)) as { findings: { fine: boolean; code: string }[] }
  return findings.filter(({ fine }) => !fine).map(({ code }) => code)
}
