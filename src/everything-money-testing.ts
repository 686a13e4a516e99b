import { randomUUID } from 'node:crypto'
import type { TestWorld } from './testing.ts'

interface Contracted {
  readonly customerId: string
  readonly serviceId: string
  readonly siteId: string
  readonly word: string
}

/** A contract with everything that hangs on it: versions, what is private, obligations, charges and a credit. */
export async function contractOf(
  { pool }: TestWorld['database'],
  { customerId, serviceId, siteId, word }: Contracted,
): Promise<string[]> {
  const ids = Array.from({ length: 15 }, () => randomUUID())
  const [
    contract,
    version,
    obligation,
    line,
    price,
    reading,
    charge,
    regime,
    credit,
    returned,
    indexation,
    posting,
    change,
    work,
    dispute,
  ] = ids
  const of = [contract, customerId]
  await pool.query(
    `insert into contract (id, customer_id, number, title, currency, starts_on, created_at) values ($1, $2, $3, $3, 'EUR', '2026-01-01', now())`,
    [...of, word],
  )
  await pool.query(
    `insert into contract_version (id, contract_id, customer_id, number, valid_from, notice_days, service_ids, site_ids, note, created_at)
     values ($3, $1, $2, 1, '2026-01-01', 30, array[$4::uuid], array[$5::uuid], $6, now())`,
    [...of, version, serviceId, siteId, word],
  )
  await pool.query(
    `insert into contract_private (contract_id, customer_id, margin_target_bp, note) values ($1, $2, 1800, $3)`,
    [...of, word],
  )
  await pool.query(
    `insert into obligation (id, contract_id, customer_id, text, party, rule, first_on, evidence_needed, created_at)
     values ($3, $1, $2, $4, 'customer', 'FREQ=MONTHLY', '2026-02-10', true, now())`,
    [...of, obligation, word],
  )
  await pool.query(
    `insert into obligation_due (obligation_id, customer_id, due_on, notice, noticed_at) values ($1, $2, '2026-02-10', $3, now())`,
    [obligation, customerId, word],
  )
  await pool.query(
    `insert into charge_line (id, contract_id, customer_id, name, kind, service_id, created_at) values ($3, $1, $2, $4, 'unit', $5, now())`,
    [...of, line, word, serviceId],
  )
  await pool.query(
    `insert into charge_price (id, line_id, customer_id, valid_from, terms, reason, created_at)
     values ($1, $2, $3, '2026-01-01', '{"kind": "unit", "unitMinor": 1850}', $4, now())`,
    [price, line, customerId, word],
  )
  await pool.query(
    `insert into volume_reading (id, line_id, customer_id, month, quantity, counted_at, source, taken_at)
     values ($1, $2, $3, '2026-02-01', 10, now(), $4, now())`,
    [reading, line, customerId, word],
  )
  await pool.query(
    `insert into charge (id, contract_id, customer_id, line_id, month, name, kind, state, quantity, reading_id, amount_minor, parts, computed_at)
     values ($3, $1, $2, $4, '2026-02-01', $5, 'unit', 'reviewed', 10, $6, 18500, '[]', now())`,
    [...of, charge, line, word, reading],
  )
  await pool.query(
    `insert into indexation (id, contract_id, customer_id, valid_from, index_name, base_reading, current_reading, terms, line_ids, created_at)
     values ($3, $1, $2, '2026-02-01', $4, 128600, 133000, '{}', array[$5::uuid], now())`,
    [...of, indexation, word, line],
  )
  await pool.query(
    `insert into posting (id, contract_id, customer_id, service_id, month, version, debit, credit, amount_minor, source, description, posted_at)
     values ($3, $1, $2, $4, '2026-02-01', 'actual', 'cost:supplier', 'payable', 5200, 'by-hand', $5, now())`,
    [...of, posting, serviceId, word],
  )
  await pool.query(
    `insert into profit_plan (contract_id, customer_id, month, version, category, amount_minor, planned_at)
     values ($1, $2, '2026-02-01', 'bid', 'cost:supplier', 4900, now())`,
    of,
  )
  await pool.query(
    `insert into labour_rate (contract_id, customer_id, valid_from, hour_minor, said_at) values ($1, $2, '2026-01-01', 6200, now())`,
    of,
  )
  await pool.query(
    `insert into contract_change (id, contract_id, customer_id, number, title, origin, description, created_at)
     values ($3, $1, $2, 1, $4, 'customer', $4, now())`,
    [...of, change, word],
  )
  await pool.query(
    `insert into contract_change_margin (change_id, customer_id, revenue_minor, cost_minor) values ($1, $2, 100, 60)`,
    [change, customerId],
  )
  await pool.query(
    `insert into contract_change_work (id, change_id, customer_id, day, minutes, note, created_at)
     values ($1, $2, $3, '2026-02-10', 60, $4, now())`,
    [work, change, customerId, word],
  )
  const party = { name: word, street: word, postCode: '20095', city: word, country: 'DE', vatId: null, email: null }
  const invoicing = { seller: party, buyer: party, taxCategory: 'S', taxBp: 1900, exemption: null, paymentDays: 30 }
  await pool.query(`insert into contract_invoicing (contract_id, customer_id, terms) values ($1, $2, $3)`, [
    ...of,
    JSON.stringify({ ...invoicing, iban: null, buyerReference: null, orderReference: null }),
  ])
  const level = { key: 'p1', name: word, critical: true, targetPpm: 950_000, minimumPpm: null, defaultAfter: 1 }
  const terms = {
    kind: 'gap',
    levels: [
      {
        ...level,
        smallSample: 'as-is',
        roundTo: null,
        bands: [],
        allocationBp: 0,
        poolBp: 0,
        earnBackPpm: null,
        floorPpm: null,
      },
    ],
    perPointBp: 100,
    atRiskBp: 0,
    table: [],
    repeat: [100],
    singleEvent: false,
    periodCapBp: null,
    yearCap: null,
    earnBack: null,
    triggers: [],
    claimWithinDays: null,
  }
  await pool.query(
    `insert into credit_regime (id, contract_id, customer_id, valid_from, terms, sources, created_at) values ($3, $1, $2, '2026-01-01', $4, '{}', now())`,
    [...of, regime, JSON.stringify(terms)],
  )
  await pool.query(
    `insert into credit_note (contract_id, customer_id, month, level, cause, noted_at) values ($1, $2, '2026-02-01', 'p1', $3, now())`,
    [...of, word],
  )
  await pool.query(
    `insert into service_credit (id, contract_id, customer_id, regime_id, month, state, basis_minor, uncapped_minor, amount_minor, levels, lines, calculated_at)
     values ($3, $1, $2, $4, '2026-02-01', 'notified', 18500, 100, 100, '[]', jsonb_build_array(jsonb_build_object('step', 'result', 'level', $5::text,
       'says', 'result', 'values', '{}'::jsonb)), now())`,
    [...of, credit, regime, word],
  )
  await pool.query(
    `insert into credit_return (id, credit_id, customer_id, level, amount_minor, returned_at) values ($1, $2, $3, 'p1', 100, now())`,
    [returned, credit, customerId],
  )
  await pool.query(
    `insert into dispute (id, contract_id, customer_id, subject, credit_id, month, position, amount_minor, answer_by, by_customer, raised_at)
     values ($5, $1, $2, 'credit', $3, '2026-02-01', $4, 100, '2026-04-01', true, now())`,
    [...of, credit, word, dispute],
  )
  const wanted = await renewedOf({ pool }, { customerId, contractId: contract!, word })
  const supplied = await suppliedOf({ pool }, { customerId, contractId: contract!, word })
  const budgeted = await budgetedOf({ pool }, { customerId, siteId, serviceId, word })
  return [...ids, ...wanted, ...supplied, ...budgeted].map(String)
}

