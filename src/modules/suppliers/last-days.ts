import { sql } from 'kysely'
import type { ContractDay } from '#api/contracts'
import { barredFromContracting } from '#core/may.ts'
import { daysAfter, monthsAfter } from '#core/recurrence.ts'
import type { DaysScope, LastDaysOf } from '#modules/contracts'
import type { Context } from '#platform/context.ts'

/** Until when a supplier is given notice, when its contract ends, and until when capacity of the next month is called off. */
export const supplierDays: LastDaysOf = async (context, scope) => {
  const { actor } = context
  if (actor.access !== 'auditor' && barredFromContracting(actor) !== null) return []
  const rows = await contractsIn(context, scope)
  const days = rows.flatMap((row) => [...endsOf(row), ...row.pools.flatMap((pool) => callOffOf(context, row, pool))])
  return days.filter(({ on }) => on >= scope.from && on < scope.to)
}

interface Pool {
  readonly name: string
  readonly leadDays: number
  readonly endedOn: string | null
  /** Months that something was called off for, this one and later ones. */
  readonly called: readonly string[]
}

async function contractsIn({ db, now }: Context, { customerId, contractId }: DaysScope) {
  const pools = sql<
    readonly Pool[]
  >`coalesce((select json_agg(json_build_object('name', p.name, 'leadDays', p.lead_days,
      'endedOn', p.ended_on, 'called', array(select to_char(o.month, 'YYYY-MM') from capacity_order o
        where o.pool_id = p.id and o.month >= date_trunc('month', ${now}::timestamptz at time zone 'UTC'))) order by p.name)
    from pool p where p.supplier_contract_id = sc.id), '[]')`
  return db
    .selectFrom('supplierContract as sc')
    .innerJoin('supplier', 'supplier.id', 'sc.supplierId')
    .innerJoin('customer', 'customer.id', 'sc.customerId')
    .leftJoin('contract', 'contract.id', 'sc.contractId')
    .select(['sc.supplierId', 'supplier.name as supplierName', 'sc.startsOn', 'sc.endsOn', 'sc.noticeDays'])
    .select(['sc.contractId', 'contract.number', 'contract.title'])
    .select(['customer.id as customerId', 'customer.name as customerName', pools.as('pools')])
    .where('supplier.state', '!=', 'inactive')
    .$if(customerId !== undefined, (query) => query.where('sc.customerId', '=', customerId!))
    .$if(contractId !== undefined, (query) => query.where('sc.contractId', '=', contractId!))
    .execute()
}

type Row = Awaited<ReturnType<typeof contractsIn>>[number]

function aboutOf({ contractId, number, title, customerId, customerName, supplierId }: Row) {
  const contract = contractId === null || number === null || title === null ? null : { id: contractId, number, title }
  const customer = { id: customerId, name: customerName }
  const leads = { to: 'supplier', id: supplierId } as const
  return { contract, customer, party: 'provider', state: null, leads } as const
}

function endsOf(row: Row): readonly ContractDay[] {
  const { endsOn, noticeDays, supplierName: name } = row
  if (endsOn === null) return []
  const about = { ...aboutOf(row), name, month: null }
  return [
    { ...about, kind: 'supplier-notice', on: daysAfter(endsOn, -noticeDays) },
    { ...about, kind: 'supplier-end', on: daysAfter(endsOn, -1) },
  ]
}

/** Of the first month to come that nothing was called off for and that still can be. */
function callOffOf({ now }: Context, row: Row, { name, leadDays, endedOn, called }: Pool): readonly ContractDay[] {
  const today = now.toISOString().slice(0, 10)
  // A lead time is a year at most.
  for (let ahead = 1; ahead <= 14; ahead++) {
    const first = monthsAfter(`${today.slice(0, 7)}-01`, ahead)
    const on = daysAfter(first, -leadDays)
    const ends = [endedOn, row.endsOn].some((end) => end !== null && end <= first)
    if (ends || row.startsOn > first) return []
    const month = first.slice(0, 7)
    if (on >= today && !called.includes(month)) return [{ ...aboutOf(row), kind: 'call-off', on, name, month }]
  }
  return []
}
