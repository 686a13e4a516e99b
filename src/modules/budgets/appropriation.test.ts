import { expect, test } from 'vitest'
import type { Actor } from '#platform/context.ts'
import { budgetWorld } from './testing.ts'

const businessCase = {
  benefitsMinor: [15_000_000, 15_000_000, 15_000_000, 15_000_000],
  runCostMinor: [],
  rateBp: 800,
  risk: 'medium',
  riskNote: 'Late delivery',
  alternatives: 'Rent',
}
const asked = {
  title: 'Scanners for the port',
  currency: 'EUR',
  amountMinor: 38_000_000,
  contingencyMinor: 2_000_000,
  reason: 'Half of them are out of support',
  businessCase,
}

async function world() {
  const here = await budgetWorld()
  const { call, made, somebody } = here
  const [head, finance] = [await somebody('Head of operations'), await somebody('Finance')]
  await made(`/approval-limits/${head.personId}`, { currency: 'EUR', upToMinor: 10_000_000 }, { method: 'PUT' })
  await made(`/approval-limits/${finance.personId}`, { currency: 'EUR', upToMinor: 100_000_000 }, { method: 'PUT' })
  const post = (of: { id: string; version: number }, path: string, body: object, as?: Actor) =>
    call('POST', `/appropriations/${of.id}/${path}`, body, {
      headers: { 'if-match': `"${of.version}"` },
      ...(as && { as }),
    })
  const go = async (of: { id: string; version: number }, ...states: string[]) => {
    let at = of
    for (const to of states) {
      const reply = await post(at, 'transitions', { to })
      expect(reply.status, reply.text).toBe(200)
      at = reply.body
    }
    return at
  }
  return { ...here, head, finance, post, go }
}

test('APR-01: money is asked for with its case, and decided by somebody whose limit is enough, never by who asked', async () => {
  const { made, call, head, finance, post, go } = await world()
  const drafted = await made('/appropriations', asked, { as: finance })
  expect(drafted.result).toMatchObject({ presentValueMinor: 9_681_903, internalRateBp: 1845 })
  expect(drafted.approverNeeded).toEqual([])
  const draft = await made('/appropriations', asked)
  expect(draft.approverNeeded).toMatchObject([{ name: 'Finance' }])
  expect((await post(draft, 'decisions', { decision: 'approved' }, finance)).body.code).toBe('appropriation.cannot')
  const waits = async (as: Actor) =>
    (await call('GET', '/today', undefined, { as })).body.items.flatMap((item: { kind: string; title: string }) =>
      item.kind === 'appropriation' ? [item.title] : [],
    )
  expect(await waits(finance)).toEqual([])
  const submitted = await go(draft, 'review', 'submitted')
  expect(await waits(finance)).toEqual([asked.title])
  expect(await waits(head)).toEqual([])
  expect((await post(submitted, 'decisions', { decision: 'approved' }, head)).body).toMatchObject({
    code: 'appropriation.beyond-limit',
    detail: '€400,000.00 is more than you may approve (€100,000.00): somebody with a higher limit decides.',
  })
  expect((await post(submitted, 'transitions', { to: 'approved' })).body.code).toBe('appropriation.apart')
  const approved = (await post(submitted, 'decisions', { decision: 'approved', note: 'Pays' }, finance)).body
  expect(approved).toMatchObject({ state: 'approved', approvedMinor: 40_000_000, decisions: [{ settles: true }] })
  const own = await call(
    'POST',
    `/appropriations/${drafted.id}/transitions`,
    { to: 'review' },
    {
      headers: { 'if-match': `"${drafted.version}"` },
    },
  )
  const waiting = await go(own.body, 'submitted')
  expect((await post(waiting, 'decisions', { decision: 'approved' }, finance)).body.code).toBe('appropriation.own')
  const self = await call(
    'PUT',
    `/approval-limits/${head.personId}`,
    { currency: 'EUR', upToMinor: 1e12 },
    { as: head },
  )
  expect(self.body.code).toBe('appropriation.own-limit')
})

