import { expect, test } from 'vitest'
import { plainLevel, plainRegime } from '#core/credit-terms.ts'
import { actorWith, inContext } from '#platform/testing.ts'
import { testWorld } from '../../testing.ts'

const P1 = { of: 'attainment', metric: 'resolution', priority: 'p1', service: null } as const
const P2 = { ...P1, priority: 'p2' } as const

/** A contract of 350,000 a month with 12 % at risk, and a bad April in which two targets were missed. */
async function world() {
  const here = await testWorld({ now: new Date('2026-05-04T09:00Z') })
  const { call, database } = here
  const made = async (method: string, path: string, body: object, headers = {}) => {
    const reply = await call(method, path, body, { headers })
    expect(reply.status, reply.text).toBeLessThan(300)
    return reply.body
  }
  const customer = await made('POST', '/customers', { name: 'Nordhafen', key: 'NHL', timeZone: 'Europe/Berlin' })
  const terms = { endsOn: null, noticeDays: 90 }
  const contract = await made('POST', '/contracts', {
    customer: customer.id,
    number: 'V-17',
    title: 'Workplace',
    currency: 'EUR',
    startsOn: '2026-01-01',
    terms,
  })
  const of = `/contracts/${contract.id}`
  await made('POST', `${of}/charge-lines`, {
    name: 'Operation',
    validFrom: '2026-01',
    terms: { kind: 'fixed', amountMinor: 35_000_000 },
  })
  for (const [month, priority, met, failed] of [
    ['2026-03-01', 'p1', 97, 3],
    ['2026-04-01', 'p1', 90, 10],
    ['2026-04-01', 'p2', 180, 20],
    ['2026-05-01', 'p1', 9, 0],
  ])
    await database.pool.query(
      `insert into attainment_month (customer_id, month, metric, priority, met, failed) values ($1, $2, 'resolution', $3, $4, $5)`,
      [customer.id, month, priority, met, failed],
    )
  const level = (key: string, name: string) => ({ ...plainLevel(key, 950_000), name, allocationBp: 6000 })
  const regime = {
    ...plainRegime('at-risk', [level('p1', 'Grave incidents'), level('p2', 'High incidents')]),
    atRiskBp: 1200,
    singleEvent: true,
    earnBack: { kind: 'average', average: 'mean' } as const,
    triggers: [{ kind: 'consecutive', count: 2 } as const],
  }
  const kept = await made('POST', `${of}/credit-regimes`, {
    validFrom: '2026-01',
    terms: regime,
    sources: { p1: P1, p2: P2 },
  })
  const stakeholder = actorWith('customer', ['customer-stakeholder'], [customer.id])
  const calculated = async () => made('POST', `${of}/credits`, { month: '2026-04' })
  const move = (credit: { id: string; version: number }, to: string) =>
    made('POST', `/credits/${credit.id}/transitions`, { to }, { 'if-match': `"${credit.version}"` })
  return { ...here, made, customer, contract, of, regime, kept, stakeholder, calculated, move }
}

