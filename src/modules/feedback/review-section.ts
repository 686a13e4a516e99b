import { z } from 'zod'
import type { SectionClaim, SectionContent, SectionSpeech } from '#core/review-content.ts'
import { OPINION_MINIMUM } from '#core/small-groups.ts'
import { speaker } from '#core/text.ts'
import type { Db } from '#platform/context.ts'
import { reviewSection, type SectionScope } from '#platform/review-section.ts'
import de from '../../locales/de/review-feedback.json' with { type: 'json' }
import en from '../../locales/en/review-feedback.json' with { type: 'json' }
import type { ExperienceGroup } from './api-experience.ts'
import { groupReport } from './experience.ts'

const say = speaker<keyof typeof en>({ en, de })
const texts = (language: SectionSpeech['language']) => (key: keyof typeof en, values?: Record<string, unknown>) =>
  say(language, key, values)

/** Words of people that a review repeats. */
const QUOTED = 4

const felt = z.object({
  value: z.number(),
  low: z.number(),
  high: z.number(),
})

const group = z.object({
  name: z.string().describe('Empty for all together, and for what has no service or site'),
  hidden: z.boolean(),
  asked: z.int().nullable().describe('Null where hidden'),
  answers: z.int().nullable(),
  valid: z.boolean(),
  csat: felt.nullable(),
  nps: felt.nullable(),
  ces: felt.nullable(),
  lostMinutes: z
    .object({ mean: z.number(), median: z.number(), answers: z.int(), all: z.number().nullable() })
    .nullable(),
  points: z.number().nullable(),
  met: z.int(),
  failed: z.int(),
  accord: z.enum(['good', 'watermelon', 'forgiven', 'bad', 'unknown']),
})
type GroupFacts = z.output<typeof group>

const experienceFacts = z.object({
  minimum: z.int(),
  target: z.int(),
  total: group,
  before: z.object({ answers: z.int().nullable(), points: z.number().nullable() }).nullable(),
  quotes: z.array(z.object({ text: z.string(), language: z.enum(['en', 'de']), score: z.int(), scale: z.string() })),
})

/** What people felt: scores with how sure they are, lost time, and their words as far as they may be quoted. */
export const experienceSection = reviewSection({
  key: 'experience',
  number: 4,
  editions: ['customer', 'internal', 'one-page'],
  facts: experienceFacts,
  gather: async (db, scope) => {
    const now = await groupReport(db, sliceOf(scope, 0), 'customer')
    if (now.total.asked === 0 && (now.total.answers ?? 0) === 0 && !now.total.hidden) return null
    const before = await groupReport(db, sliceOf(scope, -1), 'customer')
    const known = !before.total.hidden && (before.total.answers ?? 0) > 0
    return {
      minimum: now.minimum,
      target: now.targetPoints,
      total: groupFacts(now.total),
      before: known ? { answers: before.total.answers, points: before.total.score?.points ?? null } : null,
      quotes: now.total.hidden || (now.total.answers ?? 0) < OPINION_MINIMUM ? [] : await quotable(db, scope),
    }
  },
  tell: ({ minimum, target, total, before, quotes }, speech): SectionContent => {
    const t = texts(speech.language)
    if (total.hidden)
      return { title: t('experience.hidden', { minimum }), blocks: [], notes: [t('notes.hidden', { minimum })] }
    const rate = speech.percent(total.answers ?? 0, Math.max(1, total.asked ?? 0))
    const title = titleOf(total, target, speech)
    const score = (one: GroupFacts['csat'], unit: 'percent' | 'points') =>
      one === null
        ? []
        : [
            {
              value: unit === 'percent' ? `${speech.number(Math.round(one.value))} %` : signed(one.value, speech),
              about: t('experience.between', {
                low: speech.number(Math.round(one.low)),
                high: speech.number(Math.round(one.high)),
              }),
            },
          ]
    const figures = [
      ...(total.points === null
        ? []
        : [
            {
              label: t('experience.score'),
              value: speech.tenth(total.points),
              about:
                before === null || before.points === null
                  ? t('experience.target', { target })
                  : t('experience.target-before', { target, before: speech.tenth(before.points) }),
            },
          ]),
      ...score(total.csat, 'percent').map((each) => ({ label: t('experience.csat'), ...each })),
      ...score(total.nps, 'points').map((each) => ({ label: t('experience.nps'), ...each })),
      ...score(total.ces, 'percent').map((each) => ({ label: t('experience.ces'), ...each })),
      ...(total.lostMinutes === null
        ? []
        : [
            {
              label: t('experience.lost'),
              value: speech.duration(Math.round(total.lostMinutes.mean) * 60_000),
              about: t('experience.median', { median: speech.duration(Math.round(total.lostMinutes.median) * 60_000) }),
            },
          ]),
      {
        label: t('experience.answers'),
        value: speech.number(total.answers ?? 0),
        // Who answers at a link that hangs somewhere was not asked: there may be more answers than people who were.
        about:
          (total.asked ?? 0) < (total.answers ?? 0)
            ? t('experience.unasked', { asked: total.asked ?? 0 })
            : t('experience.rate', { asked: total.asked ?? 0, rate }),
      },
    ]
    const said = quotes.map(({ text, language: words, score: given, scale }) => ({
      text: words === 'de' ? `„${text}“` : `“${text}”`,
      about: t('experience.quoted', { score: given, scale }),
    }))
    return {
      title,
      blocks: [
        { kind: 'figures', figures },
        ...(total.valid ? [] : [{ kind: 'text' as const, text: t('experience.few'), tone: 'soon' as const }]),
        ...(said.length === 0
          ? [{ kind: 'text' as const, text: t('experience.no-quotes') }]
          : [{ kind: 'quotes' as const, quotes: said }]),
      ],
      notes: [t('notes.experience'), t('notes.hidden', { minimum })],
      perception: {
        text: title,
        why: total.valid ? (voicesOf(said) ?? t('experience.no-quotes')) : t('experience.few'),
      },
    }
  },
})

