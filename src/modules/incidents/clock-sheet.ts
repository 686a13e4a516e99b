import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { clockSummary } from '#core/explanation-summary.ts'
import { explainClock } from '#core/explanation.ts'
import { durationText, hoursText, momentText, waitText, wholeSeconds } from '#core/clock-text.ts'
import { type Language, speaker } from '#core/text.ts'
import { localAt } from '#core/zone.ts'
import { listAdjustments, listKeptResults, type ResultView, type Terms } from '#modules/service-levels'
import { pdfApart } from '#platform/documents/pdf-apart.ts'
import { readLetterhead } from '#platform/documents/letterhead.ts'
import { momentParts, printableDeep } from '#platform/documents/printable.ts'
import { ROOT } from '#platform/configuration.ts'
import type { Context } from '#platform/context.ts'
import type { FileReply } from '#platform/http.ts'
import de from '../../locales/de/clock-sheet.json' with { type: 'json' }
import en from '../../locales/en/clock-sheet.json' with { type: 'json' }
import { explainClockOf } from './explanation.ts'

const say = speaker<keyof typeof en>({ en, de })

const TEMPLATE = new URL('clock-sheet.typ', import.meta.url)

/** More rows than this are told by days alike. */
const ROWS_AT_MOST = 400
/** The results beside the one that is told; further ones are in the programme. */
const OTHERS = 20

/**
 * A clock on paper: by which agreement and calendar, every stretch, the sum, who counted when, and a checksum of all that.
 * Names no team: it leaves the house.
 */
export async function clockSheet(
  inTransaction: <Result>(mode: 'read only', work: (context: Context) => Promise<Result>) => Promise<Result>,
  { id, clockId, lang }: { readonly id: string; readonly clockId: string; readonly lang: Language | undefined },
): Promise<FileReply> {
  const { data, letterhead, language, number } = await inTransaction('read only', (context) =>
    sheetData({ ...context, actor: { ...context.actor, language: lang ?? context.actor.language } }, id, clockId),
  )
  const template = await readFile(TEMPLATE, 'utf8')
  const file = await pdfApart({ template, data: printableDeep(data), letterhead })
  return { file, type: 'application/pdf', name: `${say(language, 'file')}-${number}.pdf` }
}

async function sheetData(context: Context, id: string, clockId: string) {
  const { now, actor } = context
  const { language } = actor
  const { explanation, again, incident, priority } = await explainClockOf(context, id, clockId)
  const { clock, timeZone: zone, agreement, calendar } = explanation
  const { result } = again.counted
  // To the second, so that what counted can be worked out from them.
  const moment = (at: Date | number) => new Date(localAt(zone, Number(at))).toISOString().slice(0, 19).replace('T', ' ')
  const told = (at: Date | number) => momentText(language, zone, Number(at), 0)
  const letterhead = await readLetterhead(context.db)
  const words = letterhead.words[language]
  const options = { language, zone, words }
  const whole = explainClock(result, result.open, options)
  const steps = whole.length > ROWS_AT_MOST ? explainClock(result, result.open, { ...options, fold: true }) : whole
  const version = await versionFacts(context, again.agreement.versionId)
  const hours = await calendarFacts(context, again.agreement, result)
  const { terms } = version
  const duration = (seconds: number) => durationText(language, seconds * 1000)
  const targetSeconds = wholeSeconds(result.targetMs)
  const countedSeconds = wholeSeconds(result.elapsedMs)
  const missed = countedSeconds > targetSeconds || clock.state.startsWith('breached')
  const facts: (readonly [string, readonly string[]])[] = [
    [say(language, 'incident'), [`${incident.number} · ${incident.title}`]],
    ...(incident.sourceNumber ? [[say(language, 'source'), [incident.sourceNumber]] as const] : []),
    [say(language, 'customer'), [incident.customer.name]],
    [say(language, 'priority'), [priority.toUpperCase()]],
    [say(language, 'agreement'), [say(language, 'agreement.version', { ...agreement, from: told(version.validFrom) })]],
    [say(language, 'target'), [say(language, 'target.of', { duration: duration(targetSeconds) })]],
    [
      say(language, 'calendar'),
      [
        calendar.name,
        ...hours.map(({ from, rules, createdAt }) =>
          say(language, from === null ? 'calendar.version' : 'calendar.from', {
            from: from === null ? '' : told(from),
            hours: hoursText(language, rules),
            zone: rules.timeZone,
            written: told(createdAt),
          }),
        ),
      ],
    ],
    ...(clock.metric === 'resolution'
      ? [
          [
            say(language, 'pauses'),
            terms.pausedBy.length === 0
              ? [say(language, 'pauses.none')]
              : [terms.pausedBy.map((reason) => waitText(language, reason, words)).join(', ')],
          ] as const,
          [
            say(language, 'reopen'),
            [say(language, `reopen.${terms.reopen}`, { days: terms.reopenWithinDays })],
          ] as const,
        ]
      : []),
    [say(language, 'zone'), [zone]],
  ]
  // What was counted and by what, without who asks, when, and in which language.
  const counted = {
    incident: incident.number,
    metric: clock.metric,
    priority,
    agreementVersion: again.agreement.versionId,
    calendarVersions: hours.map((each) => each.id),
    targetMs: result.targetMs,
    elapsedMs: result.elapsedMs,
    carriedMs: result.carriedMs,
    state: clock.state,
    startAt: result.startAt,
    stoppedAt: result.stoppedAt,
    steps: whole.map(({ from, to, kind, reason, countedSeconds: seconds }) => [from, to, kind, reason, seconds]),
  }
  const checksum = createHash('sha256').update(JSON.stringify(counted)).digest('hex')
  const { exclusion } = explanation
  const values = {
    at: told(now),
    version: await programVersion(),
    provider: letterhead.provider,
    who: await askerName(context),
  }
  const data = {
    language,
    made: momentParts(now),
    labels: Object.fromEntries(
      (Object.keys(en) as (keyof typeof en)[]).map((key) => [key, (language === 'de' ? de : en)[key]]),
    ),
    title: say(language, `title.${clock.metric}`, { number: incident.number }),
    running: `${say(language, 'kind')} · ${incident.number} · ${incident.customer.name}`,
    page: say(language, 'page', { page: '§', pages: '¶' }),
    summary: clockSummary(result, result.open, options),
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
      say(language, 'excluded.why', {
        reason: excludedFor(language, exclusion.reason),
        evidence: exclusion.evidence ?? '–',
        by: exclusion.approvedBy ?? '–',
      }),
    others: await othersOf(context, { incidentId: incident.id, clockId, told }),
    by: say(language, values.who === '' ? 'counted.nobody' : 'counted', values),
    known: say(language, explanation.asTold ? 'as-told' : 'as-known'),
    checksum,
  }
  return { data, letterhead, language, number: incident.number }
}

