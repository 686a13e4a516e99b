import { expect, test } from 'vitest'
import type { ClockExplanation, HistoryEntry } from '#api/incidents'
import { historyLines } from './history-facts.ts'

function fact(kind: string, at: string): HistoryEntry {
  return {
    id: `${kind} ${at}`,
    kind,
    occurredAt: new Date(at),
    recordedAt: new Date(at),
    actor: null,
    visibility: 'public',
    facts: {},
  }
}

const told: ClockExplanation = {
  clock: {
    id: '01a1c4d6-0027-7cc7-af12-1aa57b082c23',
    metric: 'response',
    state: 'breached-stopped',
    startedAt: new Date('2026-11-06T13:10Z'),
    dueAt: new Date('2026-11-06T14:10Z'),
    stoppedAt: new Date('2026-11-06T14:32Z'),
    breachedAt: new Date('2026-11-06T14:10Z'),
    targetSeconds: 3600,
    elapsedSeconds: 4920,
  },
  timeZone: 'Europe/Berlin',
  agreement: { id: '01a1c4d6-0027-7cc7-af12-1aa57b082c24', name: 'NHL-2026', number: 1 },
  calendar: { id: '01a1c4d6-0027-7cc7-af12-1aa57b082c25', name: 'Office' },
  exclusion: null,
  cancelled: null,
  asTold: false,
  target: {
    id: '01a1c4d6-0027-7cc7-af12-1aa57b082c26',
    metric: 'response',
    priority: 'p2',
    targetSeconds: 3600,
    attainmentBp: 9500,
    countedSeconds: 3600,
    sentence: '',
  },
  hours: { source: 'agreement', brought: true, sentence: '' },
  asOf: new Date('2026-11-10T09:42Z'),
  steps: [],
}

test('a missed promise stands in the history when it was missed, and when the late answer came', () => {
  const lines = historyLines(
    [fact('incident.opened', '2026-11-06T13:10Z'), fact('incident.state', '2026-11-06T14:32Z')],
    [told],
  )
  expect(lines.map((line) => ('fact' in line ? line.fact.kind : line.clock.what))).toEqual([
    'missed-stopped',
    'incident.state',
    'missed',
    'incident.opened',
  ])
  expect(lines[0]).toMatchObject({ clock: { overSeconds: 1320 } })
})

test('what was written is told apart from what was done', () => {
  const lines = historyLines(
    [fact('incident.note', '2026-11-06T13:20Z'), fact('incident.assigned', '2026-11-06T13:12Z')],
    [],
  )
  expect(lines.map(({ part }) => part)).toEqual(['messages', 'work'])
})