test('a bad month: capped at what is at risk, told, disputed, agreed, and taken off the next charges', async () => {
  const { call, of, calculated, move, stakeholder } = await world()
  const credit = await calculated()
  // Two failures of 60 % each of 42,000 at risk.
  expect(credit).toMatchObject({
    state: 'calculated',
    uncappedMinor: 5_040_000,
    amountMinor: 4_200_000,
    provisional: true,
  })
  expect(
    credit.levels.map((each: { numerator: number; shareMinor: number }) => [each.numerator, each.shareMinor]),
  ).toEqual([
    [90, 2_100_000],
    [180, 2_100_000],
  ])
  expect(credit.lines.map(({ says }: { says: string }) => says)).toEqual([
    'measured',
    'amount-at-risk',
    'measured',
    'amount-at-risk',
    'amounts-total',
    'period-cap',
    'result',
  ])
  const seen = async () => (await call('GET', `${of}/credits`, undefined, { as: stakeholder })).body.items
  expect(await seen()).toEqual([])
  expect((await call('GET', `/credits/${credit.id}`, undefined, { as: stakeholder })).status).toBe(404)
  const told = await move(await move(credit, 'internal-review'), 'notified')
  expect(await seen()).toMatchObject([{ amountMinor: 4_200_000, state: 'notified', provisional: false }])
  expect((await call('POST', `${of}/credits`, { month: '2026-04' })).body.code).toBe('credit.went-on')

  const position = { position: 'The storm was one cause' }
  const disputed = await call('POST', `/credits/${credit.id}/disputes`, position, { as: stakeholder })
  expect(disputed.body).toMatchObject({ state: 'disputed', version: told.version + 1 })
  expect(
    (
      await call(
        'POST',
        `/credits/${credit.id}/transitions`,
        { to: 'agreed' },
        { headers: { 'if-match': `"${disputed.body.version}"` } },
      )
    ).body.code,
  ).toBe('dispute.unanswered')
  const [open] = (await call('GET', `${of}/disputes`, undefined, { as: stakeholder })).body.items
  expect(open).toMatchObject({ subject: 'credit', creditId: credit.id, amountMinor: 4_200_000, outcome: null })
  const answer = { outcome: 'upheld', answer: 'It was one' }
  expect((await call('POST', `/disputes/${open.id}/answers`, answer)).status).toBe(200)
  // The storm costs the dearest of both alone.
  const reckonedAgain = await move(disputed.body, 'internal-review')
  for (const level of ['p1', 'p2'])
    expect(
      (await call('PUT', `${of}/credit-notes`, { month: '2026-04', level, cause: 'Storm of 7 April' })).status,
    ).toBe(200)
  const again = await calculated()
  expect(again).toMatchObject({ id: reckonedAgain.id, amountMinor: 2_520_000, state: 'internal-review' })
  expect(again.levels.map(({ standing }: { standing: string }) => standing)).toEqual(['counted', 'same-event'])
})

test('a credit opens one improvement, which names what was missed and leads back to it, and no amount', async () => {
  const { call, calculated, customer } = await world()
  const credit = await calculated()
  await calculated()
  const { items } = (await call('GET', `/improvements?origin=service-credit:${credit.id}`)).body
  expect(items).toMatchObject([
    {
      customer: { id: customer.id },
      state: 'idea',
      theme: 'quality',
      agreedEvidence: 'Grave incidents and High incidents are met three months running',
      origin: { kind: 'service-credit', id: credit.id, label: 'V-17 2026-04' },
    },
  ])
  expect(items[0].problem).toContain('Grave incidents and High incidents were missed in April 2026')
  // Whoever works on it need not see what is charged.
  const agent = actorWith('staff', ['agent'])
  const read = await call('GET', `/improvements/${items[0].id}`, undefined, { as: agent })
  expect(read.status).toBe(200)
  expect(read.text).not.toContain('4200000')
})

test('what was agreed is taken off the next month, once', async () => {
  const { call, of, calculated, move } = await world()
  let credit = await calculated()
  for (const to of ['internal-review', 'notified', 'agreed', 'applied']) credit = await move(credit, to)
  expect(credit).toMatchObject({ state: 'applied', chargedIn: '2026-05' })
  const charges = async (month: string) => (await call('GET', `${of}/charges?month=${month}`)).body.months[0]
  expect(await charges('2026-05')).toMatchObject({ totalMinor: -4_200_000, items: [{ kind: 'credit' }] })
  await call('POST', `${of}/charges`, { month: '2026-05' })
  expect((await charges('2026-05')).totalMinor).toBe(30_800_000)
  const stale = await call(
    'POST',
    `/credits/${credit.id}/transitions`,
    { to: 'internal-review' },
    { headers: { 'if-match': `"${credit.version}"`, 'accept-language': 'de' } },
  )
  expect([stale.status, stale.body.code]).toEqual([422, 'credit.cannot'])
  expect(stale.body.detail).toBe('Eine Gutschrift im Stand „abgezogen“ kommt nicht in den Stand „in Prüfung“.')
})

