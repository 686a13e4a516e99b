import { expect, test } from 'vitest'
import {
  asItWas,
  brakeFor,
  type Candidate,
  filledText,
  isSo,
  NONE,
  type RuleCondition,
  type RuleRecord,
  ruleTextFields,
  type RuleTextValues,
  unknownFieldIn,
  whoseTurn,
} from './rule.ts'

const record: RuleRecord = {
  customer: 'c1',
  site: 's1',
  service: null,
  category: 'Network',
  priority: 'p1',
  impact: 'high',
  urgency: 'high',
  state: 'new',
  team: null,
  assignee: null,
  channel: 'mail',
  requester: 'r1',
  title: 'WLAN in Halle 4 fällt aus',
  description: 'Seit heute früh',
}
const asked = { text: 'Bitte dringend', isWithin: (calendar: string) => calendar === 'office' }
const is = (field: RuleCondition['field'], ...values: string[]): RuleCondition => ({ field, not: false, values })
const isNot = (field: RuleCondition['field'], ...values: string[]): RuleCondition => ({ field, not: true, values })

test.each<[string, boolean, readonly (readonly RuleCondition[])[]]>([
  ['without a condition', true, []],
  ['one of two priorities', true, [[is('priority', 'p1', 'p2')]]],
  ['none of two priorities', false, [[isNot('priority', 'p1', 'p2')]]],
  ['all of a group', false, [[is('priority', 'p1'), is('customer', 'c2')]]],
  ['any of two groups', true, [[is('customer', 'c2')], [is('site', 's1'), is('channel', 'mail')]]],
  ['nobody has it', true, [[is('assignee', NONE)]]],
  ['somebody has it', false, [[isNot('assignee', NONE)]]],
  ['no service, and not the one', true, [[isNot('service', 'v1')]]],
  ['a word of the title in any case', true, [[is('title', 'wlan', 'drucker')]]],
  ['no such word', true, [[isNot('description', 'gestern')]]],
  ['a word of what was said', true, [[is('text', 'DRINGEND')]]],
  ['a category in any case', true, [[is('category', 'network')]]],
  ['reported within hours', true, [[is('hours', 'office')]]],
  ['reported outside of hours', true, [[isNot('hours', 'night')]]],
])('%s: %s', (_, so, groups) => {
  expect(isSo(groups, record, asked)).toBe(so)
})

test('a record is as it was before facts that came later, whatever they changed', () => {
  const now = {
    ...record,
    state: 'resolved',
    priority: 'p3',
    team: 't2',
    assignee: 'a1',
    category: 'Printer',
    site: 's2',
  }
  const later = [
    { kind: 'incident.assigned', facts: { team: { from: null, to: 't1' } } },
    {
      kind: 'incident.changed',
      facts: { category: { from: 'Network', to: 'Printer' }, siteId: { from: 's1', to: 's2' } },
    },
    { kind: 'incident.priority', facts: { from: 'p1', to: 'p3', reason: 'correction' } },
    { kind: 'incident.note', facts: { text: 'no change' } },
    { kind: 'incident.assigned', facts: { team: { from: 't1', to: 't2' }, assignee: { from: null, to: 'a1' } } },
    { kind: 'incident.state', facts: { from: 'new', to: 'in-progress' } },
    { kind: 'incident.state', facts: { from: 'in-progress', to: 'resolved' } },
  ]
  expect(asItWas(now, later)).toEqual(record)
  expect(asItWas(now, later.slice(-1))).toEqual({ ...now, state: 'in-progress' })
  expect(asItWas(now, [])).toEqual(now)
})

const one = (id: string, more: Partial<Candidate> = {}): Candidate => ({
  id,
  skills: [],
  isAbsent: false,
  load: 0,
  lastTurn: null,
  ...more,
})

test.each<[string, string | null, readonly Candidate[], Parameters<typeof whoseTurn>[1]]>([
  ['nobody', null, [], { by: 'turn' }],
  ['who never had a turn', 'b', [one('a', { lastTurn: 5 }), one('b')], { by: 'turn' }],
  ['who has waited longest', 'a', [one('a', { lastTurn: 5 }), one('b', { lastTurn: 9 })], { by: 'turn' }],
  ['two who never had one: always the same', 'a', [one('b'), one('a')], { by: 'turn' }],
  ['who is there', 'b', [one('a', { isAbsent: true }), one('b', { lastTurn: 9 })], { by: 'turn' }],
  ['all are away', null, [one('a', { isAbsent: true })], { by: 'turn' }],
  ['who knows it', 'b', [one('a'), one('b', { skills: ['SAP'], lastTurn: 9 })], { by: 'turn', skill: 'sap' }],
  ['who has least', 'b', [one('a', { load: 3 }), one('b', { load: 2, lastTurn: 9 })], { by: 'load' }],
  ['as much each: in turn', 'b', [one('a', { load: 2, lastTurn: 9 }), one('b', { load: 2 })], { by: 'load' }],
])('it goes to %s', (_, who, candidates, how) => {
  expect(whoseTurn(candidates, how)).toBe(who)
})

test.each([
  ['acts', { depth: 0, hasActed: false, lately: 0 }, null],
  ['acts as the last of a chain', { depth: 4, hasActed: false, lately: 9 }, null],
  ['that triggers itself stops', { depth: 1, hasActed: true, lately: 1 }, 'itself'],
  ['too far down a chain stops', { depth: 5, hasActed: false, lately: 0 }, 'depth'],
  ['that acts all the time stops', { depth: 0, hasActed: false, lately: 10 }, 'rate'],
])('a rule %s', (_, chain, reason) => {
  expect(brakeFor(chain)).toBe(reason)
})

test('a text names the fields that there are, and what fills one is not looked at again', () => {
  const values = Object.fromEntries(ruleTextFields.map((field) => [field, `<${field}>`])) as unknown as RuleTextValues
  expect(unknownFieldIn('{number}: {title}')).toBeNull()
  expect(unknownFieldIn('{number}: {tittle}')).toBe('{tittle}')
  expect(filledText('{number} {title}', { ...values, title: '{number}' })).toBe('<number> {number}')
})
