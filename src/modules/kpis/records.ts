import { type RawBuilder, sql } from 'kysely'
import { PERFORMANCE_MINIMUM } from '#core/small-groups.ts'
import { languageOf, type Language } from '#core/text.ts'
import { requireCustomer } from '#modules/customers'
import { counting } from '#platform/confidential.ts'
import type { Context, Db } from '#platform/context.ts'
import type { KpiRecords, RecordsQuery } from './api.ts'
import { readFigures, requireFigure } from './figures.ts'
import { ofAmounts } from './library.ts'
import { teamSizes } from './series.ts'
import { inSlice, placed } from './slicing.ts'
import { nextMonth } from './source.ts'
import { sources } from './sources.ts'

const MOST = 200

const nothing: KpiRecords = { of: 'records', items: [], count: 0, numerator: 0, denominator: 0, truncated: false }

/**
 * `GET /kpis/:key/records`. What few may know of is counted like everything else; whoever must not know of it is told how
 * much it counted, and not what it is.
 */
export async function listRecords(
  context: Context,
  key: string,
  { customer, part, of, month }: RecordsQuery,
): Promise<KpiRecords> {
  const { db, now, actor } = context
  const { told } = requireFigure(await readFigures(context), key)
  const source = sources[key]
  if (source === undefined || source.records === 'answers') return nothing
  const enough = await teamSizes(db, part)
  if (enough !== null && (enough.get(of) ?? 0) < PERFORMANCE_MINIMUM) return nothing
  // Opinions of few would be told by what the others leave.
  if (customer === undefined) return told.minimum > 1 ? nothing : await byCustomer(db, key, { part, of, month })
  if ('slices' in source) return nothing
  const { id: customerId } = await requireCustomer(db, customer)
  const from = `${month}-01`
  const within = async () => {
    const all = await source.rows({ customerId, from, to: `${nextMonth(month)}-01` }, { db, now })
    return sql<Row>`${placed(all)} s where s.month = ${from}::date and ${inSlice(part, of)}`
  }
  if (source.records === 'results') return await counting(db, async () => bySite(db, await within()))
  const language = languageOf(actor.language)
  const { rows, found, known } = await counting(db, async () => {
    const counted = await sql<Row>`
      select s.record_id as id, s.n::float8 as n, s.d::float8 as d from ${await within()} order by n desc, s.record_id`.execute(
      db,
    )
    const single = counted.rows.filter(isOne)
    return { rows: counted.rows, found: single, known: await namesOf(db, idsOf(single), language) }
  })
  const shown = found.slice(0, MOST)
  const names = await namesOf(db, idsOf(shown), language)
  const contracts = source.records === 'obligations' ? await contractsOf(db, idsOf(shown)) : null
  const items = shown.map(({ id, n, d }) => ({
    id: known.has(id) && !names.has(id) ? null : id,
    name: '',
    about: '',
    ...names.get(id),
    within: contracts?.get(id) ?? null,
    numerator: n,
    denominator: d,
  }))
  return { of: 'records', items, count: found.length, ...sumOf(rows), truncated: found.length > MOST }
}

interface Row {
  readonly id: string | null
  readonly n: number
  readonly d: number
}

/** Whether it is of one record, and not of several at once. */
function isOne(row: Row): row is Row & { readonly id: string } {
  return row.id !== null
}

function idsOf(rows: readonly (Row & { readonly id: string })[]): readonly string[] {
  return rows.slice(0, MOST).map(({ id }) => id)
}

function sumOf(rows: readonly Pick<Row, 'n' | 'd'>[]) {
  return {
    numerator: rows.reduce((sum, { n }) => sum + n, 0),
    denominator: rows.reduce((sum, { d }) => sum + d, 0),
  }
}

/** Results are kept by month and place: each site leads on to its cases. */
async function bySite(db: Db, within: RawBuilder<unknown>): Promise<KpiRecords> {
  const { rows } = await sql<Row & { readonly name: string | null }>`
    select of_site.id, site.name, of_site.n, of_site.d
    from (select s.site_id as id, sum(s.n)::float8 as n, sum(s.d)::float8 as d from ${within} group by s.site_id) of_site
      left join site on site.id = of_site.id order by of_site.d desc, site.name`.execute(db)
  return { of: 'sites', ...named(rows) }
}

