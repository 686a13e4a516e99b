import { type CreditRegime, faultsOf, type RegimeFault, WHOLE_PPM } from '#core/credit-terms.ts'
import { creditsOf, type PeriodCredit } from '#core/credit.ts'
import { invalid, notFound, refused } from '#core/failure.ts'
import { newId } from '#core/id.ts'
import { barredFromCharges, barredFromTerms, require } from '#core/may.ts'
import { type Language, speaker } from '#core/text.ts'
import { requireContract, todayOf } from '#modules/contracts'
import { requireService } from '#modules/services'
import type { Context, Db } from '#platform/context.ts'
import { audit } from '#platform/history.ts'
import de from '../../locales/de/credits.json' with { type: 'json' }
import en from '../../locales/en/credits.json' with { type: 'json' }
import type { CreditRegimeView, LevelSource, MonthCredit, NewRegime } from './api.ts'

const say = speaker({ en, de })

export interface KeptRegime {
  readonly id: string
  readonly validFrom: string
  readonly validTo: string | null
  readonly terms: CreditRegime
  readonly sources: Readonly<Record<string, LevelSource>>
}

function regimes(db: Db, contractId: string) {
  return db
    .selectFrom('creditRegime')
    .select(['id', 'validFrom', 'validTo', 'terms', 'sources'])
    .where('contractId', '=', contractId)
    .orderBy('validFrom', 'desc')
}

/** All that held and hold, the earliest first. */
export async function regimesOf(db: Db, contractId: string): Promise<readonly KeptRegime[]> {
  const rows = await regimes(db, contractId).execute()
  return (rows as unknown as KeptRegime[]).toReversed()
}

/** What holds in a month, `YYYY-MM`. Throws when the contract says nothing of credits for it. */
export async function requireRegime(db: Db, contractId: string, month: string): Promise<KeptRegime> {
  const found = await regimeIn(db, contractId, month)
  if (found === undefined) throw notFound('credit-regime.not-found')
  return found
}

/** The same where there may be none. */
export async function regimeIn(db: Db, contractId: string, month: string): Promise<KeptRegime | undefined> {
  const row = await regimes(db, contractId).where('validFrom', '<=', `${month}-01`).executeTakeFirst()
  return row as KeptRegime | undefined
}

export async function readRegime(
  { db, actor, now }: Context,
  contractId: string,
): Promise<{ regime: CreditRegimeView | null; currency: string }> {
  require(barredFromCharges(actor))
  const { currency, timeZone } = await requireContract(db, contractId)
  const found = await regimeIn(db, contractId, todayOf(timeZone, now).slice(0, 7))
  return { regime: found === undefined ? null : viewOf(found), currency }
}

/** A round month's charges, for examples: 100,000.00. */
const EXAMPLE_BASIS = 10_000_000
/** The cases of an example: enough for two decimals of a percentage. */
const EXAMPLE_CASES = 10_000

function viewOf({ terms, ...row }: KeptRegime): CreditRegimeView {
  return { ...row, terms: terms as CreditRegimeView['terms'], sources: { ...row.sources }, examples: examplesOf(terms) }
}

/** What one miss of each level would cost, at the edges that are written down: worked by the engine itself. */
export function examplesOf(terms: CreditRegime): CreditRegimeView['examples'] {
  const alone = { ...terms, repeat: [100], claimWithinDays: null, yearCap: null }
  return terms.levels
    .filter(({ critical }) => critical)
    .flatMap((level) => {
      const single = { ...level, defaultAfter: 1, smallSample: 'as-is' as const }
      const justBelow = level.targetPpm - WHOLE_PPM / EXAMPLE_CASES
      const edges = level.bands.flatMap(({ belowPpm }) =>
        belowPpm === null ? [] : [belowPpm - WHOLE_PPM / EXAMPLE_CASES],
      )
      const shares = [...new Set([level.targetPpm, justBelow, level.targetPpm - 20_000, ...edges])].filter(
        (each) => each >= 0,
      )
      return shares
        .toSorted((one, other) => other - one)
        .map((share) => {
          const met = Math.round((share * EXAMPLE_CASES) / WHOLE_PPM)
          const tally = { met, failed: EXAMPLE_CASES - met, excluded: 0 }
          const period = { month: '2026-01', basisMinor: EXAMPLE_BASIS, measured: [{ level: level.key, tally }] }
          const [credit] = creditsOf({ ...alone, levels: [single] }, [period], { startMonth: 1, yearBasisMinor: null })
          const { points, amountMinor, levels } = credit!
          return {
            level: level.key,
            percent: met / 100,
            basisMinor: EXAMPLE_BASIS,
            points,
            amountMinor,
            severity: levels[0]?.severity ?? null,
          }
        })
    })
}

