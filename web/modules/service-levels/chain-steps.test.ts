import { expect, test } from 'vitest'
import { type ChainLink, stepsOf } from './chain-steps.ts'

const at = new Date('2026-01-01T00:00Z')

function link(name: string, step: number, seconds: number | null): ChainLink {
  const worst = seconds === null ? null : { start: at, due: at, seconds }
  return { agreementId: name, name, type: 'ola', step, targetSeconds: 3600, wall: worst, inPromise: worst }
}

test('of branches the longest counts, and steps follow each other', () => {
  const steps = stepsOf([link('Carrier', 2, 7200), link('Desk', 1, 600), link('Network', 1, 3600)])
  expect(steps.map(({ step, seconds, longest }) => [step, seconds, longest?.name])).toEqual([
    [1, 3600, 'Network'],
    [2, 7200, 'Carrier'],
  ])
})

test('a step with a branch that may never end has no length', () => {
  expect(stepsOf([link('Desk', 1, 600), link('Nobody', 1, null)])[0]?.seconds).toBeNull()
})
