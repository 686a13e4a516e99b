import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import type { OpenTime } from '#core/calendar.ts'
import type { ClockResult } from '#core/clock-terms.ts'
import { clockSummary } from '#core/explanation-summary.ts'
import { explainClock } from '#core/explanation.ts'
import { durationText, hoursText, momentText, wholeSeconds } from '#core/clock-text.ts'
import { type Language, speaker } from '#core/text.ts'
import { localAt } from '#core/zone.ts'
import { pdfApart } from '#platform/documents/pdf-apart.ts'
import { type Letterhead, readLetterhead } from '#platform/documents/letterhead.ts'
import { momentParts, printableDeep } from '#platform/documents/printable.ts'
import type { Context, Db } from '#platform/context.ts'
import type { FileReply } from '#platform/http.ts'
import { VERSION } from '#platform/version.ts'
import de from '../../locales/de/clock-sheet.json' with { type: 'json' }
import en from '../../locales/en/clock-sheet.json' with { type: 'json' }
import type { ToldMetric, Terms } from './agreement.ts'
import type { ExclusionView, ResultView } from './periods-api.ts'
import type { CalendarSpan } from './promise.ts'

/** What a clock sheet says. */
export const saySheet = speaker<keyof typeof en>({ en, de })

const TEMPLATE = new URL('clock-sheet.typ', import.meta.url)

/** More rows than this are told by days alike. */
const ROWS_AT_MOST = 400

/** A line of what was counted: its name, and what is said of it. */
export type SheetFact = readonly [string, readonly string[]]

/** A clock of an incident or the promise of an order, as it is put on paper. */
export interface SheetClock {
  readonly metric: ToldMetric
  /** Of the record. */
  readonly number: string
  readonly customer: string
  /** As it is told, which of a locked month is not as it is counted now. */
  readonly state: string
  readonly result: ClockResult
  readonly open: OpenTime
  /** In which moments are told. */
  readonly zone: string
  readonly agreement: { readonly name: string; readonly number: number }
  readonly versionId: string
  readonly calendar: string
  readonly calendarVersions: readonly CalendarSpan[]
  readonly exclusion: ExclusionView | null
  readonly asTold: boolean
  /** What goes into the checksum beside what was counted: the record, and what decided about its target. */
  readonly identity: Readonly<Record<string, string>>
  /** What the record is, before agreement and calendar, and what else decides, after them. */
  readonly facts: (
    terms: Terms,
    letterhead: Letterhead,
  ) => { readonly before: readonly SheetFact[]; readonly target?: string; readonly after: readonly SheetFact[] }
  /** What was told of it before, and what is known of it by now. */
  readonly kept: readonly { readonly keptAt: Date; readonly result: ResultView }[]
  readonly adjusted: readonly {
    readonly month: string
    readonly enteredMonth: string
    readonly createdAt: Date
    readonly after: ResultView | null
  }[]
}

type InTransaction = <Result>(mode: 'read only', work: (context: Context) => Promise<Result>) => Promise<Result>

/**
 * A clock on paper: by which agreement and calendar, every stretch, the sum, who counted when, and a checksum of all that.
 * Names no team: it leaves the house.
 */
export async function printClock(
  inTransaction: InTransaction,
  lang: Language | undefined,
  read: (context: Context) => Promise<SheetClock>,
): Promise<FileReply> {
  const { data, letterhead, language, number } = await inTransaction('read only', async (context) => {
    const asked = { ...context, actor: { ...context.actor, language: lang ?? context.actor.language } }
    return sheetData(asked, await read(asked))
  })
  const template = await readFile(TEMPLATE, 'utf8')
  const file = await pdfApart({ template, data: printableDeep(data), letterhead })
  return { file, type: 'application/pdf', name: `${saySheet(language, 'file')}-${number}.pdf` }
}