test('what was earned back comes back for its level alone, at the end of the year, and once', async () => {
  const { call, of, calculated, move, customer, database, at, stakeholder } = await world()
  let credit = await calculated()
  for (const to of ['internal-review', 'notified', 'agreed', 'applied']) credit = await move(credit, to)
  const back = (level: string) => call('POST', `/credits/${credit.id}/returns`, { level })
  expect((await back('p1')).body.code).toBe('credit.not-earned')
  // The rest of the year is perfect for P1 and bad enough for P2: its mean of two months is 92.5 %.
  for (const month of ['06', '07', '08', '09', '10', '11', '12'])
    await database.pool.query(
      `insert into attainment_month (customer_id, month, metric, priority, met, failed) values ($1, $2, 'resolution', 'p1', 100, 0)`,
      [customer.id, `2026-${month}-01`],
    )
  await database.pool.query(
    `insert into attainment_month (customer_id, month, metric, priority, met, failed) values ($1, '2026-12-01', 'resolution', 'p2', 95, 5)`,
    [customer.id],
  )
  at('2027-01-05T09:00:00Z')
  expect((await back('p2')).body.code).toBe('credit.not-earned')
  const returned = (await back('p1')).body
  expect(returned).toMatchObject({ state: 'applied', returns: [{ level: 'p1', amountMinor: 2_100_000 }] })
  expect((await back('p1')).body.code).toBe('credit.returned')
  expect((await back('p9')).body.code).toBe('credit.no-level')
  const { body } = await call('GET', `${of}/charges?month=${returned.returns[0].chargedIn}`)
  const lines = body.months[0].items.filter(({ kind }: { kind: string }) => kind === 'credit')
  expect(lines.map((each: { about: string | null; amountMinor: number }) => [each.about, each.amountMinor])).toEqual([
    [null, -4_200_000],
    ['Grave incidents', 2_100_000],
  ])
  expect((await call('GET', `/credits/${credit.id}`, undefined, { as: stakeholder })).body.returns).toEqual([])
  const whole = await call(
    'POST',
    `/credits/${credit.id}/transitions`,
    { to: 'earned-back' },
    {
      headers: { 'if-match': `"${returned.version}"` },
    },
  )
  expect(whole.body.code).toBe('credit.by-level')
})

test('what is claimed, earned back and claimed back has its last day, and what is settled waits on the day of who settles it', async () => {
  const { call, of, regime, calculated, move, stakeholder, at, database, customer, made } = await world()
  const claimed = {
    ...regime,
    claimWithinDays: 30,
    earnBack: { kind: 'higher-target', months: 2, claimWithinDays: 10 },
  }
  await database.pool.query('delete from credit_regime')
  await made('POST', `${of}/credit-regimes`, { validFrom: '2026-01', terms: claimed, sources: { p1: P1, p2: P2 } })
  const days = async (as?: typeof stakeholder) =>
    (await call('GET', '/contract-days', undefined, as && { as })).body.items.map(
      ({ kind, on, name, leads }: { kind: string; on: string; name: string; leads: { to: string } }) =>
        [kind, on, name, leads.to].join(' '),
    )
  const waits = async (as = actorWith('staff', ['service-manager'])) =>
    (await call('GET', '/today', undefined, { as })).body.items.flatMap((item: { kind: string; why: string }) =>
      ['credit', 'contract-day'].includes(item.kind) ? [`${item.kind} ${item.why}`] : [],
    )
  let credit = await calculated()
  expect(credit.amountMinor).toBe(0)
  const claims = ['claim 2026-05-30 Grave incidents credit', 'claim 2026-05-30 High incidents credit']
  expect(await days()).toEqual(claims)
  expect(await days(stakeholder)).toEqual([])
  expect(await days(actorWith('staff', ['agent']))).toEqual([])
  expect((await call('GET', '/contract-days.ics')).text).toContain('DTSTART;VALUE=DATE:20260530')
  at('2026-05-20T09:00:00Z')
  expect(await waits()).toEqual(['contract-day due', 'contract-day due'])
  // The customer claims what they were told of; it is reckoned again, looked at by us, and told again.
  for (const to of ['internal-review', 'notified']) credit = await move(credit, to)
  expect(await days(stakeholder)).toEqual(claims)
  const claim = (level: string, as = stakeholder) => call('POST', `/credits/${credit.id}/claims`, { level }, { as })
  expect((await claim('p9')).body.code).toBe('credit.no-claim')
  expect((await claim('p1', actorWith('staff', ['agent']))).status).toBe(403)
  expect((await claim('p1')).status).toBe(204)
  expect((await call('GET', `/credits/${credit.id}`, undefined, { as: stakeholder })).status).toBe(404)
  credit = (await call('GET', `/credits/${credit.id}`)).body
  expect(credit).toMatchObject({
    state: 'internal-review',
    amountMinor: 2_520_000,
    claims: [{ level: 'p2', claimBy: '2026-05-30' }],
  })
  at('2026-05-31T09:00:00Z')
  const manager = actorWith('staff', ['service-manager'])
  expect((await claim('p2', manager)).body).toMatchObject({ code: 'credit.claim-over' })
  at('2026-05-30T09:00:00Z')
  expect((await claim('p2', manager)).status).toBe(204)
  credit = (await call('GET', `/credits/${credit.id}`)).body
  expect(credit).toMatchObject({ amountMinor: 4_200_000, claims: [] })
  expect(await waits()).toEqual(['credit review'])
  expect(await waits(actorWith('staff', ['agent', 'administrator']))).toEqual([])
  for (const to of ['notified', 'agreed', 'applied']) credit = await move(credit, to)
  expect(await days()).toEqual([
    'earn-back 2026-06-30 Grave incidents credit',
    'earn-back 2026-06-30 High incidents credit',
    'earn-back-claim 2026-07-10 Grave incidents credit',
    'earn-back-claim 2026-07-10 High incidents credit',
  ])
  expect(await days(stakeholder)).toEqual([])
  await database.pool.query(
    `insert into attainment_month (customer_id, month, metric, priority, met, failed) values ($1, '2026-06-01', 'resolution', 'p1', 100, 0)`,
    [customer.id],
  )
  at('2026-07-11T09:00:00Z')
  const late = await call('POST', `/credits/${credit.id}/returns`, { level: 'p1' })
  expect([late.status, late.body.code]).toEqual([422, 'credit.claimed-late'])
  expect(late.body.detail).toContain('10 July 2026')
  at('2026-07-10T09:00:00Z')
  expect((await call('POST', `/credits/${credit.id}/returns`, { level: 'p1' })).status).toBe(200)
  expect((await days()).filter((each: string) => each.startsWith('earn-back-claim'))).toHaveLength(1)
})

