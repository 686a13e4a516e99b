import type { Context } from '#platform/context.ts'
import type { ActingRule } from './act.ts'
import type { RuleContent, TriggerKind } from './shape.ts'

/** A rule that is on, with what it says. */
export interface WaitingRule extends ActingRule {
  readonly customerId: string | null
  readonly ownerId: string
  readonly lookedAt: Date | null
  readonly enabledSince: Date
  readonly content: RuleContent
}

/** Rules that are on, for a customer or for all; without a customer: of every customer. */
export async function waitingRules(
  { db }: Context,
  kinds: readonly TriggerKind[],
  customerId?: string,
): Promise<readonly WaitingRule[]> {
  if (kinds.length === 0) return []
  const rows = await db
    .selectFrom('rule')
    .innerJoin('ruleVersion', (join) =>
      join.onRef('ruleVersion.ruleId', '=', 'rule.id').onRef('ruleVersion.number', '=', 'rule.number'),
    )
    .select([
      'rule.id',
      'rule.name',
      'rule.number',
      'rule.customerId',
      'rule.ownerId',
      'rule.lookedAt',
      'rule.enabledSince',
      'ruleVersion.content',
    ])
    .where('rule.enabledSince', 'is not', null)
    .where('rule.endedAt', 'is', null)
    .where('rule.trigger', 'in', [...kinds])
    .$if(customerId !== undefined, (query) =>
      query.where((where) =>
        where.or([where('rule.customerId', 'is', null), where('rule.customerId', '=', customerId!)]),
      ),
    )
    .orderBy('rule.position')
    .orderBy('rule.id')
    .execute()
  return rows.map((row) => ({
    ...row,
    enabledSince: row.enabledSince!,
    content: row.content as unknown as RuleContent,
  }))
}