async function sheetData(context: Context, clock: SheetClock) {
  const { now, actor, db } = context
  const { language } = actor
  const { result, open, zone, number } = clock
  const say = (key: Parameters<typeof saySheet>[1], values?: Parameters<typeof saySheet>[2]) =>
    saySheet(language, key, values)
  // To the second, so that what counted can be worked out from them.
  const moment = (at: Date | number) => new Date(localAt(zone, Number(at))).toISOString().slice(0, 19).replace('T', ' ')
  const told = (at: Date | number) => momentText(language, zone, Number(at), 0)
  const letterhead = await readLetterhead(db)
  const options = { language, zone, words: letterhead.words[language] }
  const whole = explainClock(result, open, options)
  const steps = whole.length > ROWS_AT_MOST ? explainClock(result, open, { ...options, fold: true }) : whole
  const version = await versionFacts(db, clock.versionId)
  const hours = await calendarFacts(db, clock)
  const { before, target, after } = clock.facts(version.terms, letterhead)
  const targetSeconds = wholeSeconds(result.targetMs)
  const countedSeconds = wholeSeconds(result.elapsedMs)
  const missed = countedSeconds > targetSeconds || clock.state.startsWith('breached')
  const facts: readonly SheetFact[] = [
    ...before,
    [say('agreement'), [say('agreement.version', { ...clock.agreement, from: told(version.validFrom) })]],
    [
      say('target'),
      [
        ...(target === undefined ? [] : [target]),
        say('target.of', { duration: durationText(language, targetSeconds * 1000) }),
      ],
    ],
    [
      say('calendar'),
      [
        clock.calendar,
        ...hours.map(({ from, rules, createdAt }) =>
          say(from === null ? 'calendar.version' : 'calendar.from', {
            from: from === null ? '' : told(from),
            hours: hoursText(language, rules),
            zone: rules.timeZone,
            written: told(createdAt),
          }),
        ),
      ],
    ],
    ...after,
    [say('zone'), [zone]],
  ]
  // What was counted and by what, without who asks, when, and in which language.
  const counted = {
    ...clock.identity,
    agreementVersion: clock.versionId,
    calendarVersions: hours.map((each) => each.id),
    targetMs: result.targetMs,
    elapsedMs: result.elapsedMs,
    carriedMs: result.carriedMs,
    state: clock.state,
    startAt: result.startAt,
    stoppedAt: result.stoppedAt,
    steps: whole.map(({ from, to, kind, reason, countedSeconds: seconds }) => [from, to, kind, reason, seconds]),
  }
  const { exclusion } = clock
  const values = {
    at: told(now),
    version: VERSION,
    provider: letterhead.provider,
    who: await askerName(context),
  }
  const data = {
    language,
    made: momentParts(now),
    labels: Object.fromEntries(
      (Object.keys(en) as (keyof typeof en)[]).map((key) => [key, (language === 'de' ? de : en)[key]]),
    ),
    title: say(`title.${clock.metric}`, { number }),
    lede: say(clock.metric === 'fulfilment' ? 'lede.order' : 'lede'),
    running: `${say('kind')} · ${number} · ${clock.customer}`,
    page: say('page', { page: '§', pages: '¶' }),
    summary: clockSummary(result, open, options),
    missed,
    facts,
    folded: steps !== whole,
    rows: steps.map((step, index) => ({
      number: String(index + 1),
      from: moment(step.from),
      to: moment(step.to),
      sentence: step.sentence,
      counts: step.countedSeconds > 0,
      counted: exact(step.countedSeconds),
      sum: exact(step.elapsedSeconds),
    })),
    unit: 'h:mm:ss',
    counted: exact(countedSeconds),
    target: exact(targetSeconds),
    left: exact(Math.abs(targetSeconds - countedSeconds)),
    excluded:
      exclusion &&
      say('excluded.why', {
        reason: excludedFor(language, exclusion.reason),
        evidence: exclusion.evidence ?? '–',
        by: exclusion.approvedBy ?? '–',
      }),
    others: othersOf(language, clock, told),
    by: say(values.who === '' ? 'counted.nobody' : 'counted', values),
    known: say(clock.asTold ? 'as-told' : 'as-known'),
    checksum: createHash('sha256').update(JSON.stringify(counted)).digest('hex'),
  }
  return { data, letterhead, language, number }
}

/** `13:05:00`: to be added up by hand. */
function exact(seconds: number): string {
  const two = (value: number) => String(value).padStart(2, '0')
  return `${Math.floor(seconds / 3600)}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`
}

async function versionFacts(db: Db, versionId: string) {
  const version = await db
    .selectFrom('agreementVersion')
    .select(['terms', 'validFrom'])
    .where('id', '=', versionId)
    .executeTakeFirstOrThrow()
  return { terms: version.terms as unknown as Terms, validFrom: version.validFrom }
}

/** The hours that held while the clock was counted, with when they were written down. */
async function calendarFacts(
  db: Db,
  { calendarVersions, result: { startAt, segments } }: Pick<SheetClock, 'calendarVersions' | 'result'>,
) {
  const begin = startAt ?? 0
  const end = segments.at(-1)?.to ?? begin
  const held = calendarVersions.filter((each) => each.from <= end && each.to > begin)
  const rows = await db
    .selectFrom('calendarVersion')
    .select(['id', 'createdAt'])
    .where(
      'id',
      'in',
      held.map(({ id }) => id),
    )
    .execute()
  const written = new Map(rows.map(({ id, createdAt }) => [id, createdAt]))
  return held.map(({ id, from, rules }) => ({
    id,
    rules,
    createdAt: written.get(id) ?? new Date(0),
    from: from <= begin ? null : from,
  }))
}

function othersOf(
  language: Language,
  { kept, adjusted }: Pick<SheetClock, 'kept' | 'adjusted'>,
  told: (at: Date) => string,
): string[] {
  const words = (result: ResultView | null) => {
    const state = result === null ? 'none' : result.stoppedAt === null ? 'open' : result.state
    return saySheet(language, result?.excluded === true ? 'result.left-out' : 'result.told', {
      result: saySheet(
        language,
        state === 'met' || state === 'breached-stopped' || state === 'none' ? `result.${state}` : 'result.open',
      ),
      duration: exact(wholeSeconds((result?.elapsedSeconds ?? 0) * 1000)),
    })
  }
  return [
    ...kept.map(({ keptAt, result }) => saySheet(language, 'other.kept', { at: told(keptAt), result: words(result) })),
    ...adjusted.map(({ month, enteredMonth, createdAt, after }) =>
      saySheet(language, 'other.adjusted', {
        month,
        entered: enteredMonth,
        at: told(createdAt),
        result: words(after),
      }),
    ),
  ]
}

/** A reason of ours in words; an older hand's as it wrote it. */
function excludedFor(language: Language, reason: string | null): string {
  const known = reason === null ? undefined : `excluded.reason.${reason}`
  return known !== undefined && known in en ? saySheet(language, known as keyof typeof en) : (reason ?? '–')
}

async function askerName({ db, actor }: Context): Promise<string> {
  if (actor.personId === null) return ''
  const row = await db.selectFrom('person').select('name').where('id', '=', actor.personId).executeTakeFirst()
  return row?.name ?? ''
}