test('a regime with a hole is refused with every fault at its place, and tried on past months without a trace', async () => {
  const { call, of, regime, database } = await world()
  const bands = [{ fromPpm: 0, belowPpm: 900_000, severity: 'severe', weight: 4 }]
  const faulty = { ...plainRegime('points', [{ ...regime.levels[0]!, bands }]), perPointBp: 50, periodCapBp: -1 }
  const given = { validFrom: '2026-06', terms: faulty, sources: { p1: P1 } }
  const refused = await call('POST', `${of}/credit-regimes`, given)
  expect([refused.status, refused.body.code]).toEqual([400, 'credit-regime.faulty'])
  expect(refused.body.errors.map(({ path }: { path: string }) => path)).toEqual([
    'terms.levels.0.bands',
    'terms.periodCapBp',
  ])
  const earlier = await call('POST', `${of}/credit-regimes`, { ...given, validFrom: '2026-01', terms: regime })
  expect(earlier.body.code).toBe('credit-regime.before')

  const whole = {
    ...faulty,
    periodCapBp: 500,
    levels: [
      {
        ...faulty.levels[0]!,
        bands: [...bands, { fromPpm: 900_000, belowPpm: 950_000, severity: 'minor', weight: 1 }],
      },
    ],
  }
  const tried = await call('POST', `${of}/credit-simulations`, {
    from: '2026-03',
    to: '2026-04',
    terms: whole,
    sources: { p1: P1 },
  })
  // One point of half a percent of 350,000.
  expect(tried.body.months.map(({ amountMinor }: { amountMinor: number }) => amountMinor)).toEqual([0, 175_000])
  const { rows } = await database.pool.query('select 1 from service_credit')
  expect(rows).toHaveLength(0)
  const { body } = await call('GET', `${of}/credit-regime`)
  expect(body.regime.examples.find(({ percent }: { percent: number }) => percent === 93)).toMatchObject({
    amountMinor: 720_000,
  })
})

