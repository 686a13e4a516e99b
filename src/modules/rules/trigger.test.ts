import { expect, test } from 'vitest'
import { compileCalendar } from '#core/calendar.ts'
import { mayTriggerItself, ruleContent, type RuleTrigger } from './shape.ts'
import { isTrigger, momentsAfter } from './trigger.ts'

const fact = (kind: string, facts: object = {}, visibility = 'public') => ({ kind, facts: { ...facts }, visibility })

test.each<[string, RuleTrigger, ReturnType<typeof fact>, boolean]>([
  ['any state', { on: 'state', to: [] }, fact('incident.state', { to: 'resolved' }), true],
  ['another state', { on: 'state', to: ['closed'] }, fact('incident.state', { to: 'resolved' }), false],
  ['an internal note', { on: 'note', visibility: 'internal' }, fact('incident.note', {}, 'public'), false],
  ['75 %', { on: 'clock', metric: null, percent: 75 }, fact('clock.at-risk', { percent: 75 }), true],
  [
    '75 % of another clock',
    { on: 'clock', metric: 'response', percent: 75 },
    fact('clock.at-risk', { percent: 75, metric: 'resolution' }),
    false,
  ],
  ['a missed target', { on: 'clock', metric: null, percent: 100 }, fact('clock.breached'), true],
])('a rule that waits for %s', (_, when, happened, expected) => {
  expect(isTrigger(when, happened)).toBe(expected)
})

test('hours are counted while a calendar is open, once or each time', () => {
  const office = { opens: 480, closes: 1080 }
  const open = compileCalendar({
    timeZone: 'UTC',
    week: [[office], [office], [office], [office], [office], [], []],
    exceptions: [],
  })
  const friday = Date.parse('2026-03-06T16:00Z')
  const span = { anchor: friday, from: friday, until: Date.parse('2026-03-10T08:00Z'), open }
  const when = { on: 'time', hours: 4, since: 'opened', calendar: null } as const
  const moments = (repeat: boolean, more: object = {}) =>
    momentsAfter({ ...when, repeat }, { ...span, ...more }).map((at) => new Date(at).toISOString())
  expect(moments(false)).toEqual(['2026-03-09T10:00:00.000Z'])
  expect(moments(true)).toEqual(['2026-03-09T10:00:00.000Z', '2026-03-09T14:00:00.000Z', '2026-03-09T18:00:00.000Z'])
  expect(moments(false, { open: undefined })).toEqual(['2026-03-06T20:00:00.000Z'])
  expect(moments(true, { from: Date.parse('2026-03-09T10:00:01Z') })).toHaveLength(2)
})

const content = (when: object, actions: readonly object[], groups: readonly object[] = []) =>
  ruleContent.parse({ when, if: groups, actions })

test.each([
  ['a note after a note', true, content({ on: 'note' }, [{ do: 'note', text: 'x' }])],
  ['a note after an answer', false, content({ on: 'answer' }, [{ do: 'note', text: 'x' }])],
  ['a team after an assignment', true, content({ on: 'assigned' }, [{ do: 'choose', by: 'turn' }])],
])('%s may trigger itself: %s', (_, expected, rule) => {
  expect(mayTriggerItself(rule)).toBe(expected)
})
