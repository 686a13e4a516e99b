import { parseArgs } from 'node:util'
import { recomputeClocks } from '#modules/incidents'
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

/**
 * `recompute [--agreement ID] [--from DATE] [--dry-run]`: counts clocks from history and says what came out differently
 * from what was stored. What was told in a locked period is said and not changed: that takes a correction.
 */
export async function recomputeCommand(
  args: readonly string[],
  { database, out, err, json, language }: CommandWorld,
): Promise<number> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      agreement: { type: 'string' },
      from: { type: 'string' },
      'dry-run': { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  })
  const from = values.from === undefined ? new Date(0) : new Date(`${values.from}T00:00:00Z`)
  if (values.help || Number.isNaN(from.getTime())) {
    out(sayCommand(language, 'recompute.usage'))
    return values.help ? 0 : 2
  }
  const { db, pool } = database
  const customers = await db
    .selectFrom('agreementVersion')
    .select('customerId')
    .distinct()
    .$if(values.agreement !== undefined, (query) => query.where('agreementId', '=', values.agreement!))
    .execute()
  const differences: Difference[] = []
  let incidents = 0
  for (const { customerId } of customers) {
    incidents += await recomputeClocks(pool, db, {
      customerId,
      openedFrom: from,
      now: new Date(),
      dryRun: values['dry-run'],
      adjust: false,
      onProgress: (count) => err(`${incidents + count}`),
      onDifference: (difference) => differences.push(difference),
    })
  }
  const locked = differences.filter((difference) => difference.locked).length
  const changed = differences.length - locked
  if (json) out(JSON.stringify({ incidents, changed, locked, dryRun: values['dry-run'], differences }))
  else {
    for (const { number, metric, before, after, locked: stays } of differences) {
      const line = `${number} ${metric}: ${before} → ${after}`
      out(stays ? sayCommand(language, 'recompute.stays', { line }) : line)
    }
    out(sayCommand(language, 'recompute.done', { incidents, changed }))
    if (locked > 0) out(sayCommand(language, 'recompute.locked', { locked }))
    if (values['dry-run']) out(sayCommand(language, 'recompute.dry'))
  }
  return 0
}
