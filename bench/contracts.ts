import { performance } from 'node:perf_hooks'
import { plainLevel, plainRegime } from '#core/credit-terms.ts'
import { addContract, addLine, draftCharges, moveCharges } from '#modules/contracts'
import { addRegime, calculateCredit, simulateCredits } from '#modules/credits'
import { countContract, readProfit } from '#modules/margin'
import { type Context, system } from '#platform/context.ts'
import { type Database, transaction } from '#platform/database.ts'
import { percentile, print, rounded } from './measure.ts'
import { NOW, withTickets } from './tickets.ts'

/**
 * Closing a month for so many contracts with a million rows of cost over two years and sixty thousand settled duties; a
 * contract's page of two years; and what its credits would have been over two years of tickets
 * (`PLUMBLINE_BENCH_CONTRACTS=20` for a quick look).
 */
const CONTRACTS = Number(process.env['PLUMBLINE_BENCH_CONTRACTS'] ?? 500)
const COSTS = CONTRACTS * 2000
const DUTIES = CONTRACTS * 120
const LINES = 6
/** Of each contract. */
const TARGETS = 30
const TICKETS = Number(process.env['PLUMBLINE_BENCH_TICKETS'] ?? 50_000)
const OPENINGS = 30
const [FIRST, CLOSED] = ['2024-01', '2025-12']

await withTickets(TICKETS, async ({ database, customerId }) => {
  const ids = await contractsOf(database, customerId)
  await fill(database, ids, customerId)
  const about = { contracts: CONTRACTS, costs: COSTS, duties: DUTIES, lines: LINES, targets: CONTRACTS * TARGETS }

  const began = performance.now()
  const parts = { charges: 0, credits: 0, margin: 0 }
  const timed = async (part: keyof typeof parts, work: () => Promise<unknown>) => {
    const from = performance.now()
    await work()
    parts[part] += performance.now() - from
  }
  for (const id of ids) {
    await inContext(database, async (context) => {
      await timed('charges', async () => {
        await draftCharges(context, id, CLOSED)
        for (const to of ['reviewed', 'agreed'] as const) await moveCharges(context, id, { month: CLOSED, to })
      })
      await timed('credits', () => calculateCredit(context, id, CLOSED))
      await timed('margin', () => countContract(context, id))
    })
  }
  const closing = rounded((performance.now() - began) / 1000)
  const seconds = Object.fromEntries(Object.entries(parts).map(([part, ms]) => [part, rounded(ms / 1000)]))
  print({
    name: 'contracts.close-month',
    value: closing,
    unit: 's',
    samples: 1,
    detail: { ...about, tickets: TICKETS, seconds, limit: 30 },
  })

  const times: number[] = []
  for (let index = 0; index < OPENINGS; index++) {
    const opened = performance.now()
    await inContext(database, (context) => readProfit(context, ids[index % ids.length]!, { from: FIRST, to: CLOSED }))
    times.push(performance.now() - opened)
  }
  const page = rounded(percentile(times, 0.95), 1)
  print({
    name: 'contracts.page',
    value: page,
    unit: 'ms',
    samples: OPENINGS,
    detail: { ...about, of: 'p95', limit: 100 },
  })

  const simulated = performance.now()
  const { months } = await inContext(database, (context) =>
    simulateCredits(context, ids[0]!, { from: FIRST, to: CLOSED }),
  )
  const simulation = rounded((performance.now() - simulated) / 1000)
  const detail = { tickets: TICKETS, months: months.length, limit: 10 }
  print({ name: 'contracts.simulate', value: simulation, unit: 's', samples: 1, detail })
})

async function inContext<Result>({ db }: Database, work: (context: Context) => Promise<Result>): Promise<Result> {
  return transaction(db, system, 'read write', (tx) =>
    work({ db: tx, actor: system, now: NOW, requestId: 'bench', listeners: {}, enqueue: async () => undefined }),
  )
}

async function contractsOf(database: Database, customerId: string): Promise<readonly string[]> {
  const ids: string[] = []
  const keys = Array.from({ length: TARGETS }, (_, index) => `level-${index}`)
  const levels = keys.map((key) => ({ ...plainLevel(key, 950_000), name: key, allocationBp: 600 }))
  const terms = { ...plainRegime('at-risk', levels), atRiskBp: 1200 }
  const metrics = ['resolution', 'response', 'restore'] as const
  const sources = Object.fromEntries(
    keys.map((key, index) => {
      const [metric, priority] = [metrics[index % 3]!, `p${1 + (index % 5)}`]
      return [key, { of: 'attainment', metric, priority: priority as 'p1', service: null } as const]
    }),
  )
  for (let index = 0; index < CONTRACTS; index++) {
    await inContext(database, async (context) => {
      const { id } = await addContract(context, {
        customer: customerId,
        number: `C-${index}`,
        title: `Contract ${index}`,
        currency: 'EUR',
        startsOn: `${FIRST}-01`,
        terms: {
          endsOn: null,
          noticeDays: 90,
          options: [],
          services: [],
          sites: [],
          governingLaw: null,
          note: null,
          signedOn: null,
        },
      })
      for (let line = 0; line < LINES; line++) {
        const price = { kind: 'fixed', amountMinor: 1_000_000 + line } as const
        await addLine(context, id, { name: `Line ${line}`, unit: null, service: null, validFrom: FIRST, terms: price })
      }
      await addRegime(context, id, { validFrom: FIRST, terms: terms as never, sources })
      ids.push(id)
    })
  }
  return ids
}

/** Two years of charges that were agreed, of cost and of duties. */
async function fill({ pool }: Database, ids: readonly string[], customerId: string): Promise<void> {
  const months = `generate_series('${FIRST}-01'::date, '2025-11-01'::date, interval '1 month')`
  await pool.query(
    `insert into charge (id, contract_id, customer_id, line_id, month, name, kind, state, amount_minor, parts, computed_at)
     select gen_random_uuid(), l.contract_id, l.customer_id, l.id, m::date, l.name, l.kind, 'agreed', 1000000, '[]', now()
     from charge_line l, ${months} m`,
  )
  await pool.query(
    `insert into posting (id, contract_id, customer_id, month, version, debit, credit, amount_minor, source, reference, posted_at)
     select gen_random_uuid(), c, $2, ('2024-01-01'::date + ((n % 24) || ' months')::interval)::date, 'actual',
       'cost:' || (array['labour', 'pool', 'supplier', 'tools', 'travel'])[1 + n % 5], 'payable', 1000 + n, 'import', 'R-' || n, now()
     from unnest($1::uuid[]) c, generate_series(1, $3) n`,
    [ids, customerId, COSTS / CONTRACTS],
  )
  await pool.query(
    `insert into obligation (id, contract_id, customer_id, text, party, rule, first_on, evidence_needed, created_at)
     select gen_random_uuid(), c, $2, 'Report', 'provider', 'FREQ=MONTHLY', '2024-01-10', false, now()
     from unnest($1::uuid[]) c, generate_series(1, 5)`,
    [ids, customerId],
  )
  await pool.query(
    `insert into obligation_due (obligation_id, customer_id, due_on, outcome, settled_at)
     select o.id, o.customer_id, m::date, 'fulfilled', now()
     from obligation o, generate_series('2024-01-10'::date, '2025-12-10'::date, interval '1 month') m`,
  )
  await pool.query('analyze')
}
