import { z } from 'zod'
import { byId, endpoint, instant, localDate, month, named, page, pageOf } from '#core/endpoint.ts'
import { costAccounts, revenueCategories } from '#core/ledger.ts'
import { bridgeDrivers } from '#core/margin.ts'
import { periodStates } from '#core/period.ts'

export { barredFromContracting } from '#core/may.ts'
export { costAccounts, type CostAccount, revenueCategories } from '#core/ledger.ts'

const minor = z.int().describe('In the smallest unit of the contract’s currency')

const margin = z.object({ revenueMinor: minor, costMinor: minor, marginMinor: minor })
const side = z.object({
  revenue: z.record(z.enum(revenueCategories), minor).describe('Credits as an amount that is taken off'),
  cost: z.record(z.enum(costAccounts), minor),
  without: margin.describe('Without what is only passed through'),
  with: margin.describe('With it'),
})
export type ProfitSideView = z.output<typeof side>

const profitMonth = z.object({
  month,
  state: z.enum(periodStates),
  actual: side.describe('Posted: actual and accrued'),
  accruedMinor: minor.describe('Of the margin, what is only expected yet'),
  forecast: side.nullable(),
  budget: side.nullable(),
  bid: side.nullable(),
})

const profit = z.object({
  contract: z.object({ id: z.uuid(), number: z.string(), title: z.string() }),
  customer: named,
  currency: z.string(),
  months: z.array(profitMonth).describe('The latest first'),
  total: side.describe('Of those of these months that are over, posted; of all where none is'),
  counted: z.object({ from: month, to: month }).nullable().describe('The first and the last month in the total'),
  committedBp: z.int().nullable().describe('The margin that was committed, in basis points'),
  outlook: z
    .object({
      valueMinor: minor.describe('What the contract brings over its whole term'),
      creditsMinor: minor.describe(
        'What was credited so far, less what was earned back: the contract brings so much less',
      ),
      spentMinor: minor.describe('In the months that are over'),
      toCompleteMinor: minor.describe('By the forecast, the month that goes on among them'),
      atCompletionMinor: minor,
      marginMinor: minor,
      belowCommitted: z.boolean(),
      onerous: z.boolean().describe('It costs more than it brings: a provision is due'),
    })
    .nullable()
    .describe('Null where nobody said what the contract is worth'),
  bridge: z
    .object({
      from: z.enum(['bid', 'budget']),
      months: z.object({ from: month, to: month }),
      fromMinor: minor,
      toMinor: minor,
      steps: z.array(z.object({ driver: z.enum(bridgeDrivers), amountMinor: minor })),
    })
    .nullable()
    .describe('From bid, else budget, to what was posted, of the same months; parts add up exactly'),
  unpaid: z
    .object({ minutes: z.int(), amountMinor: minor })
    .describe('Own work that nobody pays: for changes before they were signed, or for services that no charge is for'),
  labourRates: z
    .array(z.object({ validFrom: month, hourMinor: minor }))
    .describe('What an hour of own work costs, the latest first; without any, own work is in no figure here'),
})
export type Profit = z.output<typeof profit>

export const getProfit = endpoint({
  method: 'GET',
  path: '/contracts/:id/profit',
  summary: 'What a contract brings, costs and leaves, month by month, with the way from bid to now and the outlook',
  audience: 'provider',
  params: byId,
  query: z.object({ from: month.optional(), to: month.optional().describe('The last month') }),
  reply: profit,
})
export type ProfitQuery = z.output<typeof getProfit.query>

export const countProfit = endpoint({
  method: 'POST',
  path: '/contracts/:id/profit',
  summary: 'Counts postings anew from charges, credits and work; what differs in a locked month becomes an adjustment',
  audience: 'provider',
  params: byId,
  reply: z.object({ posted: z.int(), adjusted: z.int() }),
})

const posting = z.object({
  id: z.uuid(),
  month,
  version: z.enum(['actual', 'accrual']),
  debit: z.string(),
  credit: z.string(),
  amountMinor: minor,
  quantity: z.int().nullable(),
  unpaid: z.boolean().describe('Own work that no charge pays'),
  source: z.enum(['charge', 'credit', 'time', 'import', 'by-hand', 'adjustment']),
  sourceId: z.uuid().nullable().describe('The charge or credit; of work the change that it was for'),
  service: named.nullable(),
  reference: z.string().nullable(),
  description: z.string().nullable(),
  aboutMonth: month.nullable(),
  postedAt: instant,
})
export type PostingView = z.output<typeof posting>

export const listPostings = endpoint({
  method: 'GET',
  path: '/contracts/:id/postings',
  summary: 'Postings of a contract, the latest month first: what is under each figure',
  audience: 'provider',
  params: byId,
  query: z.object({
    ...page,
    month: month.optional(),
    account: z.string().max(40).optional(),
    unpaid: z.stringbool().optional().describe('Own work that no charge pays, and none else'),
  }),
  reply: pageOf(posting),
})
export type PostingsQuery = z.output<typeof listPostings.query>