/** What we want of a customer: a renewal with a scenario, and an opportunity with what it is seen by. */
async function renewedOf(
  { pool }: Pick<TestWorld['database'], 'pool'>,
  { customerId, contractId, word }: { readonly customerId: string; readonly contractId: string; readonly word: string },
): Promise<string[]> {
  const ids = Array.from({ length: 4 }, () => randomUUID())
  const [renewal, scenario, opportunity, evidence] = ids
  await pool.query(
    `insert into renewal (id, contract_id, customer_id, course, win_themes, created_at) values ($1, $2, $3, 'extend', $4, now())`,
    [renewal, contractId, customerId, word],
  )
  await pool.query(
    `insert into renewal_scenario (id, renewal_id, customer_id, name, terms, created_at)
     values ($1, $2, $3, $4, '{"months": 12, "priceBp": 0, "costBp": 0, "levels": []}', now())`,
    [scenario, renewal, customerId, word],
  )
  await pool.query(
    `insert into opportunity (id, customer_id, contract_id, number, title, description, currency, created_at)
     values ($1, $2, $3, (select coalesce(max(number), 0) + 1 from opportunity), $4, $4, 'EUR', now())`,
    [opportunity, customerId, contractId, word],
  )
  await pool.query(
    `insert into opportunity_evidence (id, opportunity_id, customer_id, origin_kind, origin_id, origin_label, created_at)
     values ($1, $2, $3, 'contract', $4, $5, now())`,
    [evidence, opportunity, customerId, contractId, word],
  )
  return ids
}

