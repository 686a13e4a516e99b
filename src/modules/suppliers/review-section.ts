import { sql } from 'kysely'
import { z } from 'zod'
import { daysAfter } from '#core/recurrence.ts'
import type { Block, BlockCell, SectionContent, SectionSpeech } from '#core/review-content.ts'
import { type Db, system } from '#platform/context.ts'
import { reviewSection } from '#platform/review-section.ts'
import { dayCell, sectionWords } from '#platform/review-words.ts'
import { tiers } from './api.ts'
import { supplierStates } from './lifecycle.ts'
import { listSuppliers } from './list.ts'
import { yearBefore } from './queries.ts'

const supplierFacts = z.object({
  suppliers: z.array(
    z.object({
      name: z.string(),
      state: z.enum(supplierStates),
      tier: z.enum(tiers),
      spend: z.array(z.object({ currency: z.string(), amountMinor: z.int() })),
      kept: z.object({ numerator: z.int(), denominator: z.int() }).nullable(),
      shortUnits: z.int(),
      endsOn: z.string().nullable(),
      exitPlan: z.boolean().optional(),
      exitPlanTriedOn: z.string().nullable().optional(),
      claimedMinor: z
        .array(z.object({ currency: z.string(), amountMinor: z.int() }))
        .optional()
        .describe('Claimed back of our credits in twelve months and not refused'),
    }),
  ),
  forums: z
    .array(
      z.object({
        supplier: z.string(),
        name: z.string(),
        planned: z.int(),
        held: z.int(),
        lastOn: z.string().nullable(),
        nextOn: z.string().nullable(),
        open: z.int(),
        overdue: z.int(),
      }),
    )
    .optional()
    .describe('Who meets with them, of the three months up to the end of the month'),
})
type Facts = z.output<typeof supplierFacts>

/** Who stands behind our promises to a customer (R16): weight, what they kept by our own clocks, capacity, cost, the end. */
export const supplierSection = reviewSection({
  key: 'suppliers',
  number: 17,
  editions: ['internal'],
  facts: supplierFacts,
  money: () => 'margin',
  gather: async (db, { customerId, money, asOf, lockedAt }) => {
    if (money !== 'margin') return null
    const listed = await listSuppliers({ db, actor: system, now: lockedAt }, { customer: customerId })
    if (listed.length === 0) return null
    const about = await aboutSuppliers(db, { customerId, ids: listed.map(({ id }) => id), since: yearBefore(lockedAt) })
    const suppliers = listed.map((supplier) => ({ ...supplier, ...about.get(supplier.id) }))
    return { suppliers, forums: await forumsWith(db, { customerId, asOf, ids: [...about.keys()] }) }
  },
  tell: ({ suppliers, forums = [] }, speech): SectionContent => {
    const t = sectionWords(speech)
    const watched = suppliers.filter(({ state }) => state === 'watch').length
    return {
      title: t('supplier.title', { n: suppliers.length, watched }),
      blocks: [
        {
          kind: 'table',
          caption: t('supplier.caption'),
          columns: [
            { head: t('head.supplier'), weight: 3 },
            { head: t('head.weight'), weight: 1.3 },
            { head: t('head.state'), weight: 1.9 },
            { head: t('head.kept'), weight: 1.6, align: 'right' },
            { head: t('head.short'), weight: 1.2, align: 'right', kind: 'count' },
            { head: t('head.invoiced'), weight: 2, align: 'right' },
            { head: t('head.claimed-back'), weight: 1.7, align: 'right' },
            { head: t('head.until'), weight: 1.6 },
            { head: t('head.exit-plan'), weight: 2 },
          ],
          rows: suppliers.map(({ name, tier, state, kept, shortUnits, spend, endsOn, claimedMinor, ...exit }) => [
            { text: name },
            { text: t(`tier.${tier}`) },
            { text: t(`supplier-state.${state}`), tone: state === 'watch' ? ('soon' as const) : ('plain' as const) },
            {
              text:
                kept === null
                  ? t('supplier.not-measured')
                  : t('supplier.kept', { met: kept.numerator, of: kept.denominator }),
            },
            { text: speech.number(shortUnits), value: shortUnits },
            { text: amounts(spend, speech) },
            { text: amounts(claimedMinor ?? [], speech) },
            { text: endsOn === null ? '–' : speech.day(daysAfter(endsOn, -1)) },
            exitCell({ tier, ...exit }, speech),
          ]),
          more: null,
        },
        ...forumTable(forums, speech),
      ],
      notes: [t('notes.suppliers')],
    }
  },
})

function amounts(of: Facts['suppliers'][number]['spend'], speech: SectionSpeech): string {
  return speech.list(of.map(({ amountMinor, currency }) => speech.money(amountMinor, currency))) || '–'
}

