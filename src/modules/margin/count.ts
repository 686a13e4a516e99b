import { sql } from 'kysely'
import { newId } from '#core/id.ts'
import { derivedPostings, type Posting } from '#core/ledger.ts'
import { barredFromContracting, require } from '#core/may.ts'
import { monthsAfter } from '#core/recurrence.ts'
import { firstOpenFrom, requireContract, todayOf } from '#modules/contracts'
import type { Context, Db } from '#platform/context.ts'
import { together } from '#platform/database.ts'
import { workspaceOf } from '#platform/workspace.ts'
import { chargedOf, creditedOf } from './facts.ts'
import { workedOf } from './worked.ts'

type Kept = Omit<Posting, 'source'> & {
  readonly source: 'charge' | 'credit' | 'time' | 'adjustment'
  readonly aboutMonth: string | null
}

/**
 * Counts the postings of a contract anew from what was charged, credited and worked. Open months become what the records say;
 * a locked one stays as it was told, and its difference is posted in the month that is open.
 */
export async function countContract(
  context: Context,
  contractId: string,
): Promise<{ readonly posted: number; readonly adjusted: number }> {
  require(barredFromContracting(context.actor))
  const { db, now } = context
  const contract = await requireContract(db, contractId)
  const { customerId } = contract
  const to = todayOf(contract.timeZone, now).slice(0, 7)
  const after = monthsAfter(`${to}-01`, 1)
  // One count at a time: two would post everything twice.
  await sql`select pg_advisory_xact_lock(hashtextextended(${workspaceOf(db).lock(`posting ${contractId}`)}, 0))`.execute(
    db,
  )
  const [charges, credits, kept, locked] = await together([
    chargedOf(db, contractId, to),
    creditedOf(db, contractId, to),
    keptOf(db, contractId),
    lockedOf(db, customerId),
  ])
  const counted = derivedPostings({ charges, credits, work: await workedOf(db, contract, { after, charges }) })
  const months = [...new Set([...counted, ...kept].map(({ month }) => month))].toSorted()
  const fresh: (Posting | Kept)[] = []
  const stale: string[] = []
  let adjusted = 0
  for (const month of months) {
    const should = counted.filter((each) => each.month === month)
    const is = kept.filter((each) => each.month === month && each.source !== 'adjustment')
    if (locked.has(month)) {
      const told = [...is, ...kept.filter(({ aboutMonth }) => aboutMonth === month)]
      const differences = differencesOf(should, told)
      if (differences.length === 0) continue
      adjusted += differences.length
      const entered = await firstOpenFrom(db, customerId, to)
      fresh.push(...differences.map((each) => ({ ...each, month: entered, aboutMonth: month })))
    } else if (fingerprint(should) !== fingerprint(is)) {
      stale.push(month)
      fresh.push(...should)
    }
  }
  if (stale.length > 0) {
    await db
      .deleteFrom('posting')
      .where('contractId', '=', contractId)
      .where('source', 'in', ['charge', 'credit', 'time'])
      .where(
        'month',
        'in',
        stale.map((month) => `${month}-01`),
      )
      .execute()
  }
  await insertPostings(context, { contractId, customerId }, fresh)
  return { posted: fresh.length, adjusted }
}

async function keptOf(db: Db, contractId: string): Promise<readonly Kept[]> {
  const rows = await db
    .selectFrom('posting')
    .select([sql<string>`to_char(month, 'YYYY-MM')`.as('month'), 'serviceId', 'version', 'debit', 'credit'])
    .select(['amountMinor', 'quantity', 'unpaid', 'source', 'sourceId'])
    .select(sql<string | null>`to_char(about_month, 'YYYY-MM')`.as('aboutMonth'))
    .where('contractId', '=', contractId)
    .where('source', 'in', ['charge', 'credit', 'time', 'adjustment'])
    .execute()
  return rows as Kept[]
}

async function lockedOf(db: Db, customerId: string): Promise<ReadonlySet<string>> {
  const rows = await db
    .selectFrom('period')
    .select(sql<string>`to_char(month, 'YYYY-MM')`.as('month'))
    .where('customerId', '=', customerId)
    .where('state', '=', 'locked')
    .execute()
  return new Set(rows.map(({ month }) => month))
}

type Compared = Omit<Kept, 'month' | 'aboutMonth'>

function fingerprint(postings: readonly Compared[]): string {
  return postings
    .map((each) =>
      [
        each.source,
        each.sourceId,
        each.serviceId,
        each.version,
        each.debit,
        each.credit,
        each.amountMinor,
        each.quantity,
        each.unpaid,
      ].join(' '),
    )
    .toSorted()
    .join('\n')
}

/** By service and pair of accounts: what would have to be posted besides, for what was told to become what is known. */
function differencesOf(
  should: readonly Posting[],
  told: readonly Pick<Posting, 'debit' | 'credit' | 'amountMinor' | 'serviceId'>[],
): readonly Omit<Kept, 'month' | 'aboutMonth'>[] {
  const sums = new Map<string, { of: Pick<Posting, 'debit' | 'credit' | 'serviceId'>; amountMinor: number }>()
  const add = ({ debit, credit, serviceId }: (typeof told)[number], amountMinor: number) => {
    const turned = debit > credit
    const of = turned ? { debit: credit, credit: debit, serviceId } : { debit, credit, serviceId }
    const key = [of.debit, of.credit, serviceId].join(' ')
    sums.set(key, { of, amountMinor: (sums.get(key)?.amountMinor ?? 0) + (turned ? -amountMinor : amountMinor) })
  }
  for (const each of should) add(each, each.amountMinor)
  for (const each of told) add(each, -each.amountMinor)
  return [...sums.values()]
    .filter(({ amountMinor }) => amountMinor !== 0)
    .map(({ of: { debit, credit, serviceId }, amountMinor }) => {
      const pair = amountMinor > 0 ? { debit, credit } : { debit: credit, credit: debit }
      const of = { version: 'actual', quantity: null, unpaid: false } as const
      const about = { ...of, source: 'adjustment', sourceId: null } as const
      return { ...about, ...pair, serviceId, amountMinor: Math.abs(amountMinor) }
    })
}

/** So many rows that a statement's parameters do not run out. */
const BATCH = 2000

async function insertPostings(
  { db, now, actor }: Context,
  of: { readonly contractId: string; readonly customerId: string },
  postings: readonly (Posting | Kept)[],
): Promise<void> {
  for (let from = 0; from < postings.length; from += BATCH) {
    const rows = postings.slice(from, from + BATCH).map((each) => {
      const aboutMonth = 'aboutMonth' in each && each.aboutMonth !== null ? `${each.aboutMonth}-01` : null
      const who = { postedBy: actor.personId, postedAt: now }
      return { id: newId(now.getTime()), ...of, ...each, month: `${each.month}-01`, aboutMonth, ...who }
    })
    await db.insertInto('posting').values(rows).execute()
  }
}