/** What a supplier does for a customer: its contract, a pool with a price and a call-off, and an invoice. */
async function suppliedOf(
  { pool }: Pick<TestWorld['database'], 'pool'>,
  { customerId, contractId, word }: { readonly customerId: string; readonly contractId: string; readonly word: string },
): Promise<string[]> {
  const ids = Array.from({ length: 6 }, () => randomUUID())
  const [supplier, contract, capacity, order, invoice, claim] = ids
  const of = [supplier, customerId]
  await pool.query(`insert into supplier (id, name, tier, contact, created_at) values ($1, $2, 'routine', $3, now())`, [
    supplier,
    `${word} ${supplier}`,
    word,
  ])
  await pool.query(
    `insert into supplier_contract (id, supplier_id, customer_id, number, title, currency, starts_on, notice_days, contract_id, created_at)
     values ($3, $1, $2, $4, $4, 'EUR', '2026-01-01', 30, $5, now())`,
    [...of, contract, word, contractId],
  )
  await pool.query(
    `insert into pool (id, supplier_contract_id, supplier_id, customer_id, name, skill, unit, committed, flex_bp, lead_days, created_at)
     values ($3, $4, $1, $2, $5, $5, 'shift', 10, 0, 5, now())`,
    [...of, capacity, contract, word],
  )
  await pool.query(
    `insert into pool_rate (pool_id, supplier_id, customer_id, valid_from, unit_minor) values ($3, $1, $2, '2026-01-01', 300)`,
    [...of, capacity],
  )
  await pool.query(
    `insert into capacity_order (id, pool_id, supplier_id, customer_id, number, month, slots, quantity, ordered_on)
     values ($3, $4, $1, $2, 1, '2026-02-01', $5, 3, '2026-01-20')`,
    [...of, order, capacity, word],
  )
  await pool.query(
    `insert into supplier_invoice (id, supplier_id, supplier_contract_id, customer_id, month, reference, category, amount_minor, taken_at)
     values ($3, $1, $4, $2, '2026-02-01', $5, 'pool', 900, now())`,
    [...of, invoice, contract, word],
  )
  await pool.query(
    `insert into supplier_claim (id, supplier_id, supplier_contract_id, customer_id, credit_id, level, month, missed, missed_with, credit_minor,
       amount_minor, claimed_on)
     select $3, $1, $4, $2, id, 'p1', '2026-02-01', 2, 1, 20, 5, '2026-03-01' from service_credit where customer_id = $2 limit 1`,
    [...of, claim, contract],
  )
  return ids
}

