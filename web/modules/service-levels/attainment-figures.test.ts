import { expect, test } from 'vitest'
import { type Agreement, type AgreementVersion, type AttainmentGroup, defaultTerms } from '#api/service-levels'
import { conclusionOf, figuresOf, neededOf, outcomeOf, promisedIn } from './attainment-figures.ts'

const id = '01a1c4d6-0027-7cc7-af12-1aa57b082c23'
const version: AgreementVersion = {
  id,
  number: 1,
  state: 'active',
  validFrom: new Date('2026-01-01T00:00Z'),
  validTo: null,
  calendarId: id,
  calendarName: 'Office',
  serviceIds: [],
  terms: { ...defaultTerms, pausedBy: [...defaultTerms.pausedBy] },
  targets: [
    { metric: 'resolution', priority: 'p1', targetSeconds: 14_400, attainmentBp: 9500 },
    { metric: 'resolution', priority: 'p2', targetSeconds: 57_600, attainmentBp: 9500 },
    { metric: 'response', priority: 'p2', targetSeconds: 3600, attainmentBp: 9500 },
  ],
}

const nothing = { met: 0, failed: 0, excluded: 0, attainment: null }

function group(key: string, met: number, failed: number): AttainmentGroup {
  const tally = { met, failed, excluded: 0, attainment: { numerator: met, denominator: met + failed } }
  return {
    ...tally,
    key,
    label: key,
    byMetric: { resolution: tally, response: nothing },
    reported: null,
    targets: [],
    openBreached: 0,
    uncertainty: null,
    agreed: null,
    resolutionTime: null,
  }
}

test('the gravest comes first: missed, then met by allowance, then what was not measured', () => {
  const figures = figuresOf([version], [group('p1', 11, 1), group('p2', 41, 5)])
  expect(figures.map((figure) => [figure.priority, figure.metric, outcomeOf(figure)])).toEqual([
    ['p2', 'resolution', 'missed'],
    ['p1', 'resolution', 'allowance'],
    ['p2', 'response', 'not-measured'],
  ])
})

test('a promise for which there was no case is shown as not measured, not left out and not kept', () => {
  const figures = figuresOf([version], [])
  expect(figures).toHaveLength(3)
  expect(conclusionOf(figures)).toMatchObject({ kind: 'nothing', judged: 0 })
})

test('of 46 at 95 % two may fail, so five are a miss', () => {
  const figure = figuresOf([version], [group('p2', 41, 5)]).find(({ priority }) => priority === 'p2')
  expect(figure?.allowed).toBe(2)
  expect(neededOf(46, 9500)).toBe(44)
})

test('where agreements want different shares no single verdict is given', () => {
  const other = { ...version, targets: version.targets.map((target) => ({ ...target, attainmentBp: 9000 })) }
  const figures = figuresOf([version, other], [group('p2', 41, 5)])
  expect(figures.find(({ priority, metric }) => priority === 'p2' && metric === 'resolution')).toMatchObject({
    targetBp: null,
    verdict: null,
  })
  expect(conclusionOf(figures).kind).toBe('unjudged')
})

test('where agreements differ only in hours the share is judged, and both times are told', () => {
  const other = { ...version, targets: version.targets.map((target) => ({ ...target, targetSeconds: 7200 })) }
  const [figure] = figuresOf([version, other], [group('p1', 40, 0)])
  expect(figure).toMatchObject({ targetSeconds: [7200, 14_400], targetBp: 9500 })
})

test('the sentence counts what was kept of what could be judged', () => {
  const figures = figuresOf([version], [group('p1', 12, 0), group('p2', 41, 5)])
  expect(conclusionOf(figures)).toMatchObject({ kind: 'some', kept: 1, judged: 2 })
  expect(conclusionOf(figures).missed.map(({ priority }) => priority)).toEqual(['p2'])
})

test('only what held in the period was promised in it', () => {
  const agreement = (change: Partial<AgreementVersion>): Agreement => ({
    id,
    customerId: id,
    customerName: 'Nordhafen',
    name: 'NHL-2026',
    type: 'sla',
    version: 1,
    versions: [{ ...version, ...change }],
  })
  const october = { from: '2026-10-01', to: '2026-11-01' }
  expect(promisedIn([agreement({})], october)).toHaveLength(1)
  expect(promisedIn([agreement({ validFrom: new Date('2026-11-01T00:00Z') })], october)).toHaveLength(0)
  expect(
    promisedIn([agreement({ state: 'superseded', validTo: new Date('2026-10-15T00:00Z') })], october),
  ).toHaveLength(1)
  expect(promisedIn([agreement({ state: 'draft' })], october)).toHaveLength(0)
})
