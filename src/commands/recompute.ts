import { parseArgs } from 'node:util'
import { DAY_MS, dateOf, dayOf } from '#core/calendar-rules.ts'
import { countHoldingsAgain, recomputeClocks } from '#modules/incidents'
import { recomputeOrders } from '#modules/requests'
import { looksLikeId } from '#platform/text-search.ts'
import type { CommandWorld } from './command.ts'
import { sayCommand } from './text.ts'

/** One result that differs from what was stored. */
interface Difference {
  readonly number: string
  readonly metric: string
  readonly before: string
  readonly after: string
  /** It was told in a locked period, and stays. */
  readonly locked: boolean
}

/** What is asked for; null where an option is none that there is. */
function optionsOf(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        agreement: { type: 'string' },
        from: { type: 'string' },
        'dry-run': { type: 'boolean', default: false },
        help: { type: 'boolean', default: false },
      },
    }).values
  } catch {
    return null
  }
}

/**
 * `recompute [--agreement ID] [--from DATE] [--dry-run]`: counts clocks and what was promised for orders from history and
 * says what came out differently from what was stored; with an agreement, of all that its customer has. What was told in a locked period is said and not changed: that takes a correction.
 */
export async function recomputeCommand(
  args: readonly string[],
  { database, out, err, json, language }: CommandWorld,
): Promise<number> {
  const values = optionsOf(args)
  const day = values === null ? NaN : dayOf(values.from ?? '1970-01-01')
  // A day that no month has is no day.
  const isDay = !Number.isNaN(day) && (values?.from === undefined || dateOf(day) === values.from)
  if (values === null || values.help || !isDay) {
    out(sayCommand(language, 'recompute.usage'))
    return values?.help ? 0 : 2
  }
  const from = new Date(day * DAY_MS)
  const { db, pool } = database
  if (values.agreement !== undefined && !looksLikeId(values.agreement)) {
    err(sayCommand(language, 'recompute.no-agreement', { agreement: values.agreement }))
    return 2
  }
  const customers = await db
    .selectFrom('agreementVersion')
    .select('customerId')
    .distinct()
    .$if(values.agreement !== undefined, (query) => query.where('agreementId', '=', values.agreement!))
    .execute()
  if (customers.length === 0 && values.agreement !== undefined) {
    err(sayCommand(language, 'recompute.no-agreement', { agreement: values.agreement }))
    return 1
  }
  const differences: Difference[] = []
  let [incidents, orders] = [0, 0]
  const onDifference = (difference: Difference) => differences.push(difference)
  for (const { customerId } of customers) {
    incidents += await recomputeClocks(pool, db, {
      customerId,
      openedFrom: from,
      now: new Date(),
      dryRun: values['dry-run'],
      adjust: false,
      onProgress: (count) => err(`${incidents + orders + count}`),
      onDifference,
    })
    // Who held them is counted by whoever works in the background.
    if (!values['dry-run']) await countHoldingsAgain(db, customerId)
    orders += await recomputeOrders(db, {
      customerId,
      orderedFrom: from,
      now: new Date(),
      dryRun: values['dry-run'],
      onDifference,
    })
  }
  const locked = differences.filter((difference) => difference.locked).length
  const changed = differences.length - locked
  if (json) out(JSON.stringify({ incidents, orders, changed, locked, dryRun: values['dry-run'], differences }))
  else {
    for (const { number, metric, before, after, locked: stays } of differences) {
      const line = `${number} ${metric}: ${before} → ${after}`
      out(stays ? sayCommand(language, 'recompute.stays', { line }) : line)
    }
    out(sayCommand(language, 'recompute.done', { incidents, orders, changed }))
    if (locked > 0) out(sayCommand(language, 'recompute.locked', { locked }))
    if (values['dry-run']) out(sayCommand(language, 'recompute.dry'))
  }
  return 0
}
