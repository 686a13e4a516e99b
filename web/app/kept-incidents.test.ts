import { expect, test } from 'vitest'
import * as api from '#api/incidents'
import type { Endpoint } from '#core/endpoint.ts'
import { keeperOf } from '#web/app/kept-incidents.ts'

test('of all that can be written of incidents, notes, steps and new ones are kept while there is no network', () => {
  const { keeps } = keeperOf('somebody', () => undefined)
  const kept = Object.entries(api).filter(([, each]) => keeps(each as Endpoint))
  expect(kept.map(([name]) => name).toSorted()).toEqual(['addNote', 'declareIncident', 'transitIncident'])
})