/** All together are the customers whose records the reader sees. */
async function byCustomer(
  db: Db,
  key: string,
  { part, of, month }: Pick<RecordsQuery, 'part' | 'of' | 'month'>,
): Promise<KpiRecords> {
  const { rows } = await sql<Row & { readonly name: string }>`
    select v.customer_id as id, c.name, v.numerator::float8 as n, v.denominator::float8 as d
    from kpi_value v join customer c on c.id = v.customer_id
    where v.kpi = ${key} and v.part = ${part} and v.key = ${part === 'customer' ? '' : of} and v.month = ${`${month}-01`}::date
      and (v.kpi <> all(${[...ofAmounts]}::text[]) or (select count(distinct currency) from contract) <= 1)
    order by v.denominator desc, c.name`.execute(db)
  return { of: 'customers', ...named(rows) }
}

function named(rows: readonly (Row & { readonly name: string | null })[]) {
  const items = rows.map(({ id, name, n, d }) => ({
    id,
    name: name ?? '',
    about: '',
    within: null,
    numerator: n,
    denominator: d,
  }))
  return { items, count: rows.length, ...sumOf(rows), truncated: false }
}

/** Of each obligation its contract. */
async function contractsOf(db: Db, ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
  if (ids.length === 0) return new Map()
  const rows = await db.selectFrom('obligation').select(['id', 'contractId']).where('id', 'in', ids).execute()
  return new Map(rows.map(({ id, contractId }) => [id, contractId]))
}

/** Whatever kind of record an id is of: what it is called. */
async function namesOf(db: Db, ids: readonly string[], language: Language) {
  if (ids.length === 0) return new Map<string, { name: string; about: string }>()
  const { rows } = await sql<{ readonly id: string; readonly name: string; readonly about: string }>`
    select id, number as name, title as about from incident where id = any(${ids}::uuid[])
    union all select e.id, i.number, e.reason from escalation e join incident i on i.id = e.incident_id where e.id = any(${ids}::uuid[])
    union all select m.id, i.number, i.title from major_incident m join incident i on i.id = m.incident_id where m.id = any(${ids}::uuid[])
    union all select d.id, s.name, d.cause from downtime d join service s on s.id = d.service_id where d.id = any(${ids}::uuid[])
    union all select id, name, '' from service where id = any(${ids}::uuid[])
    union all select id, title, language from article where id = any(${ids}::uuid[])
    union all select id, title, place from friction_point where id = any(${ids}::uuid[])
    union all select id, text, coalesce(owner_name, '') from action where id = any(${ids}::uuid[])
    union all select id, problem, '' from improvement where id = any(${ids}::uuid[])
    union all select r.id, f.name, (r.planned_at at time zone f.time_zone)::date::text from forum_run r join forum f on f.id = r.forum_id
      where r.id = any(${ids}::uuid[])
    union all select o.id, c.number, o.text from obligation o join contract c on c.id = o.contract_id where o.id = any(${ids}::uuid[])
    union all select id, number, title from contract where id = any(${ids}::uuid[])
    union all select id, title, '' from opportunity where id = any(${ids}::uuid[])
    union all select id, title, '' from contract_change where id = any(${ids}::uuid[])
    union all select s.id, c.number, to_char(s.month, 'YYYY-MM') from service_credit s join contract c on c.id = s.contract_id
      where s.id = any(${ids}::uuid[])
    union all select id, name, '' from supplier where id = any(${ids}::uuid[])
    union all select id, name, year::text from efficiency_base where id = any(${ids}::uuid[])
    union all select id, subject, caller_name from contact where id = any(${ids}::uuid[])
    union all select id, number, coalesce(name ->> ${language}, name ->> 'en', name ->> 'de', '') from request where id = any(${ids}::uuid[])`.execute(
    db,
  )
  return new Map(rows.map(({ id, name, about }) => [id, { name, about }]))
}