/** As long as a voice may be where two of them stand in two lines. */
const VOICE_LETTERS = 90

/** The most content voice and the least, each with its score: one alone would say that all felt so. */
function voicesOf(said: readonly { readonly text: string; readonly about: string }[]): string | null {
  const [least] = said
  const most = said.at(-1)
  if (least === undefined || most === undefined) return null
  const cut = (text: string) =>
    text.length <= VOICE_LETTERS ? text : `${text.slice(0, VOICE_LETTERS - 2).trimEnd()}…${text.at(-1)!}`
  return [...new Set([most, least])].map(({ text, about }) => `${cut(text)} (${about})`).join(' · ')
}

const watermelonFacts = z.object({ minimum: z.int(), services: z.array(group), sites: z.array(group) })

/** What was kept beside what was felt, by service and by site; groups of few are named as hidden and say nothing. */
export const watermelonSection = reviewSection({
  key: 'watermelon',
  number: 5,
  editions: ['customer', 'internal', 'one-page'],
  facts: watermelonFacts,
  gather: async (db, scope) => {
    const services = await groupReport(db, sliceOf(scope, 0), 'service')
    const sites = await groupReport(db, sliceOf(scope, 0), 'site')
    const some = [...services.groups, ...sites.groups].some(({ answers, hidden }) => hidden || (answers ?? 0) > 0)
    if (!some) return null
    const rows = (groups: readonly ExperienceGroup[]) =>
      groups.map(groupFacts).filter(({ answers, hidden, met, failed }) => hidden || answers !== 0 || met + failed > 0)
    return { minimum: services.minimum, services: rows(services.groups), sites: rows(sites.groups) }
  },
  tell: ({ minimum, services, sites }, speech): SectionContent => {
    const t = texts(speech.language)
    const melons = [...services, ...sites].filter(({ accord }) => accord === 'watermelon')
    const known = [...services, ...sites].filter(({ accord }) => accord !== 'unknown').length
    const table = (caption: string, groups: readonly GroupFacts[]) =>
      groups.length === 0 ? [] : [tableOf(caption, groups, speech)]
    return {
      title: t('watermelon.title', {
        n: melons.length,
        known,
        names: namesOf(melons, speech),
      }),
      blocks: [...table(t('watermelon.services'), services), ...table(t('watermelon.sites'), sites)],
      notes: [t('notes.watermelon'), t('notes.hidden', { minimum })],
      hidden: [...services, ...sites].filter((each) => each.hidden && each.name !== '').map(({ name }) => name),
      claims: melons.slice(0, 1).map((melon) => melonClaim(melon, speech)),
    }
  },
})

/** All that are counted, by name: three of them, or two and how many others. */
function namesOf(groups: readonly GroupFacts[], speech: SectionSpeech): string {
  const t = texts(speech.language)
  const named = groups.length <= NAMED_AT_MOST ? groups : groups.slice(0, NAMED_AT_MOST - 1)
  const names = named.map(({ name }) => (name === '' ? t('name.none') : speech.brief(name)))
  return speech.list(
    groups.length === named.length ? names : [...names, t('names.others', { n: groups.length - named.length })],
  )
}

const NAMED_AT_MOST = 3

function melonClaim({ name, met, failed, points, answers }: GroupFacts, speech: SectionSpeech): SectionClaim {
  const t = texts(speech.language)
  return {
    tone: 'soon',
    text: t('watermelon.claim', { name: speech.brief(name) }),
    evidence: [t('watermelon.evidence', { met, cases: met + failed, share: speech.percent(met, met + failed) })],
    felt: {
      kind: 'said',
      text: t('watermelon.felt', { points: speech.tenth(points ?? 0), answers: answers ?? 0 }),
      from: `watermelon:${name}`,
    },
  }
}

