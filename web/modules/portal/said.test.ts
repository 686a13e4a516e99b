import { expect, test } from 'vitest'
import type { HistoryEntry } from '#api/incidents'
import { saidOf } from './said.ts'

const at = new Date('2026-03-02T12:00Z')
let number = 0

function fact(kind: string, facts: HistoryEntry['facts'], visibility: HistoryEntry['visibility'] = 'public') {
  number += 1
  return { id: String(number), kind, occurredAt: at, recordedAt: at, actor: null, visibility, facts }
}

test('a conversation has what both sides said and what a step meant, in its order, and nothing internal', () => {
  const said = saidOf([
    fact('incident.opened', { priority: 'p3' }),
    fact('incident.state', { from: 'new', to: 'in-progress' }),
    fact('incident.note', { text: 'Which one?' }),
    fact('incident.note', { text: 'Always this customer' }, 'internal'),
    fact('incident.state', { from: 'in-progress', to: 'on-hold', reason: 'awaiting-requester' }),
    fact('incident.state', { from: 'on-hold', to: 'on-hold', reason: 'awaiting-requester', note: 'Since when?' }),
    fact('incident.answer', { text: 'The left one', author: 'Eva' }),
    fact('incident.state', { from: 'on-hold', to: 'in-progress', automatic: 'answered' }),
    fact('incident.attached', { name: 'photo.png' }),
    fact('incident.state', { from: 'in-progress', to: 'resolved', note: 'Cable changed.' }),
    fact('incident.state', { from: 'resolved', to: 'in-progress' }),
    fact('incident.state', { from: 'resolved', to: 'closed' }),
  ])
  expect(said).toMatchObject([
    { kind: 'step', step: 'begun' },
    { kind: 'ours', text: 'Which one?' },
    { kind: 'ours', text: 'Since when?' },
    { kind: 'theirs', by: 'Eva', text: 'The left one', quoted: '' },
    { kind: 'file', name: 'photo.png' },
    { kind: 'solved', text: 'Cable changed.' },
    { kind: 'step', step: 'again' },
    { kind: 'step', step: 'closed' },
  ])
})
