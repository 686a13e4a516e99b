import { gzipSync } from 'node:zlib'
import JSZip from 'jszip'
import { describe, expect, test } from 'vitest'
import { count, uploadWorld as world } from './upload-testing.ts'

describe('logs of activities', () => {
  const incidents = `Incident ID;Status;Impact;Urgency;Priority;Category;Open Time;Reopen Time;Resolved Time;Close Time;Closure Code;CI Name (aff)
IM1;Closed;3;4;4;incident;05-01-2026 09:00:00;06-01-2026 10:00:00;07-01-2026 11:59:00;07-01-2026 12:00:00;Software;APP1`
  const activities = `Incident ID;DateStamp;IncidentActivity_Number;IncidentActivity_Type;Assignment Group;KM number
IM1;05-01-2026 09:00:02;001A11;Open;TEAM1;KM7
IM1;05-01-2026 10:00:00;001A12;Reassignment;TEAM2;KM7
IM1;05-01-2026 11:00:00;001A13;Pending vendor;TEAM2;KM7
IM1;05-01-2026 15:00:00;001A14;Operator Update;TEAM2;KM7
IM1;05-01-2026 16:00:00;001A15;Closed;TEAM2;KM7
IM1;05-01-2026 17:00:00;001A16;Quality Indicator;TEAM2;KM7
IM1;05-01-2026 18:00:00;001A17;Update;TEAM2;KM7
IM1;06-01-2026 10:00:03;001A18;Reopen;TEAM1;KM7
IM1;07-01-2026 12:00:01;001A19;Closed;TEAM1;KM7`
  const dates = { mapping: { dateOrder: 'dmy' } }

  test('both exports of HP Service Manager come in one zip and become one history', async () => {
    const { call, database, take } = await world()
    const zip = new JSZip()
    zip.file('activities.csv', activities).file('incidents.csv', incidents)
    const file = await zip.generateAsync({ type: 'nodebuffer' })
    const sent = { source: 'hp-service-manager' as const, fileName: 'exports.zip', start: dates }
    const { body } = await take(file, sent)
    expect(body).toMatchObject({ state: 'done', counts: { rows: 12, tickets: 1, rejected: 0 } })
    const { rows } = await database.pool.query(
      "select to_char(occurred_at at time zone 'Europe/Berlin', 'DD HH24:MI:SS') as at, facts->>'to' as to, facts->>'reason' as reason from history where kind = 'incident.state' order by occurred_at, sequence",
    )
    expect(rows.map(({ at, to, reason }) => [at, to, reason].filter(Boolean).join(' '))).toEqual([
      '05 10:00:00 assigned',
      '05 11:00:00 on-hold awaiting-supplier',
      '05 15:00:00 in-progress',
      '05 16:00:00 closed',
      '06 10:00:00 in-progress',
      '07 12:00:00 closed',
    ])
    const [{ kept }] = (
      await database.pool.query("select count(*)::int as kept from history where kind = 'incident.activity'")
    ).rows
    expect(kept).toBe(12)
    expect(await count(database, 'team')).toBe(2)
    const { body: list } = await call('GET', '/incidents?customer=Nordhafen')
    expect(list.items).toMatchObject([{ title: 'APP1, incident', priority: 'p4', state: 'closed', reopenCount: 1 }])
    expect((await take(file, sent)).body).toMatchObject({ counts: { tickets: 0, updated: 0, events: 0 } })
  })

  test('one export alone is refused, and says that two are needed', async () => {
    const { send, call } = await world()
    const { id, sent } = await send(incidents, { source: 'hp-service-manager' })
    expect([sent.status, sent.body.code]).toEqual([400, 'import.two-exports'])
    expect(sent.body.detail).toContain('one .zip')
    expect((await call('GET', `/imports/${id}`)).body.state).toBe('uploading')
  })

  test('an event log shows how it would be read, and keeps what nobody knows', async () => {
    const { call, database, send } = await world()
    const event = (name: string, at: string, group: string) =>
      `<event><string key="concept:name" value="${name}"/><string key="org:group" value="${group}"/><date key="time:timestamp" value="2026-01-05T${at}+01:00"/></event>`
    const eventLog = `<?xml version="1.0"?><log><trace><string key="concept:name" value="T1"/>${event('Accepted', '09:00:00', 'A')}${event('Tea break', '10:00:00', 'B')}${event('Closed', '11:00:00', 'B')}</trace></log>`
    const { id } = await send(gzipSync(eventLog), { source: 'xes', fileName: 'log.xes.gz' })
    const { body: preview } = await call('GET', `/imports/${id}/preview`)
    expect(preview).toMatchObject({
      lacks: [],
      sampled: { rows: 3, taken: 3, tickets: 1 },
      unknownWords: [{ field: 'state', word: 'Tea break', rows: 1 }],
      mapping: { columns: { number: 'case', team: 'org:group', updatedAt: 'time:timestamp' } },
    })
    await call('POST', `/imports/${id}/start`, {})
    await call.work()
    const { rows } = await database.pool.query(
      "select string_agg(facts->>'activity', ', ' order by occurred_at) as told from history where kind = 'incident.activity'",
    )
    expect(rows[0]!.told).toBe('Accepted, Tea break, Closed')
  })
})
