import { createHash } from 'node:crypto'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import JSZip from 'jszip'
import { expect, onTestFinished, test } from 'vitest'
import { exportCustomer } from '#platform/exit/export-customer.ts'
import { exitManifest } from '#platform/exit/form.ts'
import { importCustomer } from '#platform/exit/import-customer.ts'
import { keepFilesIn } from '#platform/files/store.ts'
import { actorWith } from '#platform/testing.ts'
import { customerWithEverything } from './everything-testing.ts'
import { MARK } from './forgeries-testing.ts'
import { testWorld, type TestWorld } from './testing.ts'

const now = new Date('2026-03-02T09:00Z')

async function folder(): Promise<string> {
  const path = await mkdtemp(join(tmpdir(), 'plumbline-exit-'))
  onTestFinished(() => rm(path, { recursive: true, force: true }))
  return path
}

/** All rows of a customer in the tables of an export, as texts, whatever their order. */
async function rowsOf({ database: { pool } }: TestWorld, customer: string, tables: readonly string[]) {
  const all: Record<string, readonly string[]> = {}
  for (const name of tables) {
    const { rows: columns } = await pool.query(
      `select from information_schema.columns where table_schema = current_schema() and table_name = $1 and column_name = 'customer_id'`,
      [name],
    )
    if (columns.length === 0) continue
    const { rows } = await pool.query<{ said: string }>(
      `select to_jsonb(t)::text as said from "${name}" t where customer_id = $1 order by 1`,
      [customer],
    )
    all[name] = rows.map(({ said }) => said)
  }
  return all
}

test('a customer goes to another installation: every row of it, every figure, and nothing of anybody else', async () => {
  const from = await testWorld({ now })
  const own = await customerWithEverything(from, 'own')
  await customerWithEverything(from, MARK)
  const file = join(await folder(), 'own.zip')
  await exportCustomer(file, { pool: from.database.pool, customer: 'OWN customer', audience: 'provider', now })
  const zip = await JSZip.loadAsync(await readFile(file))
  const whole = exitManifest.parse(JSON.parse(await zip.file('manifest.json')!.async('text')))
  for (const { name } of whole.tables)
    expect((await zip.file(`tables/${name}.jsonl`)!.async('text')).toLowerCase(), name).not.toContain(MARK)

  keepFilesIn(await folder())
  const to = await testWorld({ now })
  const taken = await importCustomer(file, to.database)
  expect(taken.customer).toBe('own customer')
  const names = whole.tables.map(({ name }) => name)
  const blanked = ['contact_source', 'catalogue_item', 'survey_invitation']
  const alike = names.filter((name) => !blanked.includes(name))
  expect(await rowsOf(to, own.customerId, alike)).toEqual(await rowsOf(from, own.customerId, alike))

  const asked = `/reports/attainment?customer=${own.customerId}&from=2026-01-01&to=2026-04-01&groupBy=month`
  expect((await to.call('GET', asked)).body).toEqual((await from.call('GET', asked)).body)
  const { items } = (await to.call('GET', `/incidents?customer=${own.customerId}`)).body
  const clock = items[0].clocks[0].id
  const explained = `/incidents/${items[0].id}/clocks/${clock}/explanation`
  expect((await to.call('GET', explained)).body).toEqual((await from.call('GET', explained)).body)
  // Its numbers go on, and work goes on with it.
  const next = { customer: own.customerId, title: 'Next', impact: 'low', urgency: 'low' }
  const [here, there] = [await to.call('POST', '/incidents', next), await from.call('POST', '/incidents', next)]
  expect(here.body.number).toBe(there.body.number)
  await expect(importCustomer(file, to.database)).rejects.toMatchObject({ code: 'exit.there' })
}, 60_000)

test('what the customer is handed holds what they may see: the database leaves out the rest, and it is not taken in', async () => {
  const world = await testWorld({ now })
  await customerWithEverything(world, 'own')
  const file = join(await folder(), 'own.zip')
  const made = { pool: world.database.pool, customer: 'own customer', audience: 'customer', now } as const
  await exportCustomer(file, made)
  const zip = await JSZip.loadAsync(await readFile(file))
  const whole = exitManifest.parse(JSON.parse(await zip.file('manifest.json')!.async('text')))
  const names = whole.tables.map(({ name }) => name)
  for (const ours of ['posting', 'profit_plan', 'contract_private', 'time_entry', 'stakeholder_interaction', 'team'])
    expect(names).not.toContain(ours)
  expect(whole.tables.find(({ name }) => name === 'incident')!.columns).not.toContain('assignee_id')
  const history = (await zip.file('tables/history.jsonl')!.async('text')).trim().split('\n')
  expect(history.length).toBeGreaterThan(0)
  for (const line of history) expect(JSON.parse(line)).not.toHaveProperty('actor_id')
  await expect(importCustomer(file, world.database)).rejects.toMatchObject({ code: 'exit.not-whole' })
  await expect(exportCustomer(file, made)).rejects.toMatchObject({ code: 'backup.exists' })
  expect((await world.call('GET', '/customers', undefined, { as: actorWith('staff', ['agent']) })).status).toBe(200)
}, 60_000)

test.each([
  ['an account', 'account', { person_id: '00000000-0000-4000-8000-000000000001', email: 'eve@x.example' }],
  [
    'a role',
    'role_assignment',
    { id: '00000000-0000-4000-8000-000000000001', role: 'administrator', customer_id: 'OWN' },
  ],
  [
    'a site of another customer',
    'site',
    { id: '00000000-0000-4000-8000-000000000001', customer_id: '00000000-0000-4000-8000-000000000002' },
  ],
  [
    'a person of another customer',
    'person',
    { id: '00000000-0000-4000-8000-000000000001', customer_id: '00000000-0000-4000-8000-000000000002' },
  ],
])('a file into which somebody wrote %s is not taken in', async (_, table, row) => {
  const world = await testWorld({ now })
  const customer = { id: '00000000-0000-4000-8000-00000000000a', name: 'Foreign', key: 'FOR' }
  const line = `${JSON.stringify(row).replace('OWN', customer.id)}\n`
  const sha256 = createHash('sha256').update(line).digest('hex')
  const { rows: migrations } = await world.database.pool.query<{ name: string }>('select name from migration')
  const whole = { format: 'plumbline-customer', version: 1, madeAt: now.toISOString(), audience: 'provider', customer }
  const tables = [{ name: table, columns: Object.keys(row), rows: 1, sha256 }]
  const lists = {
    migrations: migrations.map(({ name }) => name),
    tables,
    files: [],
    lost: [],
    sequences: [],
    leftOut: [],
  }
  const zip = new JSZip().file('manifest.json', JSON.stringify({ ...whole, ...lists }))
  zip.file(`tables/${table}.jsonl`, line)
  const file = join(await folder(), 'forged.zip')
  await writeFile(file, await zip.generateAsync({ type: 'nodebuffer' }))
  await expect(importCustomer(file, world.database)).rejects.toMatchObject({ code: 'exit.not-theirs' })
  const { rowCount } = await world.database.pool.query(`select from "${table}" where to_jsonb("${table}") @> $1`, [
    line,
  ])
  expect(rowCount).toBe(0)
})
