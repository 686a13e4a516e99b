import { z } from 'zod'
import { byId, endpoint, instant, localDate, month, named } from '#core/endpoint.ts'

export const funds = ['run', 'capital', 'appropriation'] as const
export const forecastReasons = ['volume', 'price', 'timing', 'scope', 'exchange', 'error'] as const
export const rateKinds = ['budget', 'average', 'closing', 'spot'] as const

export const minor = z.int().describe('In the smallest unit of its currency')
export const words = (most: number) => z.string().trim().min(1).max(most)
export const currency = z.string().regex(/^[A-Z]{3}$/)
const year = z.coerce.number().int().min(2000).max(2200)
const customerName = z.string().max(200).describe('Id or name')

const rate = z.object({
  from: currency,
  to: currency,
  rate: z
    .string()
    .regex(/^\d{1,9}(\.\d{1,8})?$/)
    .describe('What one unit of `from` costs in `to`, with a decimal point: 1.15'),
})
const rateSet = z.object({
  id: z.uuid(),
  name: z.string(),
  kind: z.enum(rateKinds),
  validFrom: localDate,
  validUntil: localDate.describe('Within'),
  lockedAt: instant.nullable(),
  rates: z.array(rate),
})
export type RateSetView = z.output<typeof rateSet>

export const listRateSets = endpoint({
  method: 'GET',
  path: '/rate-sets',
  summary: 'Exchange rates in sets; nothing is converted by one that is not locked',
  audience: 'provider',
  reply: z.object({ items: z.array(rateSet) }),
})

export const addRateSet = endpoint({
  method: 'POST',
  path: '/rate-sets',
  summary: 'Writes down rates of some days',
  audience: 'provider',
  body: z.object({
    name: words(120),
    kind: z.enum(rateKinds),
    validFrom: localDate,
    validUntil: localDate,
    rates: z.array(rate).min(1).max(200),
  }),
  reply: rateSet,
  status: 201,
})
export type NewRateSet = z.output<typeof addRateSet.body>

export const lockRateSet = endpoint({
  method: 'POST',
  path: '/rate-sets/:id/lock',
  summary: 'Locks rates for good: from now on they convert, and never change',
  audience: 'provider',
  params: byId,
  reply: rateSet,
})

const sums = z.object({
  planMinor: minor,
  actualMinor: minor.describe('Spent and accrued'),
  accruedMinor: minor.describe('Of it, what is only expected'),
  committedMinor: minor.describe('Ordered and not invoiced'),
  outlookMinor: minor.describe('Spent up to the forecast, and by it to the end of the year; by the plan without one'),
  exchangeMinor: minor.describe(
    'Of the variance, what rates did: at the budget’s rate it would not be; positive is favourable',
  ),
})
export type BudgetSums = z.output<typeof sums>

const line = z.object({
  id: z.uuid(),
  year: z.int(),
  fund: z.enum(funds),
  name: z.string(),
  costCentre: z.string(),
  account: z.string().nullable(),
  customer: named.nullable(),
  site: named.nullable(),
  service: named.nullable(),
  appropriation: z.object({ id: z.uuid(), number: z.int(), title: z.string() }).nullable(),
  currency,
  driver: z.object({ name: z.string(), unitMinor: minor }).nullable(),
  sums,
  version: z.int(),
})
export type BudgetLine = z.output<typeof line>

const byMonth = z.object({ month, planMinor: minor, actualMinor: minor, forecastMinor: minor.nullable() })

export const readBudget = endpoint({
  method: 'GET',
  path: '/budget',
  summary: 'A year of the budget: plan, spent, expected, ordered, outlook, line by line and month by month',
  audience: 'provider',
  query: z.object({
    year: year.optional(),
    fund: z.enum(funds).optional(),
    customer: customerName.optional(),
  }),
  reply: z.object({
    year: z.int(),
    years: z.array(z.int()).describe('In which there are lines, the latest first'),
    word: z.string().describe('What money that is asked for is called here'),
    throughMonth: month.nullable().describe('The last month in which something was spent; null: none'),
    totals: z.array(z.object({ currency, sums, months: z.array(byMonth) })).describe('By currency: none is converted'),
    items: z.array(line),
  }),
})
export type Budget = z.output<typeof readBudget.reply>

