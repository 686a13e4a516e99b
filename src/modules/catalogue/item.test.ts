import { expect, test } from 'vitest'
import { answersOf, askedFields } from './form.ts'
import { automationOf, faultOf, type Field, plannedSeconds, type PlannedTask, said, stepsFor } from './item.ts'

const words = (text: string) => ({ de: text, en: text })
const field = (key: string, over: Partial<Field> = {}): Field => ({
  key,
  kind: 'text',
  label: words(key),
  purpose: words('why'),
  required: true,
  options: [],
  when: null,
  ...over,
})
const task = (stage: number, seconds: number, over: Partial<PlannedTask> = {}): PlannedTask => ({
  kind: 'people',
  title: words('Do'),
  team: 'team',
  stage,
  seconds,
  uses: [],
  url: null,
  ...over,
})
const model = field('model', {
  kind: 'choice',
  options: [
    { value: 'light', label: words('Light') },
    { value: 'strong', label: words('Strong') },
  ],
})
const docking = field('docking', { kind: 'yes-no', when: { field: 'model', is: ['strong'] } })
const desk = field('desk', { when: { field: 'docking', is: ['yes'] } })
const form = [model, docking, desk]

test.each([
  ['nothing answered', {}, ['model']],
  ['the condition does not hold', { model: 'light' }, ['model']],
  ['it holds', { model: 'strong', docking: false }, ['model', 'docking']],
  ['one hangs on the other', { model: 'strong', docking: true }, ['model', 'docking', 'desk']],
  ['what was answered before the condition fell is not asked', { model: 'light', docking: true }, ['model']],
])('what is asked depends on what was answered: %s', (_, given, keys) => {
  expect(askedFields(form, given).map(({ key }) => key)).toEqual(keys)
})

test.each([
  ['text', 'a desk', true],
  ['text', '   ', false],
  ['text', 5, false],
  ['number', 2, true],
  ['number', '2', false],
  ['number', Number.NaN, false],
  ['date', '2026-03-01', true],
  ['date', '1 March', false],
  ['date', '2026-13-01', false],
  ['yes-no', false, true],
  ['yes-no', 'yes', false],
  ['person', 'Eva Brandt', true],
] as const)('a required %s takes %j: %s', (kind, value, taken) => {
  const { wrong } = answersOf([field('it', { kind })], { it: value })
  expect(wrong.length === 0).toBe(taken)
})

test('an answer says by itself what was asked, and what is not asked is not kept', () => {
  expect(answersOf(form, { model: 'light', docking: true, other: 1 })).toEqual({
    answers: [{ key: 'model', kind: 'choice', label: words('model'), value: 'light', said: words('Light') }],
    wrong: [],
  })
  expect(answersOf(form, { model: 'none' }).wrong).toEqual(['model'])
})

test.each([
  ['nothing to do', [], 0],
  ['one after the other', [task(1, 60), task(2, 30)], 90],
  ['side by side the longest counts', [task(1, 60), task(1, 3600), task(2, 30)], 3630],
])('a plan takes as long as its stages: %s', (_, plan, seconds) => {
  expect(plannedSeconds(plan)).toBe(seconds)
})

test('who is asked depends on the price', () => {
  const steps = [
    { by: 'customer-stakeholder', person: null, from: null },
    { by: 'service-manager', person: null, from: 100_000 },
  ] as const
  expect(stepsFor(steps, null)).toEqual([steps[0]])
  expect(stepsFor(steps, 99_999)).toEqual([steps[0]])
  expect(stepsFor(steps, 100_000)).toEqual(steps)
})

test.each([
  ['two fields of one key', { fields: [field('a'), field('a')], plan: [] }, 'field-key'],
  ['a choice of one', { fields: [{ ...model, options: model.options.slice(0, 1) }], plan: [] }, 'field-options'],
  ['a condition on what comes later', { fields: [docking, model], plan: [] }, 'field-when'],
  ['a task that nobody does', { fields: [], plan: [task(1, 1, { team: null })] }, 'task'],
  ['a call without an address', { fields: [], plan: [task(1, 1, { kind: 'call' })] }, 'task'],
  ['a task that uses what is not asked', { fields: [], plan: [task(1, 1, { uses: ['a'] })] }, 'task-uses'],
  ['nothing', { fields: form, plan: [task(1, 1, { uses: ['desk'] })] }, undefined],
])('an item is refused for %s', (_, item, code) => {
  expect(faultOf(item)?.code).toBe(code)
})

test('an item is touchless when calls do all of it', () => {
  const call = task(1, 1, { kind: 'call' })
  expect([automationOf([task(1, 1)]), automationOf([task(1, 1), call]), automationOf([call])]).toEqual([
    'manual',
    'assisted',
    'touchless',
  ])
})

test('what nobody wrote in one language is read in the other', () => {
  expect(said({ de: 'Rechner', en: '' }, 'en')).toBe('Rechner')
})
