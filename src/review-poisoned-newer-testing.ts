/** What stands in what later sections tell the customer, each with its own word. */
export const toldNewer = {
  major: 'Seestern Großstörung',
  article: 'Seestern Anleitung',
  search: 'seestern suche',
  change: 'Seestern Nachtrag',
  order: 'Seestern Bestellung',
} as const

interface Poison {
  /** Said instead of what may be told: where nothing of this customer may be read. */
  readonly word: string | undefined
  /** What stands in everything that the customer may not read. */
  readonly secret: string
  /** Amounts that must not be told, in minor units. */
  readonly amounts: readonly [number, number]
  readonly customerId: string
  readonly name: string
  readonly person: string
  readonly incidentId: string
  readonly contractId: string
  readonly creditId: string
  readonly serviceId: string
  readonly put: (table: string, row: Readonly<Record<string, unknown>>) => Promise<string>
  readonly plain: (table: string, row: Readonly<Record<string, unknown>>) => Promise<void>
}

/** In February 2026 something in each section that came later: outages, orders, knowledge, changes, suppliers, money ahead. */
export async function poisonNewer(given: Poison): Promise<void> {
  await poisonWork(given)
  await poisonMoney(given)
}

const AT = '2026-02-10T10:00:00Z'

async function poisonWork({ word, secret, customerId, name, person, incidentId, put, plain, amounts }: Poison) {
  const say = (key: keyof typeof toldNewer) => word ?? toldNewer[key]
  await put('major_incident', {
    incident_id: incidentId,
    state: 'restored',
    criteria: ['other'],
    criteria_words: secret,
    bridge: secret,
    business_impact: say('major'),
    proposed_at: AT,
    commander_id: person,
    declared_at: AT,
    restored_at: '2026-02-10T12:00:00Z',
    next_update_due: null,
    updated_at: AT,
    impact_minor: amounts[0],
    impact_currency: 'EUR',
    reckoning: JSON.stringify({ words: secret }),
  })
  const article = { language: 'de', text: secret, state: 'published', created_at: AT, updated_at: AT }
  await put('article', { ...article, audience: 'customer', title: say('article') })
  await put('article', { ...article, audience: 'agent', title: secret })
  await put('article', { ...article, audience: 'customer', title: secret, state: 'draft' })
  await plain('portal_search', { customer_id: customerId, day: '2026-02-10', searches: 9, without_result: 4 })
  await plain('portal_search_miss', { customer_id: customerId, day: '2026-02-10', words: say('search'), times: 4 })
  const item = await put('catalogue_item', { state: 'published', search: '', created_at: AT, updated_at: AT })
  const called = JSON.stringify({ de: say('order'), en: say('order') })
  const edition = await put('catalogue_item_version', {
    item_id: item,
    number: 1,
    name: called,
    synonyms: '{}',
    description: JSON.stringify({ de: secret, en: secret }),
    fields: '[]',
    approval: '{"kind":"none"}',
    plan: '[]',
    with_approval: false,
    planned_seconds: 0,
    created_at: AT,
  })
  await put('request', {
    number: `${name.slice(0, 3).toUpperCase()}-R-1`,
    item_id: item,
    item_version_id: edition,
    name: called,
    requester_id: person,
    ordered_by_id: person,
    state: 'delivered',
    answers: JSON.stringify([{ key: 'why', value: secret }]),
    price_minor: amounts[1],
    currency: 'EUR',
    ordered_at: AT,
    delivered_at: '2026-02-11T10:00:00Z',
    updated_at: '2026-02-11T10:00:00Z',
  })
  const forum = await put('forum', {
    name: secret,
    tier: 1,
    weekdays: [1],
    starts_on: '2026-01-05',
    at_minute: 540,
    minutes: 15,
    time_zone: 'Europe/Berlin',
    created_at: AT,
  })
  await put('forum_run', { forum_id: forum, planned_at: AT, state: 'not-held', reason: secret, minutes: secret })
}

async function poisonMoney({
  word,
  secret,
  name,
  contractId,
  creditId,
  serviceId,
  put,
  plain,
  amounts,
  customerId,
}: Poison) {
  const change = { contract_id: contractId, description: secret, created_at: AT }
  const offered = { ...change, origin: 'customer', scope_impact: secret, level_impact: secret }
  await put('contract_change', { ...offered, number: 1, state: 'offered', title: word ?? toldNewer.change })
  const inside = await put('contract_change', { ...offered, number: 2, title: secret })
  await plain('contract_change_margin', {
    change_id: inside,
    customer_id: customerId,
    revenue_minor: amounts[0],
    cost_minor: amounts[1],
  })
  const supplier = `${secret} Zulieferer ${name}`
  const supplierId = await put('supplier', {
    customer_id: undefined,
    name: supplier,
    state: 'watch',
    tier: 'critical',
    created_at: AT,
  })
  const supplied = await put('supplier_contract', {
    supplier_id: supplierId,
    number: secret,
    title: secret,
    currency: 'EUR',
    starts_on: '2025-01-01',
    notice_days: 90,
    contract_id: contractId,
    service_id: serviceId,
    created_at: AT,
  })
  await put('supplier_claim', {
    supplier_contract_id: supplied,
    supplier_id: supplierId,
    credit_id: creditId,
    level: secret,
    month: '2026-02-01',
    missed: 2,
    missed_with: 1,
    credit_minor: 500,
    amount_minor: amounts[0],
    claimed_on: '2026-02-20',
    note: secret,
  })
  await put('renewal', {
    contract_id: contractId,
    state: 'prepare',
    course: 'renegotiate',
    probability_bp: 6100,
    price_strategy: secret,
    win_themes: secret,
    blockers: secret,
    created_at: AT,
  })
  await put('opportunity', {
    number: 1,
    title: secret,
    description: secret,
    currency: 'EUR',
    value_minor: amounts[1],
    probability_bp: 3000,
    created_at: AT,
  })
  const posting = { contract_id: contractId, month: '2026-02-01', posted_at: AT, version: 'actual', source: 'by-hand' }
  await put('posting', {
    ...posting,
    debit: 'cost:labour',
    credit: 'balance:labour',
    amount_minor: amounts[0],
    description: secret,
  })
  await plain('profit_plan', {
    contract_id: contractId,
    customer_id: customerId,
    month: '2026-02-01',
    version: 'budget',
    category: 'cost:labour',
    amount_minor: amounts[1],
    planned_at: AT,
  })
  const line = { year: 2026, fund: 'run', currency: 'EUR', created_at: AT }
  const lineId = await put('budget_line', { ...line, name: secret, cost_centre: `${secret} ${name}`.slice(0, 60) })
  await plain('budget_plan', {
    line_id: lineId,
    customer_id: customerId,
    month: '2026-02-01',
    amount_minor: amounts[0],
  })
  await put('efficiency_base', {
    year: 2025,
    name: secret,
    currency: 'EUR',
    base_unit_minor: 100,
    volume: 7,
    actual_minor: amounts[1],
    cashable: true,
  })
}