export const downloadBudget = endpoint({
  method: 'GET',
  path: '/budget.xlsx',
  summary:
    'A year of the budget as a workbook: lines (R07), months, money that was asked for (R08) and efficiency (R20)',
  audience: 'provider',
  query: z.object({ year: year.optional(), customer: customerName.optional() }),
  reply: z.unknown(),
  bytes: 'reply',
})

export const addBudgetLine = endpoint({
  method: 'POST',
  path: '/budget-lines',
  summary: 'A line of the budget, by cost centre, site and service',
  audience: 'provider',
  body: z.object({
    year: z.int().min(2000).max(2200),
    fund: z.enum(funds),
    name: words(200),
    costCentre: words(60),
    account: words(60).nullable().default(null),
    customer: customerName.nullable().default(null),
    site: z.string().max(200).nullable().default(null).describe('Id or name, of that customer'),
    service: z.string().max(200).nullable().default(null).describe('Id or name'),
    appropriation: z.uuid().nullable().default(null),
    currency,
    driver: z
      .object({ name: words(120), unitMinor: minor.min(0) })
      .nullable()
      .default(null),
    plan: z
      .array(
        z.object({
          month,
          amountMinor: minor.nullable().default(null).describe('Null where the driver says it'),
          quantity: z.int().min(0).nullable().default(null).describe('Of the driver'),
        }),
      )
      .max(12)
      .default([]),
  }),
  reply: line,
  status: 201,
})
export type NewBudgetLine = z.output<typeof addBudgetLine.body>

export const writeBudgetPlan = endpoint({
  method: 'PUT',
  path: '/budget-lines/:id/plan',
  summary: 'Says anew what a line is planned to cost, month by month or by its driver',
  audience: 'provider',
  params: byId,
  body: z.object({ plan: addBudgetLine.body.shape.plan }),
  reply: line,
  match: true,
})

const entry = z.object({
  id: z.uuid(),
  month,
  kind: z.enum(['actual', 'accrual']),
  amountMinor: minor.describe('In the currency of the line; below zero where an accrual is taken back'),
  originalMinor: minor,
  originalCurrency: currency,
  rateSet: named.nullable(),
  reference: z.string().nullable(),
  description: z.string().nullable(),
})
export type BudgetEntry = z.output<typeof entry>

const commitment = z.object({
  id: z.uuid(),
  number: z.string(),
  description: z.string().nullable(),
  amountMinor: minor,
  usedMinor: minor,
  expectedOn: localDate,
  closedOn: localDate.nullable(),
  version: z.int(),
})

export const getBudgetLine = endpoint({
  method: 'GET',
  path: '/budget-lines/:id',
  summary: 'A line with its months, what was spent and expected, and what is ordered',
  audience: 'provider',
  params: byId,
  reply: line.extend({
    months: z.array(byMonth),
    entries: z.array(entry).describe('The latest month first; 500 at most'),
    commitments: z.array(commitment),
  }),
})
export type BudgetLineWhole = z.output<typeof getBudgetLine.reply>

export const addAccrual = endpoint({
  method: 'POST',
  path: '/budget-lines/:id/accruals',
  summary: 'Expects a cost that is not invoiced yet: it is taken back by itself in the next month',
  audience: 'provider',
  params: byId,
  body: z.object({ month, amountMinor: minor.min(1), description: words(500) }),
  reply: z.object({ ids: z.array(z.uuid()) }),
  status: 201,
})

export const addCommitment = endpoint({
  method: 'POST',
  path: '/budget-lines/:id/commitments',
  summary: 'Says what was ordered',
  audience: 'provider',
  params: byId,
  body: z.object({
    number: words(60),
    amountMinor: minor.min(1),
    expectedOn: localDate,
    description: words(500).nullable().default(null),
  }),
  reply: commitment,
  status: 201,
})

