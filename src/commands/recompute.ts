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
}

/**
 * `recompute [--agreement ID] [--from DATE] [--dry-run]`: counts clocks from history and says what came out differently
 * from what was stored.
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
      onProgress: (count) => err(`${incidents + count}`),
      onDifference: (difference) => differences.push(difference),
    })
  }
  if (json) out(JSON.stringify({ incidents, changed: differences.length, dryRun: values['dry-run'], differences }))
  else {
    for (const { number, metric, before, after } of differences) out(`${number} ${metric}: ${before} → ${after}`)
    out(sayCommand(language, 'recompute.done', { incidents, changed: differences.length }))
    if (values['dry-run']) out(sayCommand(language, 'recompute.dry'))
  }
  return 0
}