/** A customer's budget: a line with its plan, an entry, an order and a forecast, money that was asked for, and efficiency. */
async function budgetedOf(
  { pool }: Pick<TestWorld['database'], 'pool'>,
  { customerId, siteId, serviceId, word }: Contracted,
): Promise<string[]> {
  const ids = Array.from({ length: 7 }, () => randomUUID())
  const [line, entry, order, forecast, asked, decision, base] = ids
  const businessCase = {
    benefitsMinor: [1],
    runCostMinor: [],
    rateBp: 0,
    risk: 'low',
    riskNote: word,
    alternatives: word,
  }
  await pool.query(
    `insert into appropriation (id, customer_id, number, title, currency, amount_minor, business_case, reason, created_at)
     values ($1, $2, (select coalesce(max(number), 0) + 1 from appropriation), $3, 'EUR', 100, $4, $3, now())`,
    [asked, customerId, word, JSON.stringify(businessCase)],
  )
  await pool.query(
    `insert into appropriation_decision (id, appropriation_id, customer_id, decision, amount_minor, settles, note, decided_at)
     values ($1, $2, $3, 'rejected', 100, true, $4, now())`,
    [decision, asked, customerId, word],
  )
  await pool.query(
    `insert into budget_line (id, customer_id, year, fund, name, cost_centre, site_id, service_id, appropriation_id, currency, created_at)
     values ($1, $2, 2026, 'run', $3, $3, $4, $5, $6, 'EUR', now())`,
    [line, customerId, word, siteId, serviceId, asked],
  )
  const of = [line, customerId]
  await pool.query(
    `insert into budget_plan (line_id, customer_id, month, amount_minor) values ($1, $2, '2026-02-01', 70)`,
    of,
  )
  await pool.query(
    `insert into budget_entry (id, line_id, customer_id, month, kind, amount_minor, original_minor, original_currency, reference, description, posted_at)
     values ($3, $1, $2, '2026-02-01', 'actual', 60, 60, 'EUR', $4, $4, now())`,
    [...of, entry, word],
  )
  await pool.query(
    `insert into budget_commitment (id, line_id, customer_id, number, description, amount_minor, expected_on, created_at)
     values ($3, $1, $2, $4, $4, 50, '2026-03-01', now())`,
    [...of, order, word],
  )
  await pool.query(
    `insert into budget_forecast (id, customer_id, year, number, from_month, reason, note, locked_at)
     values ($1, $2, 2026, (select coalesce(max(number), 0) + 1 from budget_forecast), '2026-03-01', 'price', $3, now())`,
    [forecast, customerId, word],
  )
  await pool.query(
    `insert into budget_forecast_month (forecast_id, line_id, customer_id, month, amount_minor) values ($3, $1, $2, '2026-03-01', 80)`,
    [...of, forecast],
  )
  await pool.query(
    `insert into efficiency_base (id, customer_id, year, name, currency, base_unit_minor, volume, actual_minor, cashable)
     values ($1, $2, 2026, $3, 'EUR', 10, 10, 90, true)`,
    [base, customerId, word],
  )
  return ids
}

/** What belongs to it: none of it may a forged request change. */
export const contractTables = [
  'contract',
  'contract_version',
  'contract_private',
  'obligation',
  'obligation_due',
  'charge_line',
  'charge_price',
  'volume_reading',
  'charge',
  'credit_regime',
  'credit_note',
  'service_credit',
  'credit_return',
  'dispute',
  'indexation',
  'contract_invoicing',
  'posting',
  'profit_plan',
  'labour_rate',
  'contract_change',
  'contract_change_margin',
  'contract_change_work',
  'renewal',
  'renewal_scenario',
  'opportunity',
  'opportunity_evidence',
  'supplier_contract',
  'pool',
  'pool_rate',
  'capacity_order',
  'supplier_invoice',
  'supplier_claim',
  'appropriation',
  'appropriation_decision',
  'budget_line',
  'budget_plan',
  'budget_entry',
  'budget_commitment',
  'budget_forecast',
  'budget_forecast_month',
  'efficiency_base',
]