/** All that is wrong with it is said at once, each at its place. */
export function requireFaultless(terms: CreditRegime, { actor }: Context): void {
  const errors = faultsOf(terms).map(({ path, fault, between }) => ({
    path: `terms.${path}`,
    message: say(actor.language, `credit-fault.${fault}`, sharesOf(between, actor.language)),
  }))
  if (errors.length > 0) throw invalid('credit-regime.faulty', {}, { errors })
}

/** What misses cost from a month on. The regime before ends there. */
export async function addRegime(
  context: Context,
  contractId: string,
  { validFrom, terms, sources }: NewRegime,
): Promise<CreditRegimeView> {
  require(barredFromTerms(context.actor))
  const { db, now } = context
  requireFaultless(terms, context)
  const { customerId } = await requireContract(db, contractId)
  for (const source of Object.values(sources))
    if (source.service !== null) await requireService(db, customerId, source.service)
  const from = `${validFrom}-01`
  const last = await regimes(db, contractId).forUpdate().executeTakeFirst()
  if (last !== undefined && last.validFrom >= from) throw refused('credit-regime.before', { from: last.validFrom })
  if (last !== undefined)
    await db.updateTable('creditRegime').set({ validTo: from }).where('id', '=', last.id).execute()
  const id = newId(now.getTime())
  const kept = { terms: JSON.stringify(terms), sources: JSON.stringify(sources) }
  await db
    .insertInto('creditRegime')
    .values({ id, contractId, customerId, validFrom: from, ...kept, createdAt: now })
    .execute()
  await audit(context, {
    action: 'credit-regime.added',
    subjectType: 'contract',
    subjectId: contractId,
    customerId,
    facts: { from },
  })
  return viewOf({ id, validFrom: from, validTo: null, terms, sources })
}

/** A reckoned month as it is told: with the names and figures of its levels. */
export function monthOf(credit: PeriodCredit, { terms, sources }: Pick<KeptRegime, 'terms' | 'sources'>): MonthCredit {
  const { month, basisMinor, points, uncappedMinor, amountMinor } = credit
  const levels = credit.levels.map(({ level: key, judged: { outcome, ratio }, event, ...rest }) => {
    const level = terms.levels.find((each) => each.key === key)!
    const { severity, running, weight, standing, shareMinor } = rest
    const counts = { numerator: ratio?.numerator ?? null, denominator: ratio?.denominator ?? null }
    const told = { level: key, name: level.name, targetPpm: level.targetPpm, source: sources[key] ?? null }
    return { ...told, outcome, ...counts, severity, running, weight, standing, shareMinor, event }
  })
  const lines = credit.lines.map((line) => ({ ...line, values: { ...line.values } }))
  return { month, basisMinor, points, uncappedMinor, amountMinor, levels, lines }
}

/** Between which shares a fault of bands lies, as both are written there: 97.9. */
export function sharesOf(between: RegimeFault['between'], language: Language): { from: string; to: string } {
  const written = new Intl.NumberFormat(language, { maximumFractionDigits: 4 })
  const [from, to] = (between ?? [0, 0]).map((ppm) => written.format(ppm / 10_000))
  return { from: from!, to: to! }
}