const TABLE_AT_MOST = 40

function tableOf(caption: string, groups: readonly GroupFacts[], speech: SectionSpeech) {
  const t = texts(speech.language)
  const shown = groups.slice(0, TABLE_AT_MOST)
  return {
    kind: 'table' as const,
    caption,
    columns: [
      { head: t('head.name'), weight: 3 },
      { head: t('head.kept'), weight: 1.3, align: 'right' as const },
      { head: t('head.share'), weight: 1, align: 'right' as const, kind: 'share' as const },
      { head: t('head.felt'), weight: 1, align: 'right' as const, kind: 'number' as const },
      { head: t('head.answers'), weight: 1, align: 'right' as const, kind: 'count' as const },
      { head: t('head.accord'), weight: 3.4 },
    ],
    rows: shown.map(({ name, met, failed, points, answers, hidden, accord }) => {
      const cases = met + failed
      const tone = accord === 'watermelon' || accord === 'bad' ? ('miss' as const) : ('plain' as const)
      return [
        { text: name === '' ? t('name.none') : name },
        { text: cases === 0 ? '–' : t('watermelon.of', { met, cases }) },
        { text: cases === 0 ? '–' : speech.percent(met, cases), value: cases === 0 ? null : met / cases },
        { text: points === null ? '–' : speech.tenth(points), value: points },
        { text: hidden ? t('hidden') : speech.number(answers ?? 0), value: hidden ? null : answers },
        { text: hidden ? t('hidden.why') : t(`accord.${accord}`), tone },
      ]
    }),
    more: groups.length > shown.length ? t('more', { n: groups.length - shown.length }) : null,
  }
}

function titleOf({ points, csat, answers }: GroupFacts, target: number, speech: SectionSpeech): string {
  const t = texts(speech.language)
  if (answers === null || answers === 0) return t('experience.nobody')
  if (points !== null)
    return t('experience.title', {
      points: speech.tenth(points),
      target,
      answers,
      good: points >= target ? 'yes' : 'no',
    })
  return t('experience.title-few', { answers, csat: csat === null ? 'none' : speech.number(Math.round(csat.value)) })
}

function signed(value: number, { number }: SectionSpeech): string {
  const whole = Math.round(value)
  return whole > 0 ? `+${number(whole)}` : number(whole).replace('-', '−')
}

function groupFacts(one: ExperienceGroup): GroupFacts {
  const { hidden, label, answers, asked, valid, csat, nps, ces, lostTime, score, attainment, accord } = one
  return {
    name: label,
    hidden,
    // How many were asked in a group of few would tell of them, too.
    asked: hidden ? null : asked,
    answers,
    valid,
    csat: csat?.estimate ?? null,
    nps: nps?.estimate ?? null,
    ces: ces?.estimate ?? null,
    lostMinutes:
      lostTime === null
        ? null
        : {
            mean: lostTime.mean.numerator / lostTime.mean.denominator,
            median: lostTime.medianMinutes,
            answers: lostTime.answers,
            all:
              lostTime.perceivedMinutes === null
                ? null
                : lostTime.perceivedMinutes.numerator / lostTime.perceivedMinutes.denominator,
          },
    points: score?.points ?? null,
    met: attainment.met,
    failed: attainment.failed,
    accord,
  }
}

/** @param shift Months from the reviewed one. */
function sliceOf({ customerId, month }: SectionScope, shift: number) {
  const [year, number] = month.split('-').map(Number) as [number, number]
  const day = (by: number) => new Date(Date.UTC(year, number - 1 + by, 1)).toISOString().slice(0, 10)
  return { customerId, from: day(shift), to: day(shift + 1) }
}

/** Words whose author allowed that they are quoted, half of the worst and half of the best; their place is not told. */
async function quotable(db: Db, { customerId, month }: SectionScope) {
  const rows = await db
    .selectFrom('verbatim')
    .select(['text', 'language', 'score', 'scale'])
    .where('customerId', '=', customerId)
    .where('month', '=', `${month}-01`)
    .where('mayQuote', '=', true)
    .orderBy('score')
    .orderBy('id')
    .execute()
  // The same words twice say no more than once.
  const unlike = [...new Map(rows.map((row) => [row.text, row])).values()]
  const shown = unlike.length <= QUOTED ? unlike : [...unlike.slice(0, QUOTED / 2), ...unlike.slice(-QUOTED / 2)]
  return shown.map(({ text, language, score, scale }) => ({
    text: text.slice(0, 500),
    language: language as 'en' | 'de',
    score,
    scale,
  }))
}
