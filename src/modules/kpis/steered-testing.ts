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
  await put('improvement', { ...better, state: 'benefit-verified', verified_at: at(12), ...proof })
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
  await put('charge', { ...charge, month: '2025-06-01', state: 'reviewed', amount_minor: 504_000_000 })
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

  // Owed each month and once: in time, late, and waived.
  const owed = { ...of, party: 'provider', evidence_needed: false }
  const monthly = await put('obligation', { ...owed, text: 'Report', rule: 'FREQ=MONTHLY', first_on: '2025-06-15' })
  const settled = { due_on: '2025-06-15', outcome: 'fulfilled' }
  await putPlain('obligation_due', { ...settled, obligation_id: monthly, settled_at: at(15) })
  const late = await put('obligation', { ...owed, text: 'Plan', first_on: '2025-06-15' })
  await putPlain('obligation_due', { ...settled, obligation_id: late, settled_at: at(17) })
  const waived = await put('obligation', { ...owed, text: 'Audit', first_on: '2025-06-15' })
  await putPlain('obligation_due', { ...settled, outcome: 'waived', obligation_id: waived, settled_at: at(9) })

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
