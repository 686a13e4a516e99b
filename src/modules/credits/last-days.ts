import { sql } from 'kysely'
import type { ContractDay } from '#api/contracts'
import type { CreditRegime } from '#core/credit-terms.ts'
import { decidedFrom, lastClaimDay } from '#core/earn-back.ts'
import { barredFromCharges } from '#core/may.ts'
import { daysAfter, monthsAfter } from '#core/recurrence.ts'
import type { DaysScope, LastDaysOf } from '#modules/contracts'
import type { Context } from '#platform/context.ts'
import type { StatedLevel, StatedLine } from './api.ts'
import { lastDayToClaim } from './claim-days.ts'

/**
 * Until when the customer claims a credit that has to be claimed, and until when what was credited can be earned back and
 * claimed back. A customer sees the first alone, of credits that they were told.
 */
export const creditDays: LastDaysOf = async (context, scope) => {
  if (barredFromCharges(context.actor) !== null) return []
  const rows = await creditsIn(context, scope)
  const inside = context.actor.access !== 'customer'
  const terms = inside ? await termsOf(context, rows) : new Map<string, CreditRegime>()
  const days = rows.flatMap((row) => [...claimsOf(row), ...earningsOf(row, terms.get(row.regimeId))])
  return days.filter(({ on }) => on >= scope.from && on < scope.to)
}

function creditsIn({ db, actor }: Context, { customerId, contractId, from }: DaysScope) {
  // What was given back a customer sees on what is charged alone.
  const returned =
    actor.access === 'customer'
      ? sql<string[]>`array[]::text[]`
      : sql<string[]>`array(select r.level from credit_return r where r.credit_id = c.id)`
  return (
    db
      .selectFrom('serviceCredit as c')
      .innerJoin('contract', 'contract.id', 'c.contractId')
      .innerJoin('customer', 'customer.id', 'c.customerId')
      .select(['c.id', 'c.state', 'c.regimeId', 'contract.id as contractId', 'contract.number', 'contract.title'])
      .select(['contract.startsOn', 'customer.id as customerId', 'customer.name as customerName'])
      .select([sql<string>`to_char(c.month, 'YYYY-MM')`.as('month')])
      .select([sql<StatedLevel[]>`c.levels`.as('levels'), sql<StatedLine[]>`c.lines`.as('lines')])
      .select(returned.as('returned'))
      .where('c.state', 'not in', ['waived', 'earned-back'])
      // A contract's year and what it takes to claim lie behind a credit at most.
      .where('c.month', '>=', monthsAfter(`${from.slice(0, 7)}-01`, -25))
      .$if(customerId !== undefined, (query) => query.where('c.customerId', '=', customerId!))
      .$if(contractId !== undefined, (query) => query.where('c.contractId', '=', contractId!))
      .execute()
  )
}

type Row = Awaited<ReturnType<typeof creditsIn>>[number]

function aboutOf({ id, contractId, number, title, customerId, customerName, month }: Row) {
  const contract = { id: contractId, number, title }
  const customer = { id: customerId, name: customerName }
  return { contract, customer, month, state: null, leads: { to: 'credit', id } } as const
}

/** A miss that costs nothing until it is claimed, while it can be. */
function claimsOf(row: Row): readonly ContractDay[] {
  return row.lines.flatMap(({ says, level, values }) => {
    if (says !== 'not-claimed' || level === null) return []
    const on = lastDayToClaim(row.month, Number(values['days']))
    const name = row.levels.find((each) => each.level === level)?.name ?? level
    return [{ ...aboutOf(row), kind: 'claim', on, name, party: 'customer' } as const]
  })
}

function earningsOf(row: Row, terms: CreditRegime | undefined): readonly ContractDay[] {
  const earnBack = terms?.earnBack
  if (earnBack === undefined || earnBack === null) return []
  const startMonth = Number(row.startsOn.slice(5, 7))
  const decided = daysAfter(`${decidedFrom(earnBack, row.month, startMonth)}-01`, -1)
  const claim = lastClaimDay(earnBack, row.month, startMonth)
  return row.levels
    .filter(({ level, shareMinor }) => shareMinor > 0 && !row.returned.includes(level))
    .flatMap(({ name }) => {
      const about = { ...aboutOf(row), name, party: 'provider' } as const
      const last = { ...about, kind: 'earn-back', on: decided } as const
      return claim === null ? [last] : [last, { ...about, kind: 'earn-back-claim', on: claim } as const]
    })
}

async function termsOf({ db }: Context, rows: readonly Row[]): Promise<ReadonlyMap<string, CreditRegime>> {
  const ids = [...new Set(rows.map(({ regimeId }) => regimeId))]
  if (ids.length === 0) return new Map()
  const found = await db
    .selectFrom('creditRegime')
    .select(['id', sql<CreditRegime>`terms`.as('terms')])
    .where('id', 'in', ids)
    .execute()
  return new Map(found.map(({ id, terms }) => [id, terms]))
}