/** How things would go on without it: nobody knows, somebody wrote it down, or it was tried. */
function exitCell(
  { tier, exitPlan, exitPlanTriedOn }: Pick<Facts['suppliers'][number], 'tier' | 'exitPlan' | 'exitPlanTriedOn'>,
  speech: SectionSpeech,
): BlockCell {
  const t = sectionWords(speech)
  if (exitPlan === undefined) return { text: '–' }
  if (!exitPlan) return { text: t('supplier.exit-none'), tone: tier === 'critical' ? 'miss' : 'soon' }
  if (exitPlanTriedOn === undefined || exitPlanTriedOn === null)
    return { text: t('supplier.exit-untried'), tone: 'soon' }
  return { text: t('supplier.exit-tried', { date: speech.day(exitPlanTriedOn) }) }
}

function forumTable(forums: NonNullable<Facts['forums']>, speech: SectionSpeech): readonly Block[] {
  if (forums.length === 0) return []
  const t = sectionWords(speech)
  return [
    {
      kind: 'table',
      caption: t('supplier.forums'),
      columns: [
        { head: t('head.supplier'), weight: 2.4 },
        { head: t('head.forum'), weight: 3 },
        { head: t('head.held'), weight: 1.4, align: 'right' },
        { head: t('head.last-held'), weight: 1.6 },
        { head: t('head.next'), weight: 1.6 },
        { head: t('head.open-actions'), weight: 2 },
      ],
      rows: forums.map(({ supplier, name, planned, held, lastOn, nextOn, open, overdue }) => [
        { text: supplier },
        { text: name },
        {
          text: planned === 0 ? t('supplier.not-measured') : t('supplier.kept', { met: held, of: planned }),
          tone: held < planned ? ('soon' as const) : ('plain' as const),
        },
        lastOn === null ? { text: '–', value: null } : dayCell(lastOn, speech),
        nextOn === null ? { text: '–', value: null } : dayCell(nextOn, speech),
        {
          text: t('supplier.actions', { open, overdue }),
          tone: overdue > 0 ? ('miss' as const) : ('plain' as const),
        },
      ]),
      more: null,
    },
  ]
}

type About = Required<Pick<Facts['suppliers'][number], 'exitPlan' | 'exitPlanTriedOn' | 'claimedMinor'>>

/** Of each supplier whether there is an exit plan, and what was claimed back from it for the customer. */
async function aboutSuppliers(
  db: Db,
  { customerId, ids, since }: { readonly customerId: string; readonly ids: readonly string[]; readonly since: string },
): Promise<ReadonlyMap<string, About>> {
  const { rows } = await sql<About & { readonly id: string }>`
    select s.id, s.exit_plan is not null as "exitPlan", s.exit_plan_tried_on::text as "exitPlanTriedOn",
      coalesce((select json_agg(json_build_object('currency', currency, 'amountMinor', amount) order by currency) from (
        select c.currency, sum(coalesce(l.recovered_minor, l.amount_minor))::bigint as amount from supplier_claim l
        join supplier_contract c on c.id = l.supplier_contract_id
        where c.supplier_id = s.id and c.customer_id = ${customerId} and l.state <> 'refused' and l.month >= ${since}
        group by 1) claimed), '[]') as "claimedMinor"
    from supplier s where s.id = any(${ids}::uuid[])`.execute(db)
  return new Map(rows.map(({ id, ...about }) => [id, about]))
}

/** The forums that govern them: held of planned in three months, the last and the next meeting, what is to be done. */
async function forumsWith(
  db: Db,
  { customerId, asOf, ids }: { readonly customerId: string; readonly asOf: Date; readonly ids: readonly string[] },
): Promise<NonNullable<Facts['forums']>> {
  const { rows } = await sql<NonNullable<Facts['forums']>[number]>`
    select s.name as supplier, f.name,
      count(r.id) filter (where r.planned_at < ${asOf} and r.planned_at >= ${asOf}::timestamptz - interval '3 months')::int as planned,
      count(r.id) filter (where r.planned_at < ${asOf} and r.planned_at >= ${asOf}::timestamptz - interval '3 months'
        and r.state = 'held')::int as held,
      (max(r.planned_at) filter (where r.state = 'held' and r.planned_at < ${asOf}) at time zone f.time_zone)::date::text as "lastOn",
      (min(r.planned_at) filter (where r.planned_at >= ${asOf}) at time zone f.time_zone)::date::text as "nextOn",
      (select count(*)::int from action a where a.forum_id = f.id and a.closed_at is null) as open,
      (select count(*)::int from action a where a.forum_id = f.id and a.closed_at is null
        and a.due < (${asOf}::timestamptz at time zone f.time_zone)::date) as overdue
    from forum f join supplier s on s.id = f.supplier_id left join forum_run r on r.forum_id = f.id
    where f.supplier_id = any(${ids}::uuid[]) and f.ended_at is null
      and (f.customer_id is null or f.customer_id = ${customerId})
    group by f.id, s.name order by s.name, f.name, f.id limit 60`.execute(db)
  return rows
}
