import { faultsOf } from '#core/credit-terms.ts'
import { barredFromCharges, barredFromTerms, require } from '#core/may.ts'
import { type Language, speaker } from '#core/text.ts'
import { requireContract, todayOf } from '#modules/contracts'
import { requireService } from '#modules/services'
import type { Context } from '#platform/context.ts'
import { inputWords } from '#platform/input-words.ts'
import de from '../../locales/de/credits.json' with { type: 'json' }
import en from '../../locales/en/credits.json' with { type: 'json' }
import type { LevelSource, NewRegimeText, RegimeDraft } from './api.ts'
import { pathInText, type ReadRegime, readRegimeText, regimeOf, regimeText, textOfRegime } from './regime-text.ts'
import { addRegime, examplesOf, requireRegime, sharesOf } from './regimes.ts'

const say = speaker({ en, de })

/** What holds today as a text, or a first one to begin with. */
export async function readRegimeAsText({ db, actor, now }: Context, contractId: string): Promise<{ text: string }> {
  require(barredFromCharges(actor))
  const { timeZone } = await requireContract(db, contractId)
  const month = todayOf(timeZone, now).slice(0, 7)
  const kept = await requireRegime(db, contractId, month).catch(() => null)
  if (kept === null) return { text: say(actor.language, 'regime.first') }
  const services = await db.selectFrom('service').select(['id', 'name']).execute()
  const nameOf = (id: string) => services.find((service) => service.id === id)?.name ?? id
  return { text: textOfRegime(kept.terms, kept.sources, nameOf) }
}

/**
 * Reads what somebody writes of credits: all that is wrong with it at its line, and what it would cost in worked examples.
 * With `keep` it holds from the month on, unless something is wrong.
 */
export async function draftRegime(
  context: Context,
  contractId: string,
  { text, validFrom, keep }: NewRegimeText,
): Promise<RegimeDraft> {
  require(barredFromTerms(context.actor))
  const { db, actor } = context
  const { customerId, currency } = await requireContract(db, contractId)
  const read = readRegimeText(text)
  if (read.problem !== null) {
    const { line, reason } = read.problem
    return { errors: [{ line, message: say(actor.language, `regime.${reason}`) }], examples: [], currency, kept: false }
  }
  const parsed = regimeText.safeParse(read.content, { error: inputWords(actor.language) })
  if (!parsed.success) {
    const errors = parsed.error.issues.map(({ path, message }) => ({
      line: read.lineOf(path),
      message: commaIn(read.content, path, actor.language) ?? `${path.map(String).join('.') || '–'}: ${message}`,
    }))
    return { errors, examples: [], currency, kept: false }
  }
  const regime = regimeOf(parsed.data)
  const errors = faultsOf(regime.terms).map(({ path, fault, between }) => ({
    line: read.lineOf(pathInText(path)),
    message: say(actor.language, `credit-fault.${fault}`, sharesOf(between, actor.language)),
  }))
  const sources: Record<string, LevelSource> = {}
  for (const [index, { key, name }] of regime.terms.levels.entries()) {
    const source = await sourceOf(context, customerId, regime.figures[key])
    if (source === null)
      errors.push({
        line: read.lineOf(['levels', index, 'figure']),
        message: say(actor.language, 'regime.figure', { name }),
      })
    else sources[key] = source
  }
  const whole = errors.length === 0
  if (keep && whole) await addRegime(context, contractId, { validFrom, terms: regime.terms as never, sources })
  return { errors, examples: whole ? examplesOf(regime.terms) : [], currency, kept: keep && whole }
}

/** Which figure a level is; null where the text does not say, or names a service that there is not. */
async function sourceOf(
  { db }: Context,
  customerId: string,
  figure: ReadRegime['figures'][string] | undefined,
): Promise<LevelSource | null> {
  if (figure === undefined) return null
  if (figure.of === 'attainment' && figure.service === null) return { ...figure, service: null }
  if (figure.service === null) return null
  const service = await requireService(db, customerId, figure.service).catch(() => null)
  return service && { ...figure, service: service.id }
}

/** Where a number was written with a comma, as people write it in German: how it is written here. Else null. */
function commaIn(content: unknown, path: readonly PropertyKey[], language: Language): string | null {
  const found = path.reduce<unknown>(
    (at, part) => (typeof at === 'object' && at !== null ? (at as Record<PropertyKey, unknown>)[part] : undefined),
    content,
  )
  if (typeof found !== 'string' || !/^-?\d+,\d+$/.test(found)) return null
  const field = String(path.at(-1) ?? '')
  return say(language, 'regime.comma', { field, comma: found, point: found.replace(',', '.') })
}
