import { randomUUID } from 'node:crypto'
import type { Ground, recordsIn } from './counted-testing.ts'

/** What is steered in June 2025: actions, improvements, meetings, a contract, and how it was kept. */
export async function fillSteered(
  { agreementId, agreementVersionId }: Ground,
  { put, putPlain, fact, person, incident }: ReturnType<typeof recordsIn>,
): Promise<void> {
  const made = '2025-06-01T08:00:00Z'
  const at = (day: number) => `2025-06-${String(day).padStart(2, '0')}T08:00:00Z`
  const owner = await person('2025-07-01T12:00Z')

  // One done by its first day, one put off, one that nobody owes any more.
  const action = { text: 'Cable', owner_name: 'Berta', owner_side: 'other', made_at: made, first_due: '2025-06-20' }
  const done = { state: 'verified', verified_at: at(19), closed_at: at(19) }
  await put('action', { ...action, due: '2025-06-20', ...done })
  await put('action', { ...action, due: '2025-07-20', redated: 1 })
  await put('action', { ...action, due: '2025-06-20', state: 'cancelled', cancel_reason: 'x', closed_at: at(5) })

  // One confirmed by a signal, one stopped, one under way.
  const better = { problem: 'Queue', theme: 'quality', benefit_type: 'time', made_at: made }
  const proof = { proof: 'signal', proof_month: '2025-05-01', proof_pattern: 'run', proof_value: 4 }
  const aimed = {
    kpi: 'K12',
    kpi_part: 'customer',
    kpi_of: '',
    baseline_month: '2025-01-01',
    baseline_value: 8,
    target_value: 2,
  }
  await put('improvement', { ...better, state: 'benefit-verified', verified_at: at(12), ...proof, ...aimed })
  const stopped = await put('improvement', { ...better, state: 'stopped', stop_reason: 'x' })
  await fact('improvement', stopped, 'improvement.state', at(14), { from: 'do', to: 'stopped' })
  await put('improvement', { ...better, state: 'do' })

  // One held with quorum and minutes, one held with too few, one not held.
  const forum = await put('forum', {
    name: 'Tier 1',
    tier: 1,
    weekdays: [1],
    starts_on: '2025-01-01',
    at_minute: 480,
    minutes: 15,
    quorum: 1,
    time_zone: 'Europe/Berlin',
    created_at: made,
  })
  const held = { forum_id: forum, state: 'held', minutes: 'Done' }
  const run = await put('forum_run', { ...held, planned_at: at(2), began_at: at(2) })
  await putPlain('forum_attendance', { run_id: run, person_id: owner })
  await put('forum_run', { ...held, planned_at: at(9), began_at: at(9) })
  await put('forum_run', { forum_id: forum, planned_at: at(16) })

  // One spoken with within their rhythm, one not, one without a rhythm.
  const known = { level: 'head', influence: 3, audience: 'operations', created_at: '2025-01-01T08:00:00Z' }
  const spoken = { kind: 'call', face_to_face: false, created_at: made }
  const often = await put('stakeholder', { ...known, name: 'Kim', cadence_days: 30 })
  await put('stakeholder_interaction', { ...spoken, stakeholder_id: often, on_day: '2025-06-20' })
  await put('stakeholder', { ...known, name: 'Ada', cadence_days: 30 })
  await put('stakeholder', { ...known, name: 'Eva' })

  // K53's example: 46,000 of 5.04 million.
  const of = { contract_id: '', created_at: '2025-01-01T08:00:00Z' }
  of.contract_id = await put('contract', {
    number: 'C-1',
    title: 'Desk',
    state: 'live',
    currency: 'EUR',
    starts_on: '2025-01-01',
    created_at: made,
  })
  await put('contract_version', { ...of, number: 1, valid_from: '2025-01-01', notice_days: 30 })
  const { contract_id } = of
  const line = await put('charge_line', { ...of, name: 'Run', kind: 'fixed' })
  const charge = { contract_id, line_id: line, name: 'Run', kind: 'fixed', parts: '[]', computed_at: made }
  await put('charge', { ...charge, month: '2025-06-01', state: 'reviewed', amount_minor: 499_400_000 })
  const other = await put('charge_line', { ...of, name: 'Move', kind: 'one-off' })
  // K52's example: 46,000 of it are contradicted.
  const contradicted = { ...charge, line_id: other, state: 'disputed', dispute: 'x', disputed_at: made }
  await put('charge', { ...contradicted, month: '2025-06-01', amount_minor: 4_600_000 })
  await put('charge', { ...charge, month: '2025-05-01', state: 'draft', amount_minor: 7 })
  const regime = await put('credit_regime', { ...of, valid_from: '2025-01-01', terms: '{}', sources: '{}' })
  await put('service_credit', {
    contract_id,
    regime_id: regime,
    month: '2025-06-01',
    basis_minor: 1,
    uncapped_minor: 4_600_000,
    amount_minor: 4_600_000,
    levels: '[]',
    lines: '[]',
    calculated_at: made,
  })

  await fillMoney(of, { put, putPlain })

  // Owed each month and once: in time, late, and waived.
  const owed = { ...of, party: 'provider', evidence_needed: false }
  const monthly = await put('obligation', { ...owed, text: 'Report', rule: 'FREQ=MONTHLY', first_on: '2025-06-15' })
  const settled = { due_on: '2025-06-15', outcome: 'fulfilled' }
  await putPlain('obligation_due', { ...settled, obligation_id: monthly, settled_at: at(15) })
  const late = await put('obligation', { ...owed, text: 'Plan', first_on: '2025-06-15' })
  await putPlain('obligation_due', { ...settled, obligation_id: late, settled_at: at(17) })
  const waived = await put('obligation', { ...owed, text: 'Audit', first_on: '2025-06-15' })
  await putPlain('obligation_due', { ...settled, outcome: 'waived', obligation_id: waived, settled_at: at(9) })

  // Forgotten in time, too late, refused at once, still waiting past its day; and one of July.
  const asked = { ground: 'asked', requested_at: '2025-05-20T08:00:00Z', due_at: at(20) }
  const proved = { state: 'done', certificate: '{}', checksum: 'x' }
  const forgotten = async () => person('2025-07-01T12:00Z')
  await put('erasure', { ...asked, ...proved, person_id: await forgotten(), done_at: at(19) })
  await put('erasure', { ...asked, ...proved, person_id: await forgotten(), done_at: at(21) })
  await put('erasure', { ...asked, person_id: await forgotten(), state: 'refused', refusal: 'x' })
  await put('erasure', { ...asked, person_id: await forgotten(), state: 'waiting' })
  await put('erasure', { ...asked, person_id: await forgotten(), state: 'waiting', due_at: '2025-07-20T08:00:00Z' })

  // What stood behind an incident of another month: two of three kept.
  const relying = await incident('2025-04-05T08:00:00Z', { resolved_at: '2025-05-05T08:00:00Z' })
  for (const [metric, state] of [
    ['response', 'met'],
    ['resolution', 'met'],
    ['restore', 'breached-stopped'],
  ] as const) {
    await put('clock_behind', {
      incident_id: relying,
      agreement_id: agreementId,
      agreement_version_id: agreementVersionId,
      metric,
      number: 'T-1',
      state,
      stopped_at: at(20),
      target_ms: 1,
      elapsed_ms: 1,
    })
  }
}

