import { vi } from 'vitest'
import { call, firstOf, type Identified } from './ask.ts'

/** Somebody asks for a missed result to be left out; by the time that it is looked at what would change is counted. */
export async function aCorrection(): Promise<{ readonly id: string; readonly incident: string }> {
  const path = '/reports/attainment/cases?verdict=failed&limit=1'
  const { items } = await call<{ items: { readonly clockId: string; readonly number: string }[] }>('GET', path)
  const { clockId: clock, number } = items[0]!
  const change = { kind: 'exclusion', clock, excludedFor: 'force-majeure' }
  const order = JSON.stringify({ reason: 'The harbour was closed', evidence: 'Notice of 12 May', change })
  const { id } = await call<Identified>('POST', '/corrections', order)
  await call('POST', `/corrections/${id}/compute`)
  return { id, incident: number }
}

/** A service with a promise, in a month in which it was down. */
export async function anAvailability(): Promise<string> {
  const path = '/downtimes?limit=1'
  const { items } = await call<{
    items: { readonly serviceId: string; readonly customerId: string; readonly beganAt: string }[]
  }>('GET', path)
  const { serviceId, customerId, beganAt } = items[0]!
  return `/availability/${serviceId}?customer=${customerId}&month=${beganAt.slice(0, 7)}`
}

/** What the agreement that holds would have made of the last quarter, in other hours, so that tickets come out otherwise. */
export async function aWhatIf(agreement: string): Promise<{ readonly id: string; readonly position: number }> {
  const { versions } = await call<{ versions: readonly Identified[] }>('GET', `/agreements/${agreement}`)
  const day = [{ opens: 540, closes: 720 }]
  const calendarRules = { timeZone: 'Europe/Berlin', week: [day, day, day, day, day, [], []] }
  const order = JSON.stringify({ versionId: versions[0]!.id, calendarRules })
  const { id } = await call<Identified>('POST', '/what-ifs', order)
  const isDone = async () => (await call<{ state: string }>('GET', `/what-ifs/${id}`)).state === 'done'
  await vi.waitUntil(isDone, { timeout: 60_000, interval: 200 })
  const path = `/what-ifs/${id}/differences?limit=1`
  return { id, position: (await call<{ items: { readonly position: number }[] }>('GET', path)).items[0]!.position }
}

/** An agreement with a team that stands behind one with a customer, and of that a draft with every finer term. */
export async function aChain(
  id: string,
): Promise<{ readonly ola: string; readonly draft: string; readonly of: string }> {
  interface Read extends Identified {
    readonly customerId: string
    readonly versions: readonly (Identified & { readonly calendarId: string })[]
  }
  const { customerId: customer, versions } = await call<Read>('GET', `/agreements/${id}`)
  const terms = {
    calendar: versions[0]!.calendarId,
    validFrom: '2030-01-01T00:00:00Z',
    terms: {
      levels: { targetBp: 9500, minimumBp: 9000 },
      smallSample: 'allowance',
      roundTo: 1,
      fulfilment: [{ days: { count: 3, reading: 'end-of-day' }, attainmentBp: 9000 }],
    },
    targets: [
      { metric: 'resolution', priority: 'p1', targetSeconds: 14_400, attainmentBp: 9500, expectedBp: 9800 },
      { metric: 'resolution', priority: 'p4', days: { count: 2, reading: 'end-of-day' }, attainmentBp: 9000 },
      { metric: 'restore', priority: 'p1', targetSeconds: 3600, attainmentBp: 9000, when: { siteType: 'warehouse' } },
    ],
  }
  const team = await firstOf('/teams?limit=1')
  const behind = { customer, name: 'Behind it', type: 'ola', party: { team }, behind: [{ agreement: id }] }
  const ola = await call<Identified>('POST', '/agreements', JSON.stringify({ ...terms, ...behind }))
  const beside = { customer, name: 'A draft' }
  const draft = await call<Identified>('POST', '/agreements', JSON.stringify({ ...terms, ...beside }))
  return { ola: ola.id, draft: draft.id, of: customer }
}