/** `13:05:00`: to be added up by hand. */
function exact(seconds: number): string {
  const two = (value: number) => String(value).padStart(2, '0')
  return `${Math.floor(seconds / 3600)}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`
}

async function versionFacts({ db }: Context, versionId: string) {
  const version = await db
    .selectFrom('agreementVersion')
    .select(['terms', 'validFrom'])
    .where('id', '=', versionId)
    .executeTakeFirstOrThrow()
  return { terms: version.terms as unknown as Terms, validFrom: version.validFrom }
}

/** The hours that held while the clock was counted, with when they were written down. */
async function calendarFacts(
  { db }: Context,
  { calendarVersions, open }: Awaited<ReturnType<typeof explainClockOf>>['again']['agreement'],
  { startAt, segments }: { readonly startAt: number | null; readonly segments: readonly { readonly to: number }[] },
) {
  const begin = startAt ?? 0
  const end = segments.at(-1)?.to ?? begin
  const held = calendarVersions.flatMap((each, index) =>
    each.from <= end && each.to > begin ? [{ ...each, rules: open.versions[index]!.rules }] : [],
  )
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

interface Told {
  readonly incidentId: string
  readonly clockId: string
  readonly told: (at: Date) => string
}

/** What was told of this clock before, and what is known of it by now. */
async function othersOf(context: Context, { incidentId, clockId, told }: Told): Promise<string[]> {
  const { language } = context.actor
  const kept = await listKeptResults(context, incidentId, { limit: OTHERS })
  const adjusted = await listAdjustments(context, { incident: incidentId, limit: OTHERS })
  const words = (result: ResultView | null) => {
    const state = result === null ? 'none' : result.stoppedAt === null ? 'open' : result.state
    return say(language, result?.excluded === true ? 'result.left-out' : 'result.told', {
      result: say(
        language,
        state === 'met' || state === 'breached-stopped' || state === 'none' ? `result.${state}` : 'result.open',
      ),
      duration: exact(wholeSeconds((result?.elapsedSeconds ?? 0) * 1000)),
    })
  }
  return [
    ...kept.items.flatMap((each) =>
      each.clockId === clockId
        ? [say(language, 'other.kept', { at: told(each.keptAt), result: words(each.result) })]
        : [],
    ),
    ...adjusted.items.flatMap(({ clockId: of, month, enteredMonth, createdAt, after }) =>
      of === clockId
        ? [say(language, 'other.adjusted', { month, entered: enteredMonth, at: told(createdAt), result: words(after) })]
        : [],
    ),
  ]
}

/** A reason of ours in words; an older hand's as it wrote it. */
function excludedFor(language: Language, reason: string | null): string {
  const known = reason === null ? undefined : `excluded.reason.${reason}`
  return known !== undefined && known in en ? say(language, known as keyof typeof en) : (reason ?? '–')
}

async function askerName({ db, actor }: Context): Promise<string> {
  if (actor.personId === null) return ''
  const row = await db.selectFrom('person').select('name').where('id', '=', actor.personId).executeTakeFirst()
  return row?.name ?? ''
}

async function programVersion(): Promise<string> {
  const { version } = JSON.parse(await readFile(`${ROOT}/package.json`, 'utf8')) as { readonly version: string }
  return version
}