/** What a contract brought and cost in June, beside what was budgeted and foreseen. */
async function fillMoney(
  of: { readonly contract_id: string; readonly created_at: string },
  { put, putPlain }: Pick<ReturnType<typeof recordsIn>, 'put' | 'putPlain'>,
): Promise<void> {
  const { contract_id } = of
  const month = '2025-06-01'
  const post = (debit: string, credit: string, amount: number) =>
    put('posting', {
      contract_id,
      month,
      version: 'actual',
      debit,
      credit,
      amount_minor: amount,
      source: 'by-hand',
      posted_at: '2025-07-01T08:00:00Z',
    })
  // PNL-01: 458,750 of revenue and 363,450 of cost, and 25,000 passed on.
  await post('unbilled', 'revenue:fixed', 46_925_000)
  await post('revenue:credits', 'unbilled', 1_050_000)
  await post('unbilled', 'revenue:pass-through', 2_500_000)
  await post('cost:labour', 'own-work', 19_600_000)
  await post('cost:supplier', 'payable', 16_845_000)
  await post('payable', 'cost:supplier', 100_000)
  await post('cost:pass-through', 'payable', 2_500_000)

  // The forecast of May was 10,000 short of labour and 4,000 above suppliers; what was foreseen afterwards does not count.
  const plan = (version: string, category: string, amount: number, plannedAt: string, planMonth = month) =>
    putPlain('profit_plan', {
      contract_id,
      month: planMonth,
      version,
      category,
      amount_minor: amount,
      planned_at: plannedAt,
    })
  await plan('forecast', 'cost:labour', 18_600_000, '2025-05-20T08:00:00Z')
  await plan('forecast', 'cost:supplier', 17_145_000, '2025-05-20T08:00:00Z')
  await plan('forecast', 'cost:tools', 99, '2025-06-20T08:00:00Z')
  await plan('forecast', 'cost:pass-through', 7, '2025-05-20T08:00:00Z')
  await plan('budget', 'cost:labour', 35_000_000, '2024-12-01T08:00:00Z')
  await plan('budget', 'cost:labour', 1, '2024-12-01T08:00:00Z', '2025-05-01')

  // One signed 29 days after it was asked for, one never.
  const change = { ...of, title: 'Site', origin: 'customer', description: 'x', created_at: '2025-05-13T08:00:00Z' }
  await put('contract_change', { ...change, number: 1, state: 'signed', signed_on: '2025-06-11' })
  await put('contract_change', { ...change, number: 2, state: 'rejected' })

  // Terms that ended in June: one went on, one did not, one was cut short in May.
  const term = async (number: string, state: string, value: number, ends: readonly string[]) => {
    const contract = { currency: 'EUR', starts_on: '2024-01-01', created_at: '2024-01-01T08:00:00Z' }
    const id = await put('contract', { number, title: number, state, ...contract })
    const version = { contract_id: id, notice_days: 30, created_at: '2024-01-01T08:00:00Z' }
    for (const [index, endsOn] of ends.entries()) {
      const validTo = index === ends.length - 1 ? null : `2025-0${index + 2}-01`
      const from = index === 0 ? '2024-01-01' : `2025-0${index + 1}-01`
      await put('contract_version', {
        ...version,
        number: index + 1,
        valid_from: from,
        valid_to: validTo,
        ends_on: endsOn,
      })
    }
    await putPlain('contract_private', { contract_id: id, value_minor: value })
  }
  await term('C-2', 'live', 300, ['2025-06-15', '2027-06-15'])
  await term('C-3', 'expired', 100, ['2025-06-30'])
  await term('C-4', 'terminated', 50, ['2025-06-20', '2025-05-20'])

  // K55's example: 0.6 of 300,000 and 0.3 of 900,000; won before the month ended, put off, without a value, and later.
  const prospect = { title: 'Site', description: 'x', currency: 'EUR', created_at: '2025-06-10T08:00:00Z' }
  await put('opportunity', { ...prospect, number: 1, value_minor: 30_000_000, probability_bp: 6000 })
  const won = { state: 'won', reason: 'price', settled_at: '2025-07-01T08:00:00Z' }
  await put('opportunity', { ...prospect, ...won, number: 2, value_minor: 90_000_000, probability_bp: 3000 })
  const rated = { value_minor: 100, probability_bp: 10_000 }
  await put('opportunity', { ...prospect, ...rated, ...won, number: 3, settled_at: '2025-06-20T08:00:00Z' })
  await put('opportunity', {
    ...prospect,
    ...rated,
    number: 4,
    state: 'deferred',
    reason: 'timing',
    again_on: '2025-12-01',
  })
  await put('opportunity', { ...prospect, number: 5 })
  await put('opportunity', { ...prospect, ...rated, number: 6, created_at: '2025-07-01T08:00:00Z' })

  await fillCapacity({ put, putPlain })
}