export const addCost = endpoint({
  method: 'POST',
  path: '/contracts/:id/costs',
  summary: 'Posts a cost, or accrues one that is expected: an accrual reverses by itself in the next month',
  audience: 'provider',
  params: byId,
  body: z.object({
    month,
    category: z.enum(costAccounts),
    amountMinor: minor.min(1),
    service: z.string().max(200).nullable().default(null).describe('Id or name'),
    accrued: z.boolean().default(false),
    reference: z.string().trim().min(1).max(120).nullable().default(null),
    description: z.string().trim().min(1).max(500),
  }),
  reply: z.object({ ids: z.array(z.uuid()) }),
  status: 201,
})
export type NewCost = z.output<typeof addCost.body>

export const importCosts = endpoint({
  method: 'POST',
  path: '/contracts/:id/cost-imports',
  summary: 'Takes in costs from CSV with the columns month, category, amount, reference, description; all or none',
  audience: 'provider',
  params: byId,
  body: z.object({
    text: z.string().min(1).max(8_000_000),
    decimal: z.enum(['comma', 'point']).nullable().default(null).describe('Asked where the file does not tell'),
  }),
  reply: z.object({ posted: z.int(), known: z.int().describe('There already, and the same') }),
})
export type NewCostImport = z.output<typeof importCosts.body>

/** What is planned of a contract: its revenue and its cost by kind. What is taken off for missed targets is above zero. */
export const planCategories = [
  ...revenueCategories.map((category) => `revenue:${category}` as const),
  ...costAccounts.map((category) => `cost:${category}` as const),
]
export type PlanCategory = (typeof planCategories)[number]
export const planVersions = ['bid', 'budget', 'forecast'] as const
export type PlanVersion = (typeof planVersions)[number]

export const putPlan = endpoint({
  method: 'PUT',
  path: '/contracts/:id/plans/:version',
  summary: 'Says what was offered, budgeted or is forecast for some months; other months stay',
  audience: 'provider',
  params: z.object({ id: z.uuid(), version: z.enum(planVersions) }),
  body: z.object({
    lines: z
      .array(
        z.object({
          month,
          category: z.string().regex(/^(revenue|cost):[a-z-]+$/),
          amountMinor: minor,
          quantity: z.int().min(0).nullable().default(null).describe('Units; of own work minutes'),
        }),
      )
      .min(1)
      .max(5000),
  }),
  reply: z.object({ written: z.int() }),
})
export type NewPlan = z.output<typeof putPlan.body>

export const putLabourRate = endpoint({
  method: 'PUT',
  path: '/contracts/:id/labour-rate',
  summary: 'Says what an hour of own work costs this contract from a month on',
  audience: 'provider',
  params: byId,
  body: z.object({ validFrom: month, hourMinor: minor.min(0) }),
  reply: z.object({ validFrom: localDate, hourMinor: minor }),
})

const portfolioLine = z.object({
  contract: z.object({ id: z.uuid(), number: z.string(), title: z.string(), state: z.string() }),
  customer: named,
  currency: z.string(),
  without: margin.describe('Of the twelve months up to the last one, without what is passed through'),
  months: z
    .array(z.object({ month, revenueMinor: minor, marginMinor: minor }))
    .describe('The same month by month, the first one first'),
  creditsMinor: minor,
  committedBp: z.int().nullable(),
  warns: z.boolean().describe('Below the margin that was committed, in these months or at completion'),
  endsOn: localDate.nullable(),
  nextDay: z.object({ kind: z.string(), on: localDate, name: z.string().nullable() }).nullable(),
  renewal: z
    .object({ state: z.string(), probabilityBp: z.int().nullable() })
    .nullable()
    .describe('Under way; null: none, or not for whoever asks'),
  relations: z
    .object({ count: z.int(), against: z.int() })
    .nullable()
    .describe('Stakeholders at the customer, and those who are against us'),
})
export type PortfolioLine = z.output<typeof portfolioLine>

export const listPortfolio = endpoint({
  method: 'GET',
  path: '/portfolio',
  summary: 'All contracts with what they leave, the lowest margin first',
  audience: 'provider',
  query: z.object({ customer: z.string().max(200).optional().describe('Id or name') }),
  reply: z.object({ to: month, items: z.array(portfolioLine) }),
})

export const downloadPortfolio = endpoint({
  method: 'GET',
  path: '/portfolio.xlsx',
  summary: 'The same as a workbook (R06): margin, risk, renewal and relationship of each contract, and its months',
  audience: 'provider',
  query: z.object({ customer: z.string().max(200).optional().describe('Id or name') }),
  reply: z.unknown(),
  bytes: 'reply',
})

const checkKinds = [
  'not-reckoned',
  'missing-readings',
  'not-agreed',
  'disputed',
  'credit-missing',
  'credit-open',
  'duty-late',
] as const

const checklist = z.object({
  customer: named,
  month,
  state: z.enum(periodStates),
  contracts: z.array(
    z.object({
      contract: z.object({ id: z.uuid(), number: z.string(), title: z.string() }),
      open: z.array(z.object({ kind: z.enum(checkKinds), count: z.int() })),
    }),
  ),
  openCount: z.int(),
})
export type Checklist = z.output<typeof checklist>

export const getChecklist = endpoint({
  method: 'GET',
  path: '/closings/:customer/:month',
  summary: 'What is left to do before a customer’s month is closed, contract by contract',
  audience: 'provider',
  params: z.object({ customer: z.string().max(200).describe('Id or name'), month }),
  reply: checklist,
})
