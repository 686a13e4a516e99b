import { expect, test } from 'vitest'
import { incidentLifecycle, incidentStates } from '#api/incidents'
import { offeredIn, stateAfter } from './steps.ts'

test.each(incidentStates)('every step offered for an incident that is %s is one the server takes', (state) => {
  const { main, others } = offeredIn(state)
  for (const step of [...(main === null ? [] : [main]), ...others]) {
    expect(incidentLifecycle[state][step], step).toBe(stateAfter(step))
  }
})

test('an incident in progress is most likely to be resolved next; it may also be put on hold, restored or cancelled', () => {
  expect(offeredIn('in-progress')).toEqual({ main: 'resolve', others: ['restore', 'hold', 'cancel'] })
})

test('a cancelled incident offers nothing', () => {
  expect(offeredIn('cancelled')).toEqual({ main: null, others: [] })
})
