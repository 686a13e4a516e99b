import { describe, expect, test, vi } from 'vitest'
import { documentOf, partsOf, rendered } from './documents-testing.ts'
import type { IncidentRow } from './incident-row.ts'
import { factsWith } from './testing-facts.ts'

vi.setConfig({ testTimeout: 120_000 })

describe('the workbook', () => {
  const row = (number: string, given: Partial<IncidentRow> = {}): IncidentRow => ({
    number,
    reference: null,
    title: 'Mail',
    priority: 'p2',
    state: 'resolved',
    service: null,
    site: null,
    openedAt: new Date('2026-10-31T22:30:00Z'),
    respondedAt: null,
    resolvedAt: new Date('2026-10-31T23:30:00Z'),
    response: null,
    resolution: { result: 'met', counted: true, dueAt: null, targetMs: 3_600_000, elapsedMs: 1_800_000 },
    reportedMet: false,
    ...given,
  })

  test('has its sheets in order, with a head that stays, filters, and the list behind the figures', async () => {
    const made = await rendered(factsWith(), [row('NHL-1'), row('NHL-2')], ['de'])
    const parts = await partsOf(documentOf(made, 'de', 'xlsx'))
    const names = [...parts.get('xl/workbook.xml')!.matchAll(/<sheet name="([^"]+)"/g)].map(([, name]) => name)
    expect(names).toEqual([
      'Überblick',
      'Ziele',
      'Verlauf',
      'Überschreitungen',
      'Knapp eingehalten',
      'Mengen',
      'Störungen',
    ])
    // The list is written first, while it is read; its tab is the last.
    const list = parts.get('xl/worksheets/sheet1.xml')!
    expect(list).toContain('state="frozen"')
    expect(list).toContain('<autoFilter ref="A1:R3"/>')
    expect(list).toContain('Eröffnet (Europe/Berlin)')
    expect(made.facts.incidents.count).toBe(2)
    expect(parts.get('xl/worksheets/sheet2.xml')).toContain(made.checksum)
  })

  test('shows moments as the clocks of the customer’s zone', async () => {
    const parts = await partsOf(documentOf(await rendered(factsWith(), [row('NHL-1')], ['en']), 'en', 'xlsx'))
    const [opened, resolved] = ['G2', 'I2'].map((at) =>
      Number(new RegExp(`<c r="${at}" s="\\d+"><v>([\\d.]+)</v>`).exec(parts.get('xl/worksheets/sheet1.xml')!)?.[1]),
    )
    // 31 October 2026 is day 46326; Berlin is an hour before UTC from that night on.
    expect(opened! - 46_326).toBeCloseTo(23.5 / 24, 6)
    expect(resolved! - 46_327).toBeCloseTo(0.5 / 24, 6)
  })

  test('takes no title for a formula', async () => {
    const titles = ['=1+1', '+49 40 1', '-5', '@SUM(A1)', '\t=1', '  =1', '＝1', "=cmd|' /C calc'!A0"]
    const rows = titles.map((title, index) => row(`NHL-${index}`, { title }))
    const parts = await partsOf(documentOf(await rendered(factsWith(), rows, ['en']), 'en', 'xlsx'))
    const list = parts.get('xl/worksheets/sheet1.xml')!
    const cells = [...list.matchAll(/<c r="C(?!1")\d+" s="\d+" t="(\w+)"><is><t>(.*?)<\/t>/g)]
    expect(cells).toHaveLength(titles.length)
    for (const [, type, text] of cells) {
      expect(type).toBe('inlineStr')
      expect(text).toMatch(/^'/)
    }
    expect([...parts.values()].join('')).not.toContain('<f>')
  })
})

test('a report of nothing but money is a workbook of its tables, without a list of incidents', async () => {
  const made = await rendered(factsWith({ report: 'R04' }), [], ['de'])
  const parts = await partsOf(documentOf(made, 'de', 'xlsx'))
  const names = [...parts.get('xl/workbook.xml')!.matchAll(/<sheet name="([^"]+)"/g)].map(([, name]) => name)
  expect(names[0]).toBe('Überblick')
  expect(names).not.toContain('Störungen')
  expect(parts.get('xl/worksheets/sheet1.xml')).toContain(made.checksum)
})