test('the running month says what is missed already and may still be missed, and how far a right to terminate is', async () => {
  const { call, of, customer, database, made } = await world()
  expect((await call('POST', `${of}/credits`, { month: '2026-05' })).body.code).toBe('credit.month-open')
  const calm = (await call('GET', `${of}/credit-outlook`)).body
  expect(calm).toMatchObject({ month: '2026-05', soFarMinor: 0, worstMinor: 0 })
  expect(calm.triggers).toMatchObject([{ kind: 'consecutive', level: 'p2', have: 1, need: 2, left: 1 }])
  const day = { opens: 0, closes: 1440 }
  const calendar = await made('POST', '/calendars', {
    customer: customer.id,
    name: 'Always',
    rules: { timeZone: 'Europe/Berlin', week: Array.from({ length: 7 }, () => [day]), exceptions: [] },
  })
  const targets = [{ metric: 'resolution', priority: 'p1', targetSeconds: 3600, attainmentBp: 9500 }]
  await made('POST', '/agreements', {
    customer: customer.id,
    calendar: calendar.id,
    name: 'Gold',
    validFrom: '2026-01-01T00:00:00Z',
    targets,
    activate: true,
  })
  const incident = { customer: customer.id, title: 'Down', impact: 'high', urgency: 'high' }
  await made('POST', '/incidents', incident)
  const soon = (await call('GET', `${of}/credit-outlook`)).body
  expect(soon).toMatchObject({ soFarMinor: 0, worstMinor: 2_520_000 })
  expect(soon.levels[0]).toMatchObject({ level: 'p1', met: 9, dueSoon: 1, outcome: 'met', worst: 'missed' })
  await database.pool.query(
    `update clock set state = 'breached-running', breached_at = now() where metric = 'resolution'`,
  )
  expect((await call('GET', `${of}/credit-outlook`)).body).toMatchObject({
    soFarMinor: 2_520_000,
    worstMinor: 2_520_000,
  })
})

test('agents, administrators and other customers see no credits, the customer no regime, also by a look into the database', async () => {
  const { call, of, calculated, stakeholder, database, customer } = await world()
  const credit = await calculated()
  for (const roles of [['agent'], ['administrator']]) {
    const as = actorWith('staff', roles)
    for (const path of [`${of}/credits`, `/credits/${credit.id}`, `${of}/credit-regime`, `${of}/credit-outlook`])
      expect((await call('GET', path, undefined, { as })).status).toBe(403)
  }
  for (const path of [`${of}/credit-regime`, `${of}/credit-outlook`])
    expect((await call('GET', path, undefined, { as: stakeholder })).status).toBe(404)
  const rows = (table: 'creditRegime' | 'serviceCredit', actor: ReturnType<typeof actorWith>) =>
    inContext(database, async ({ db }) => (await db.selectFrom(table).selectAll().execute()).length, { actor })
  for (const table of ['creditRegime', 'serviceCredit'] as const) {
    expect(await rows(table, actorWith('staff', ['agent', 'administrator']))).toBe(0)
    expect(await rows(table, actorWith('limited', ['service-manager'], [customer.id]))).toBe(1)
  }
  expect(await rows('serviceCredit', stakeholder)).toBe(0)
  await expect(rows('creditRegime', stakeholder)).rejects.toThrow('permission denied')
})

test('a regime is written as readable data: faults stand at their lines, examples beside it, and it reads back the same', async () => {
  const { call, of } = await world()
  const { text } = (await call('GET', `${of}/credit-regime-text`)).body
  expect(text).toContain('atRisk: 12')
  const path = `${of}/credit-regime-texts`
  const good = (await call('POST', path, { text, validFrom: '2026-06' })).body
  expect(good).toMatchObject({ errors: [], kept: false })
  expect(good.examples.find(({ percent }: { percent: number }) => percent === 93)).toMatchObject({
    amountMinor: 720_000,
  })
  // A hole: 97.95 has to fall somewhere.
  const holed = `kind: points
perPoint: 0.5
levels:
  - key: p1
    name: P1
    figure: { of: attainment, priority: p1 }
    target: 99
    bands:
      - { from: 98, below: 99, severity: minor, points: 1 }
      - { from: 0, below: 97.9, severity: severe, points: 4 }
`
  const bad = (await call('POST', path, { text: holed, validFrom: '2026-06', keep: true })).body
  expect(bad).toMatchObject({ errors: [{ line: 9 }], kept: false, examples: [] })
  expect((await call('POST', path, { text: 'kind: [', validFrom: '2026-06' })).body.errors).toHaveLength(1)
  const unknown = (await call('POST', path, { text: `${holed}colour: red\n`, validFrom: '2026-06' })).body
  expect(unknown.errors[0].message).toContain('colour')
  const kept = (await call('POST', path, { text: holed.replace('97.9', '98'), validFrom: '2026-06', keep: true })).body
  expect(kept).toMatchObject({ errors: [], kept: true })
})
