import { expect, test } from 'vitest'
import { system } from '#platform/context.ts'
import { inContext } from '#platform/testing.ts'
import { testWorld } from '../../testing.ts'
import { noteZoneRules } from './zone-rules.ts'

const week = [[{ opens: 480, closes: 1080 }], [], [], [], [], [], []]

test('other rules of a zone make its calendars other ones, once, and an administrator hears of it', async () => {
  const { call, database } = await testWorld({ now: new Date() })
  for (const timeZone of ['Europe/Berlin', 'Asia/Tokyo'])
    await call('POST', '/calendars', { name: timeZone, rules: { timeZone, week } })
  const note = (source?: string) => inContext(database, (context) => noteZoneRules(context, source), { actor: system })
  const told = async () => {
    const { rows } = await database.pool.query("select facts from history where kind = 'calendar.changed'")
    return rows.map(({ facts }: { facts: object }) => facts)
  }
  const findings = async () =>
    (await call('GET', '/health-report')).body.findings.filter(({ code }: { code: string }) => code === 'zones-changed')

  expect(await note('2026a')).toEqual([])
  // A release that reads every zone as the one before.
  expect(await note('2026b')).toEqual([])
  expect([await told(), await findings()]).toEqual([[], []])

  // As if the release before had not known of Berlin's summer time.
  await database.pool.query("update zone_rules set changes = '[[946684800000, 3600000]]' where zone = 'Europe/Berlin'")
  // A program that was started before the upgrade says nothing of what it does not know.
  expect(await note('2026a')).toEqual([])
  expect(await note('2026c')).toEqual(['Europe/Berlin'])
  expect(await note('2026c')).toEqual([])
  expect(await told()).toEqual([{ zone: 'Europe/Berlin', from: '2026b', to: '2026c' }])
  expect(await findings()).toMatchObject([{ standing: 'doubt', sentence: expect.stringContaining('Europe/Berlin') }])
})
