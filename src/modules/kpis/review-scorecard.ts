import { sql } from 'kysely'
import { z } from 'zod'
import type { SectionContent } from '#core/review-content.ts'
import { shownGroups } from '#core/small-groups.ts'
import { reviewSection } from '#platform/review-section.ts'
import { sectionWords } from '#platform/review-words.ts'
import { figureValue, figureWord } from './figure-words.ts'
import { library, valueOf } from './library.ts'
import { restatedValues } from './restated.ts'
import { definitionOf } from './review-section.ts'

/** The same figures for each site, so that they can be laid beside each other (R14). */
const scored = ['K01', 'K05', 'K09', 'K10', 'K12', 'K21', 'K24'] as const

const scorecardFacts = z.object({
  sites: z.array(
    z.object({
      name: z.string(),
      type: z.string().nullable(),
      values: z.array(
        z.object({ key: z.string(), numerator: z.number(), denominator: z.number(), hidden: z.boolean() }),
      ),
    }),
  ),
})

/** A scorecard does not freeze it. */
function versionOf(key: string): number {
  return library.find((each) => each.key === key)?.version ?? 1
}

/** The site that kept the least of its promises, where they differ. */
function leastInTime(sites: z.output<typeof scorecardFacts>['sites']) {
  const known = sites.flatMap(({ name, values }) => {
    const kept = values.find(({ key, denominator }) => key === 'K01' && denominator > 0)
    return kept === undefined ? [] : [{ name, share: kept.numerator / kept.denominator }]
  })
  const sorted = known.toSorted((a, b) => a.share - b.share)
  return sorted.length > 1 && sorted[0]!.share < sorted.at(-1)!.share ? sorted[0] : undefined
}

/** A head needs room for its longest word, or it runs into the next. */
function widthOf(head: string): number {
  return Math.max(1.2, ...head.split(/\s/).map((word) => word.length * 0.11))
}

/** One page for all sites: the same key figures for each, grouped by their kind. */
export const scorecardSection = reviewSection({
  key: 'site-scorecard',
  number: 7,
  editions: ['customer', 'internal'],
  facts: scorecardFacts,
  gather: async (db, { customerId, month }) => {
    const { rows } = await sql<{
      readonly siteId: string
      readonly name: string
      readonly type: string | null
      readonly kpi: string
      readonly n: number
      readonly d: number
    }>`
      select s.id as "siteId", s.name, s.site_type as type, v.kpi, v.numerator::float8 as n, v.denominator::float8 as d
      from kpi_value v join site s on s.id::text = v.key
      where v.customer_id = ${customerId} and v.part = 'site' and v.month = ${`${month}-01`}::date and v.kpi = any(${[...scored]}::text[])
      order by s.site_type, s.name, v.kpi`.execute(db)
    if (rows.length === 0) return null
    const hidden = new Map(
      library
        .filter(({ key, minimum }) => minimum > 1 && (scored as readonly string[]).includes(key))
        .map(({ key, minimum }) => {
          const groups = rows.filter(({ kpi }) => kpi === key).map(({ siteId, d }) => ({ key: siteId, size: d }))
          return [key, shownGroups(groups, minimum).hidden] as const
        }),
    )
    const sites = [...Map.groupBy(rows, ({ siteId }) => siteId)].map(([siteId, own]) => ({
      name: own[0]!.name,
      type: own[0]!.type,
      values: own.map(({ kpi, n, d }) => {
        const few = hidden.get(kpi)?.has(siteId) ?? false
        return { key: kpi, numerator: few ? 0 : n, denominator: few ? 0 : d, hidden: few }
      }),
    }))
    return { sites }
  },
  restate: (before, after, speech) => {
    const t = sectionWords(speech)
    const [was, is] = [before, after].map(({ sites }) =>
      sites.flatMap(({ name, values }) =>
        values.map(({ key, ...value }) => ({ ...value, kpi: key, where: name, version: versionOf(key) })),
      ),
    )
    return restatedValues(was!, is!, speech, (name, site) => t('restated.site', { site, name }))
  },
  tell: ({ sites }, speech): SectionContent => {
    const t = sectionWords(speech)
    const definitions = scored.map((key) => library.find((each) => each.key === key)!)
    const kinds = new Set(sites.map(({ type }) => type))
    const late = leastInTime(sites)
    return {
      title: t('scorecard.title', {
        n: sites.length,
        name: late === undefined ? 'none' : speech.brief(late.name),
        share: late === undefined ? '' : figureValue({ unit: 'percent' }, 100 * late.share, speech),
      }),
      blocks: [
        {
          kind: 'table',
          caption: t('scorecard.caption'),
          columns: [
            { head: t('head.site'), weight: 2.2 },
            ...(kinds.size > 1 ? [{ head: t('scorecard.type-head'), weight: 1.3 }] : []),
            ...definitions.map(({ key }) => {
              const head = figureWord(key, 'name', speech)
              return { head, weight: widthOf(head), align: 'right' as const }
            }),
          ],
          rows: sites.map(({ name: site, type, values }) => [
            { text: site },
            ...(kinds.size > 1 ? [{ text: type === null ? '–' : t('scorecard.type', { type }) }] : []),
            ...definitions.map((definition) => {
              const value = values.find(({ key }) => key === definition.key)
              const known = value === undefined || value.hidden ? null : valueOf(definition.unit, value)
              return {
                text: value?.hidden ? t('hidden') : known === null ? '–' : figureValue(definition, known, speech),
              }
            }),
          ]),
          more: null,
        },
      ],
      notes: [t('notes.scorecard'), ...scored.map((key) => definitionOf(key, speech))],
    }
  },
})
