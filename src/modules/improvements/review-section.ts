import { sql } from 'kysely'
import { z } from 'zod'
import type { SectionClaim, SectionContent } from '#core/review-content.ts'
import { figureIn } from '#modules/kpis'
import { reviewSection } from '#platform/review-section.ts'
import { sectionWords } from '#platform/review-words.ts'
import { benefitTypes, themes } from './improvement.ts'

const LISTED = 100

const improvementFacts = z.object({
  improvements: z.array(
    z.object({
      problem: z.string(),
      theme: z.enum(themes),
      benefitType: z.enum(benefitTypes),
      phase: z.enum(['idea', 'under-way', 'verified', 'stopped']),
      kpi: z.string().nullable(),
      baseline: z.number().nullable(),
      target: z.number().nullable(),
      proof: z.enum(['signal', 'evidence']).nullable(),
      proofValue: z.number().nullable(),
      owner: z.string().nullable().describe('In the internal edition'),
    }),
  ),
  more: z.int(),
})

/** What is being made better, and whose benefit was seen by another than who did it. What it costs is told nowhere here. */
export const improvementSection = reviewSection({
  key: 'improvements',
  number: 13,
  editions: ['customer', 'internal'],
  facts: improvementFacts,
  gather: async (db, { customerId, from, asOf }, edition) => {
    const inside = edition === 'internal'
    const verified = sql`i.verified_at < ${asOf}`
    const { rows } = await sql<z.output<typeof improvementFacts>['improvements'][number]>`
      select i.problem, i.theme, i.benefit_type as "benefitType", i.kpi, i.baseline_value as baseline, i.target_value as target,
        case when ${verified} then 'verified' when stopped.at < ${asOf} then 'stopped'
          when i.started_at < ${asOf} then 'under-way' else 'idea' end as phase,
        case when ${verified} then i.proof end as proof, case when ${verified} then i.proof_value end as "proofValue",
        ${inside ? sql`p.name` : sql`null::text`} as owner
      from improvement i left join person p on p.id = i.owner_id
        left join lateral (select max(h.occurred_at) as at from history h where i.state = 'stopped' and h.subject_id = i.id
          and h.subject_type = 'improvement' and h.kind = 'improvement.state' and h.facts ->> 'to' = 'stopped') stopped on true
      where i.customer_id = ${customerId} and i.made_at < ${asOf} and coalesce(i.verified_at, 'infinity') >= ${from}
        and coalesce(stopped.at, 'infinity') >= ${from} and ${inside ? sql`true` : sql`i.shared`}
      order by i.verified_at nulls last, i.started_at nulls last, i.made_at, i.id limit ${LISTED + 1}`.execute(db)
    if (rows.length === 0) return null
    return { improvements: rows.slice(0, LISTED), more: Math.max(0, rows.length - LISTED) }
  },
  tell: ({ improvements, more }, speech): SectionContent => {
    const t = sectionWords(speech)
    const of = (phase: string) => improvements.filter((each) => each.phase === phase)
    const inside = improvements.some(({ owner }) => owner !== null)
    const value = (kpi: string | null, known: number | null) =>
      kpi === null ? '–' : (figureIn(speech, kpi, known)?.said ?? '–')
    return {
      title: t('improvements.title', {
        verified: of('verified').length,
        under: of('under-way').length,
        ideas: of('idea').length,
      }),
      blocks: [
        {
          kind: 'table',
          caption: t('improvements.caption'),
          columns: [
            { head: t('head.problem'), weight: 3.6 },
            { head: t('head.theme'), weight: 1.3 },
            { head: t('head.measured-by'), weight: 2.2 },
            { head: t('head.before'), weight: 1.2, align: 'right' },
            { head: t('head.aim'), weight: 1.2, align: 'right' },
            { head: t('head.state'), weight: 2.1 },
            ...(inside ? [{ head: t('head.owner'), weight: 1.5 }] : []),
          ],
          rows: improvements.map(({ problem, theme, kpi, baseline, target, phase, proof, proofValue, owner }) => [
            { text: problem },
            { text: t(`theme.${theme}`) },
            { text: kpi === null ? t('improvements.evidence') : (figureIn(speech, kpi, null)?.name ?? kpi) },
            { text: value(kpi, baseline) },
            { text: value(kpi, target) },
            {
              text:
                proof === 'signal'
                  ? t('phase.by-signal', { value: value(kpi, proofValue) })
                  : proof === 'evidence'
                    ? t('phase.by-evidence')
                    : t(`phase.${phase}`),
              tone: phase === 'verified' ? ('met' as const) : ('plain' as const),
            },
            ...(inside ? [{ text: owner ?? '–' }] : []),
          ]),
          more: more === 0 ? null : t('more', { n: more }),
        },
      ],
      notes: [t('notes.improvements')],
      claims: of('verified')
        .slice(0, 1)
        .map(({ problem, kpi, baseline, proof, proofValue }): SectionClaim => ({
          tone: 'met',
          text: t('improvements.claim', { problem: speech.brief(problem) }),
          evidence: [
            kpi !== null && proof === 'signal'
              ? t('improvements.from-to', {
                  name: figureIn(speech, kpi, null)?.name ?? kpi,
                  before: value(kpi, baseline),
                  after: value(kpi, proofValue),
                })
              : t('phase.by-evidence'),
          ],
          felt: { kind: 'none', why: t('improvements.not-asked') },
        })),
    }
  },
})
