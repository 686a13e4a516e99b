import { expect, test } from 'vitest'
import { type Agreement, type AgreementVersion, defaultTerms } from '#api/service-levels'
import { priorityOf, promisedFor, targetsFor } from './promise.ts'

const version: AgreementVersion = {
  id: '01a1c4d6-0027-7cc7-af12-1aa57b082c23',
  number: 1,
  state: 'active',
  validFrom: new Date('2026-01-01T00:00Z'),
  validTo: null,
  calendarId: '01a1c4d6-0027-7cc7-af12-1aa57b082c24',
  calendarName: 'Office',
  serviceIds: [],
  terms: { ...defaultTerms, pausedBy: [...defaultTerms.pausedBy] },
  targets: [
    { metric: 'resolution', priority: 'p2', targetSeconds: 57_600, attainmentBp: 9500 },
    { metric: 'response', priority: 'p2', targetSeconds: 3600, attainmentBp: 9500 },
  ],
}

function agreement(name: string, change: Partial<AgreementVersion>, type: Agreement['type'] = 'sla'): Agreement {
  const id = '01a1c4d6-0027-7cc7-af12-1aa57b082c25'
  return {
    id,
    customerId: id,
    customerName: 'Nordhafen',
    name,
    type,
    version: 1,
    versions: [{ ...version, ...change }],
  }
}

const now = new Date('2026-11-10T09:42Z')
const scanning = '01a1c4d6-0027-7cc7-af12-1aa57b082c26'

test('an agreement that names the service goes before one for all services', () => {
  const found = promisedFor([agreement('All', {}), agreement('Scanning', { serviceIds: [scanning] })], scanning, now)
  expect(found?.agreement).toBe('Scanning')
})

test.each([
  ['a draft', agreement('Draft', { state: 'draft' })],
  ['one that begins later', agreement('Next', { validFrom: new Date('2027-01-01T00:00Z') })],
  ['one that has ended', agreement('Former', { validTo: new Date('2026-06-01T00:00Z') })],
  ['one for another service', agreement('Other', { serviceIds: [scanning] })],
  ['a supplier’s', agreement('Supplier', {}, 'uc')],
])('%s promises nothing now', (_, given) => {
  expect(promisedFor([given], null, now)).toBeNull()
})

test('without an agreement a rating has its usual priority and no promise', () => {
  expect(priorityOf(null, 'high', 'medium')).toBe('p2')
  expect(targetsFor(null, 'p2')).toEqual([])
})

test('what is promised is told in the order in which it is due', () => {
  const found = promisedFor([agreement('All', {})], null, now)
  expect(targetsFor(found, 'p2').map(({ metric }) => metric)).toEqual(['response', 'resolution'])
})
