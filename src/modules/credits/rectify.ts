import { monthName } from '#core/month-text.ts'
import { type Language, speaker } from '#core/text.ts'
import { openImprovement } from '#modules/improvements'
import type { Context } from '#platform/context.ts'
import de from '../../locales/de/credits.json' with { type: 'json' }
import en from '../../locales/en/credits.json' with { type: 'json' }
import type { StatedLevel } from './api.ts'

const say = speaker({ en, de })

interface Cost {
  readonly id: string
  readonly month: string
  readonly amountMinor: number
  readonly levels: readonly StatedLevel[]
}

/**
 * Opens the improvement of a credit that costs something, once: money alone repairs nothing (DOMAIN §3.4). It says which
 * levels were missed and what would prove that they are kept again, in the customer's language; no amount, for whoever works
 * on it need not see what is charged. It is the contract's owner's to begin with.
 */
export async function openRectification(context: Context, credit: Cost): Promise<void> {
  const { id, month, amountMinor, levels } = credit
  if (amountMinor === 0) return
  const { db } = context
  const opened = await db
    .selectFrom('improvement')
    .select('id')
    .where('originKind', '=', 'service-credit')
    .where('originId', '=', id)
    .executeTakeFirst()
  if (opened !== undefined) return
  const { language, ownerId } = await db
    .selectFrom('serviceCredit')
    .innerJoin('contract', 'contract.id', 'serviceCredit.contractId')
    .innerJoin('customer', 'customer.id', 'serviceCredit.customerId')
    .select(['customer.language', 'contract.ownerId'])
    .where('serviceCredit.id', '=', id)
    .executeTakeFirstOrThrow()
  const missed = levels.filter(({ outcome }) => outcome === 'missed')
  const names = new Intl.ListFormat(language, { type: 'conjunction' }).format(missed.map(({ name }) => name))
  const words = { month: monthName(language as Language, month), levels: names, count: missed.length }
  await openImprovement(context, {
    problem: say(language as Language, 'rectify.problem', words),
    agreedEvidence: say(language as Language, 'rectify.evidence', words),
    theme: 'quality',
    benefitType: 'risk',
    shared: false,
    owner: ownerId,
    origin: { kind: 'service-credit', id },
  })
}
