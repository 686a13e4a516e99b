import { compileCalendar } from '#core/calendar.ts'
import { expect, test } from 'vitest'
import { countFulfilment, nextStage, type RequestFact } from './request.ts'

const office = [{ opens: 480, closes: 1080 }]
const open = compileCalendar({
  timeZone: 'Europe/Berlin',
  week: [office, office, office, office, office, [], []],
  exceptions: [],
})
const at = (moment: string) => Date.parse(moment)
const ordered: RequestFact = { kind: 'request.ordered', at: at('2026-03-02T09:00Z'), facts: {} }
const asked = (side: string): RequestFact => ({
  kind: 'request.approval-asked',
  at: at('2026-03-02T09:00Z'),
  facts: { side },
})
const approved: RequestFact = { kind: 'request.approval', at: at('2026-03-03T09:00Z'), facts: {} }
const state = (from: string, to: string, moment: string): RequestFact => ({
  kind: 'request.state',
  at: at(moment),
  facts: { from, to },
})
const HOUR = 3_600_000

test.each([
  ['without approval from the order on', [ordered], 'running', '2026-03-02T17:00:00.000Z'],
  ['while the customer decides it waits', [ordered, asked('customer')], 'paused', null],
  ['while we decide it runs', [ordered, asked('provider')], 'running', '2026-03-02T17:00:00.000Z'],
  ['from the decision on', [ordered, asked('customer'), approved], 'running', '2026-03-03T17:00:00.000Z'],
] as const)('eight hours are promised: %s', (_, history, stands, due) => {
  const now = at('2026-03-03T10:00Z')
  const { state: is, dueAt } = countFulfilment({ open, targetMs: 8 * HOUR }, history, now)
  expect(is === 'breached-running' ? 'running' : is).toBe(stands)
  expect(dueAt === null ? null : new Date(dueAt).toISOString()).toBe(due)
})

test('what is delivered in time is met; taken up again it goes on without the time in between', () => {
  const promise = { open, targetMs: 8 * HOUR }
  const delivered = [ordered, state('fulfilling', 'delivered', '2026-03-02T12:00Z')]
  expect(countFulfilment(promise, delivered, at('2026-03-04T09:00Z'))).toMatchObject({
    state: 'met',
    elapsedMs: 3 * HOUR,
  })
  const again = [...delivered, state('delivered', 'fulfilling', '2026-03-04T09:00Z')]
  expect(countFulfilment(promise, again, at('2026-03-04T10:00Z'))).toMatchObject({
    state: 'running',
    elapsedMs: 4 * HOUR,
    dueAt: at('2026-03-04T14:00Z'),
  })
})

test('what is rejected or cancelled has no result', () => {
  const over = [ordered, state('awaiting-approval', 'rejected', '2026-03-02T12:00Z')]
  expect(countFulfilment({ open, targetMs: HOUR }, over, at('2026-03-04T09:00Z')).state).toBe('cancelled')
})

const task = (stage: number, is: string) => ({ stage, state: is })
test.each([
  ['nothing to do is done', [], 'over'],
  ['the first begins', [task(1, 'waiting'), task(2, 'waiting')], 1],
  ['one beside it is not done yet', [task(1, 'done'), task(1, 'open'), task(2, 'waiting')], null],
  ['one failed', [task(1, 'failed'), task(2, 'waiting')], null],
  ['all of a stage are done', [task(1, 'done'), task(1, 'done'), task(3, 'waiting')], 3],
  ['all is done', [task(1, 'done'), task(2, 'done')], 'over'],
] as const)('stages follow each other: %s', (_, tasks, next) => {
  expect(nextStage(tasks)).toBe(next)
})
