import { sql } from 'kysely'
import type { PoolClient } from 'pg'
import { type Result, resultView, type TriedClock, untoldResult } from '#modules/service-levels'
import { isUntold, untoldRows } from '#platform/confidential.ts'
import type { Context, Db } from '#platform/context.ts'
import { copyInto } from '#platform/copy.ts'
import { keyOf, pageFrom } from '#platform/paging.ts'
import type { ListedWhatIfDifference, WhatIfDifference, WhatIfDifferenceFilter } from './api.ts'
import { getWhatIf } from './queries.ts'

const columns = {
  what_if_id: 'uuid',
  position: 'integer',
  customer_id: 'uuid',
  incident_id: 'uuid',
  request_id: 'uuid',
  clock_id: 'uuid',
  number: 'text',
  metric: 'text',
  priority: 'text',
  before: 'jsonb',
  after: 'jsonb',
  month: 'date',
  flips: 'boolean',
} as const

/** More clocks than a batch of incidents has. */
const POSITIONS_A_BATCH = 100_000

/** Writes down what differs in one batch: many at once, in positions of the batch's own. */
export async function keepDifferences(
  client: PoolClient,
  { id, customerId, batch }: { readonly id: string; readonly customerId: string; readonly batch: number },
  clocks: readonly TriedClock[],
): Promise<void> {
  const target = copyInto(client, 'what_if_difference', columns)
  let position = (batch - 1) * POSITIONS_A_BATCH
  for (const { clockId, incidentId, requestId, number, metric, priority, was, is, differing } of clocks) {
    if (differing === null) continue
    position += 1
    const { month } = (is ?? was)!
    const written = target.row([
      id,
      position,
      customerId,
      incidentId,
      requestId,
      clockId,
      number,
      metric,
      priority,
      differing.before && JSON.stringify(differing.before),
      differing.after && JSON.stringify(differing.after),
      `${month}-01`,
      was?.verdict !== is?.verdict,
    ])
    if (written) await written
  }
  await target.end()
}

/** None are left of one that is counted again, or not to the end. */
export async function deleteDifferences(db: Db, id: string): Promise<void> {
  await db.deleteFrom('whatIfDifference').where('whatIfId', '=', id).execute()
}

function selectDifferences(db: Db, id: string) {
  return db
    .selectFrom('whatIfDifference')
    .select([
      'position',
      'incidentId',
      'requestId',
      'clockId',
      'number',
      'metric',
      'priority',
      'before',
      'after',
      'flips',
    ])
    .select(sql<string>`to_char(month, 'YYYY-MM')`.as('month'))
    .where('whatIfId', '=', id)
}

type DifferenceRow = Awaited<ReturnType<ReturnType<typeof selectDifferences>['execute']>>[number]

/**
 * In the order in which the incidents were opened. The last page ends with those that are counted and that whoever asks must
 * not know of: of each what was counted and no more.
 */
export async function listDifferences(
  context: Context,
  id: string,
  { flips, metric, priority, limit, cursor }: WhatIfDifferenceFilter,
): Promise<{ items: ListedWhatIfDifference[]; nextCursor: string | null }> {
  const { state } = await getWhatIf(context, id)
  // Half of them would be taken for all.
  if (state !== 'done') return { items: [], nextCursor: null }
  const after = keyOf(cursor, ['number'])
  const asked = () =>
    selectDifferences(context.db, id)
      .$if(flips !== undefined, (query) => query.where('flips', '=', flips!))
      .$if(metric !== undefined, (query) => query.where('metric', '=', metric!))
      .$if(priority !== undefined, (query) => query.where('priority', '=', priority!))
      .orderBy('position')
  const rows = await asked()
    .$if(after !== undefined, (query) => query.where('position', '>', after![0] as number))
    .limit(limit + 1)
    .execute()
  const { items, nextCursor } = pageFrom(rows, limit, ({ position }) => [position])
  const untold = await untoldRows(context.db, nextCursor, (most) =>
    asked()
      .where(isUntold(sql`incident_id`))
      .limit(most)
      .execute(),
  )
  return { items: [...items.map(differenceView), ...untold.map(differenceView).map(untoldDifference)], nextCursor }
}

function untoldDifference(one: WhatIfDifference): ListedWhatIfDifference {
  const nothing = { position: null, incidentId: null, clockId: null, number: null }
  return { ...one, ...nothing, before: untoldResult(one.before), after: untoldResult(one.after) }
}

/** One of them; undefined when there is none at that position. */
export async function readDifference(db: Db, id: string, position: number): Promise<DifferenceRow | undefined> {
  return selectDifferences(db, id).where('position', '=', position).executeTakeFirst()
}

export function differenceView(row: DifferenceRow): WhatIfDifference {
  return {
    ...row,
    metric: row.metric as WhatIfDifference['metric'],
    before: resultView(row.before as Result | null),
    after: resultView(row.after as Result | null),
  }
}