/** Call-offs of June and a year's unit costs; what a pool is of is a supplier. */
async function fillCapacity({ put, putPlain }: Pick<ReturnType<typeof recordsIn>, 'put' | 'putPlain'>): Promise<void> {
  const created = '2025-01-01T08:00:00Z'
  const supplier = randomUUID()
  await putPlain('supplier', {
    id: supplier,
    customer_id: undefined,
    name: 'Pool',
    tier: 'routine',
    created_at: created,
  })
  const contract = await put('supplier_contract', {
    supplier_id: supplier,
    number: 'S-1',
    title: 'Shifts',
    currency: 'EUR',
    starts_on: '2025-01-01',
    notice_days: 30,
    created_at: created,
  })
  const pool = await put('pool', {
    supplier_contract_id: contract,
    supplier_id: supplier,
    name: 'Night',
    skill: 'Desk',
    unit: 'shift',
    committed: 20,
    flex_bp: 1000,
    lead_days: 10,
    created_at: created,
  })
  // Nine of ten and eight of ten; one asked for too late, one that nobody looked at yet.
  const order = { pool_id: pool, supplier_id: supplier, month: '2025-06-01', quantity: 10, state: 'accepted' }
  await put('capacity_order', { ...order, number: 1, ordered_on: '2025-05-20', delivered: 9, accepted: 9 })
  await put('capacity_order', { ...order, number: 2, ordered_on: '2025-05-22', delivered: 10, accepted: 8 })
  await put('capacity_order', { ...order, number: 3, ordered_on: '2025-05-23', delivered: 2, accepted: 2 })
  await put('capacity_order', { ...order, number: 4, ordered_on: '2025-05-20', state: 'ordered' })
  // EFF-01 is of 2024, and stands in its December; 2025 is not over.
  const unit = { currency: 'EUR', cashable: true, volume: 100 }
  await put('efficiency_base', { ...unit, year: 2024, name: 'Tickets', base_unit_minor: 2000, actual_minor: 190_000 })
  await put('efficiency_base', { ...unit, year: 2025, name: 'Tickets', base_unit_minor: 1900, actual_minor: 1 })
}
