import { expect, test } from 'vitest'
import type { TimelineEntry } from '#api/major-incidents'
import { linesOf } from './timeline-facts.ts'

const update = (audience: string, at: string, text: string): TimelineEntry => ({
  id: `${audience} ${at}`,
  of: 'major-incident',
  kind: 'major-incident.update',
  at: new Date(at),
  until: null,
  recordedAt: null,
  actor: null,
  visibility: 'public',
  facts: { audience, text },
})

test('one text to several audiences is one line, and the latest comes first', () => {
  const lines = linesOf([
    update('customer', '2026-03-02T09:20:00Z', 'We are on it'),
    update('users', '2026-03-02T09:20:00Z', 'We are on it'),
    update('leaders', '2026-03-02T09:20:00Z', 'Costs unknown'),
    update('users', '2026-03-02T10:00:00Z', 'We are on it'),
  ])
  expect(lines.map(({ audiences }) => audiences)).toEqual([['users'], ['leaders'], ['customer', 'users']])
})
