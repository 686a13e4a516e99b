import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { incidentRoutes } from '#modules/incidents'
import { serviceLevelRoutes } from '#modules/service-levels'
import { testCaller } from '#platform/testing.ts'
import { importWorld, realExports } from './testing.ts'

const log = join(realExports, 'uci_incident_event_log/incident_event_log.70pct.csv.gz')
const tobi = (name: string) => join(realExports, 'tobi_bueck_tickets_de_en', name)
const kaggle = join(realExports, 'kaggle_customer_support_csat/customer_support_tickets.csv')

async function world() {
  const { database, take, remarks } = await importWorld('Example')
  return {
    pool: database.pool,
    take: (path: string, how?: Parameters<typeof take>[1]) => take([path], how),
    remarks,
    call: testCaller(database, [...serviceLevelRoutes, ...incidentRoutes]),
  }
}

describe.skipIf(!existsSync(log))('a year of a real service desk (skipped where ../shared/data is absent)', () => {
  test('comes to the figures that others have counted from it', async () => {
    const { take, remarks, call } = await world()
    const counts = await take(log, { source: 'servicenow' })
    expect(counts).toMatchObject({ rows: 99_839, tickets: 17_552, updated: 0, rejected: 3, leftOut: 2 })
    expect(remarks.filter(({ code }) => code === 'row.state')).toMatchObject([
      { line: 87_575, column: 'incident_state', value: '-100' },
      { line: 87_576, column: 'incident_state', value: '-100' },
      { line: 87_577, column: 'incident_state', value: '-100' },
    ])

    const { body } = await call('GET', '/reports/attainment?customer=Example&groupBy=priority&durations=true')
    expect(body.total.reported).toEqual({ met: 11_149, failed: 6403 })
    expect(((100 * 11_149) / 17_552).toFixed(3)).toBe('63.520')
    expect(body.total.resolutionTime.count).toBe(16_468)
    expect((body.total.resolutionTime.medianSeconds / 3600).toFixed(4)).toBe('21.9417')
    const reference = JSON.parse(
      await readFile(join(realExports, 'uci_incident_event_log/reference_70pct.json'), 'utf8'),
    )
    for (const [
      word,
      { incidents, made_sla: met, resolve_h_median: hours, with_resolved_at: resolved },
    ] of Object.entries<Record<string, number>>(reference.by_priority)) {
      const group = body.groups.find(({ key }: { key: string }) => key === `p${word[0]}`)
      expect([word, group.reported]).toEqual([word, { met, failed: incidents! - met! }])
      expect([
        word,
        group.resolutionTime.count,
        Number((group.resolutionTime.medianSeconds / 3600).toFixed(4)),
      ]).toEqual([word, resolved, hours])
    }

    expect(await take(log, { source: 'servicenow' })).toMatchObject({ rows: 99_839, tickets: 0, updated: 0, events: 0 })
  }, 300_000)

  test('in another order is the same', async () => {
    const { take, pool } = await world()
    const { writeFile, mkdtemp, rm } = await import('node:fs/promises')
    const { tmpdir } = await import('node:os')
    const [header, ...lines] = gunzipSync(await readFile(log))
      .toString()
      .split('\n')
      .filter(Boolean)
    const some = lines.slice(0, 6000)
    const folder = await mkdtemp(join(tmpdir(), 'plumbline-reference-'))
    const write = async (name: string, rows: readonly string[]) => {
      await writeFile(join(folder, name), [header, ...rows].join('\n'))
      return join(folder, name)
    }
    const told = async () =>
      (
        await pool.query(
          "select i.source_key, h.kind, h.occurred_at, h.sequence, h.facts->>'to' as state from history h join incident i on i.id = h.subject_id where h.kind <> 'incident.imported' order by 1, 3, 4, 2",
        )
      ).rows
    const counts = await take(await write('straight.csv', some), { source: 'servicenow' })
    const straight = await told()
    await pool.query('truncate incident, history cascade')
    // Every seventh row first, then every third, then the others: no ticket keeps its rows together.
    const order = (index: number) => (index % 7 === 0 ? 0 : index % 3 === 0 ? 1 : 2)
    const mixed = some
      .map((line, index) => ({ line, index }))
      .toSorted((one, other) => order(one.index) - order(other.index))
      .map(({ line }) => line)
    expect(await take(await write('mixed.csv', mixed), { source: 'servicenow' })).toMatchObject({
      rows: 6000,
      tickets: counts.tickets,
      events: counts.events,
    })
    expect(await told()).toEqual(straight)
    await rm(folder, { recursive: true })
  }, 120_000)
})

describe.skipIf(!existsSync(realExports))('tables as people have them (skipped where ../shared/data is absent)', () => {
  const openedAt = '2024-01-01T00:00:00Z'

  test.each([
    ['aa_dataset-tickets-multi-lang-5-2-50-version.csv', 'row.cut'],
    ['dataset-tickets-german_normalized_50_5_2.csv', 'row.cut'],
    ['dataset-tickets-multi-lang-4-20k.csv', 'row.cut'],
    ['dataset-tickets-multi-lang3-4k.csv', 'row.cut'],
    ['dataset-tickets-german_normalized.csv', null],
  ])(
    '%s: all rows but a cut last one',
    async (name, code) => {
      const { take, remarks, pool } = await world()
      const counts = await take(tobi(name), { mapping: { defaults: { openedAt } } })
      expect(remarks.map((remark) => remark.code)).toEqual(code === null ? [] : [code])
      // The cut row is the last one: no line before the last forty is named.
      const lines = (await readFile(tobi(name), 'utf8')).split('\n').length
      expect(remarks.filter(({ line }) => line < lines - 40)).toEqual([])
      expect(counts.tickets).toBeGreaterThan(counts.rows * 0.95)
      const { rows } = await pool.query<{ titles: number; texts: number; teams: number }>(
        "select count(*) filter (where title <> source_key) as titles, count(*) filter (where description <> '') as texts, count(team_id) as teams from incident",
      )
      expect(rows[0]!.texts).toBe(counts.tickets)
      expect(rows[0]!.teams).toBe(counts.tickets)
      expect(await take(tobi(name), { mapping: { defaults: { openedAt } } })).toMatchObject({ tickets: 0, events: 0 })
    },
    120_000,
  )

  test('tickets that were resolved before they were answered are taken as they say', async () => {
    const { take, remarks, pool } = await world()
    const counts = await take(kaggle, { mapping: { defaults: { openedAt: '2023-05-01T00:00:00Z' } } })
    expect(counts).toMatchObject({ rows: 8469, tickets: 8469, rejected: 0 })
    expect(remarks).toEqual([])
    const { rows } = await pool.query<{ resolved: number; odd: number; waiting: number }>(
      `select count(*) filter (where state = 'closed') as resolved, count(*) filter (where state = 'on-hold') as waiting, (
         select count(*) from history a join history r on r.subject_id = a.subject_id and r.kind = 'incident.state' and r.facts->>'to' = 'resolved'
         where a.kind = 'incident.responded' and a.occurred_at > r.occurred_at
       ) as odd from incident`,
    )
    expect(rows[0]).toEqual({ resolved: 2769, waiting: 2881, odd: 1365 })
  }, 120_000)

  test('a table without numbers and dates says what it lacks', async () => {
    const { take } = await world()
    await expect(take(join(realExports, 'endava_tickets/all_tickets_partial.csv'))).rejects.toMatchObject({
      code: 'import.column-needed',
      values: { field: 'openedAt' },
    })
  })
})