export const writeCommitment = endpoint({
  method: 'PUT',
  path: '/budget-commitments/:id',
  summary: 'Says what of an order was invoiced, and whether it is over',
  audience: 'provider',
  params: byId,
  body: z.object({ usedMinor: minor.min(0), closedOn: localDate.nullable().default(null) }),
  reply: commitment,
  match: true,
})

export const importActuals = endpoint({
  method: 'POST',
  path: '/budget-imports',
  summary:
    'Takes in what was spent from CSV or XLSX with the columns month, cost centre, line, amount, reference and, where needed, currency and description; all or none',
  audience: 'provider',
  body: z.object({
    text: z.string().min(1).max(8_000_000).optional().describe('The file as CSV'),
    workbook: z.base64().max(8_000_000).optional().describe('Or as XLSX: its first sheet counts'),
    decimal: z.enum(['comma', 'point']).nullable().default(null).describe('Asked where the file does not tell'),
  }),
  reply: z.object({ taken: z.int(), known: z.int().describe('There already, and the same') }),
})
export type NewActuals = z.output<typeof importActuals.body>

const forecast = z.object({
  id: z.uuid(),
  year: z.int(),
  number: z.int(),
  fromMonth: month,
  reason: z.enum(forecastReasons),
  note: z.string(),
  lockedAt: instant,
  totals: z.array(z.object({ currency, outlookMinor: minor.describe('Of the year, as it was thought then') })),
})
export type ForecastView = z.output<typeof forecast>

export const listForecasts = endpoint({
  method: 'GET',
  path: '/budget-forecasts',
  summary: 'Forecasts of a year, the latest first; each stays as it was locked',
  audience: 'provider',
  query: z.object({ year, customer: customerName.optional() }),
  reply: z.object({ items: z.array(forecast) }),
})

export const lockForecast = endpoint({
  method: 'POST',
  path: '/budget-forecasts',
  summary: 'Locks a forecast of the rest of a year with its reason; months without an amount are as planned',
  audience: 'provider',
  body: z.object({
    year: z.int().min(2000).max(2200),
    fromMonth: month,
    customer: customerName.nullable().default(null),
    reason: z.enum(forecastReasons),
    note: words(2000),
    lines: z.array(z.object({ line: z.uuid(), month, amountMinor: minor })).max(5000),
  }),
  reply: forecast,
  status: 201,
})
export type NewForecast = z.output<typeof lockForecast.body>

const ratio = z.object({ numerator: z.int(), denominator: z.int() })
const unitOfWork = z.object({
  name: words(120),
  baseUnitMinor: minor.min(0).describe('What one cost in the year before'),
  volume: z.int().min(0),
  actualMinor: minor.min(0),
  cashable: z.boolean().describe('Money that is left; otherwise time that is'),
})
const efficiency = z.object({
  year: z.int(),
  items: z.array(
    z.object({
      currency,
      work: z.array(unitOfWork),
      expectedMinor: minor.describe('This year’s volumes at last year’s unit costs'),
      savedMinor: minor,
      cashableMinor: minor,
      share: ratio.nullable(),
    }),
  ),
})
export type EfficiencyView = z.output<typeof efficiency>

export const getEfficiency = endpoint({
  method: 'GET',
  path: '/efficiency/:year',
  summary: 'How much less a year’s work cost than the same work at the unit costs of the year before',
  audience: 'provider',
  params: z.object({ year }),
  query: z.object({ customer: customerName.optional() }),
  reply: efficiency,
})

export const putEfficiency = endpoint({
  method: 'PUT',
  path: '/efficiency/:year',
  summary: 'Says what a year’s work was and cost, against the unit costs of the year before',
  audience: 'provider',
  params: z.object({ year }),
  body: z.object({
    customer: customerName.nullable().default(null),
    currency,
    work: z.array(unitOfWork).max(200),
  }),
  reply: efficiency,
})
export type NewEfficiency = z.output<typeof putEfficiency.body>