test('by its amount money takes several approvals, each another person’s, the last within their limit; one refusal ends it', async () => {
  const { call, made, head, finance, somebody, post, go } = await world()
  const falls = await call('PUT', '/approval-steps/EUR', { fromMinor: [0, 20_000_000, 10_000_000] })
  expect(falls.body.code).toBe('approval-steps.fall')
  await made('/approval-steps/EUR', { fromMinor: [0, 5_000_000, 100_000_000] }, { method: 'PUT' })
  const draft = await made('/appropriations', asked)
  expect(draft.steps).toMatchObject([
    { number: 1, leastMinor: 0, may: [{ name: 'Head of operations' }, { name: 'Finance' }] },
    { number: 2, leastMinor: 40_000_000, may: [{ name: 'Finance' }] },
  ])
  const submitted = await go(draft, 'review', 'submitted')
  const first = (await post(submitted, 'decisions', { decision: 'approved' }, head)).body
  expect(first).toMatchObject({ state: 'submitted', approvedMinor: null, decisions: [{ settles: false }] })
  expect(first.steps[0].by.name).toBe('Head of operations')
  expect((await post(first, 'decisions', { decision: 'approved' }, head)).body.code).toBe('appropriation.other-person')
  const other = await somebody('Second head')
  await made(`/approval-limits/${other.personId}`, { currency: 'EUR', upToMinor: 20_000_000 }, { method: 'PUT' })
  expect((await post(first, 'decisions', { decision: 'approved' }, other)).body.code).toBe('appropriation.beyond-limit')
  const approved = (await post(first, 'decisions', { decision: 'approved' }, finance)).body
  expect(approved).toMatchObject({ state: 'approved', approvedMinor: 40_000_000 })

  const again = await go(await made('/appropriations', asked), 'review', 'submitted')
  const refused = (await post(again, 'decisions', { decision: 'rejected', note: 'Rent' }, head)).body
  expect(refused).toMatchObject({ state: 'rejected', decisions: [{ settles: true }] })
})

test('what is spent beyond the tolerance needs a supplement, what is used is written off, and it is looked at afterwards', async () => {
  const { made, call, take, given, finance, post, go } = await world()
  const submitted = await go(await made('/appropriations', asked), 'review', 'submitted')
  const approved = (await post(submitted, 'decisions', { decision: 'approved' }, finance)).body
  const line = { ...given, fund: 'appropriation', name: 'Scanners', appropriation: approved.id, plan: [] }
  const { id } = await made('/budget-lines', line)
  const open = await go(approved, 'open')
  await take('2026-03;4711;Scanners;440000;S-1;\n')
  const within = (await call('GET', `/appropriations/${approved.id}`)).body
  expect(within).toMatchObject({ spentMinor: 44_000_000, overTolerance: false })
  expect((await post(open, 'transitions', { to: 'supplement-required' })).body.code).toBe('appropriation.not-over')
  await made(`/budget-lines/${id}/commitments`, { number: 'PO-2', amountMinor: 1, expectedOn: '2026-06-01' })
  expect((await post(open, 'transitions', { to: 'committed' })).body.code).toBe('appropriation.over')
  const over = await go(open, 'supplement-required')
  const { lines } = (await call('GET', `/appropriations/${approved.id}`)).body
  expect(lines).toMatchObject([{ name: 'Scanners', spentMinor: 44_000_000, committedMinor: 1 }])
  const short = await post(over, 'transitions', { to: 'submitted' })
  expect(short.body.code).toBe('appropriation.supplement-short')
  const more = await made(
    `/appropriations/${approved.id}`,
    { ...asked, amountMinor: 46_000_000, contingencyMinor: 0 },
    { method: 'PUT', version: over.version },
  )
  const again = await go(more, 'submitted')
  const supplemented = (await post(again, 'decisions', { decision: 'approved' }, finance)).body
  expect(supplemented.approvedMinor).toBe(46_000_000)
  const committed = await go(supplemented, 'open', 'committed')
  const used = (await post(committed, 'in-service', { on: '2026-03-20', lifeMonths: 48, residualMinor: 0 })).body
  expect(used).toMatchObject({ state: 'capitalised', bookValueMinor: 44_000_000 - 2 * 916_667 })
  expect(used.depreciation[0]).toEqual({ month: '2026-04', amountMinor: 916_667 })
  const sum = used.depreciation.reduce((total: number, each: { amountMinor: number }) => total + each.amountMinor, 0)
  expect(sum).toBe(44_000_000)
  const closed = await go(used, 'closed')
  expect((await post(closed, 'transitions', { to: 'post-reviewed' })).body.code).toBe('appropriation.no-review')
  const looked = await post(closed, 'transitions', { to: 'post-reviewed', postReview: 'Fewer failures than before' })
  expect(looked.body).toMatchObject({ state: 'post-reviewed', postReview: 'Fewer failures than before' })
})
