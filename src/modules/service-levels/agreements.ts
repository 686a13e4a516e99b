import { sql } from 'kysely'
import { Failure, notFound, refused } from '#core/failure.ts'
import { newId } from '#core/id.ts'
import { barredFromManaging, require } from '#core/may.ts'
import { requireCustomer } from '#modules/customers'
import { requireService } from '#modules/services'
import { explaining } from '#platform/constraint.ts'
import type { Context, Db } from '#platform/context.ts'
import { audit, record } from '#platform/history.ts'
import { keyOf, pageFrom } from '#platform/paging.ts'
import { containing } from '#platform/text-search.ts'
import { defaultTerms, type Terms } from './agreement.ts'
import type { Agreement, AgreementVersion, NewAgreement, NewAgreementVersion } from './api.ts'
import { requireCalendar } from './calendars.ts'
import { partyOf, standBehind } from './chains.ts'
import { storedFulfilment } from './fulfilment.ts'
import { insertTargets, targetOf, type TargetRow } from './targets.ts'

const versionsOf = sql<readonly VersionRow[]>`(
  select coalesce(jsonb_agg(jsonb_build_object(
    'id', v.id, 'number', v.number, 'state', v.state, 'validFrom', v.valid_from, 'validTo', v.valid_to,
    'calendarId', v.calendar_id, 'calendarName', (select c.name from calendar c where c.id = v.calendar_id),
    'serviceIds', v.service_ids, 'terms', v.terms,
    'targets', (select coalesce(jsonb_agg(jsonb_build_object(
        'metric', t.metric, 'priority', t.priority, 'targetSeconds', t.target_seconds, 'attainmentBp', t.attainment_bp,
        'expectedBp', t.expected_bp, 'minimumBp', t.minimum_bp, 'service', t.service_id, 'category', t.category,
        'siteType', t.site_type, 'reported', t.reported, 'days', t.days, 'reading', t.day_reading
      ) order by t.position, t.metric desc, t.priority), '[]') from target t where t.agreement_version_id = v.id)
  ) order by v.number desc), '[]')
  from agreement_version v where v.agreement_id = agreement.id
)`.as('versions')

type VersionRow = Omit<AgreementVersion, 'validFrom' | 'validTo' | 'targets'> & {
  readonly validFrom: string
  readonly validTo: string | null
  readonly targets: readonly TargetRow[]
}

function selectAgreements(db: Db) {
  return db
    .selectFrom('agreement')
    .innerJoin('customer', 'customer.id', 'agreement.customerId')
    .select([
      'agreement.id',
      'agreement.customerId',
      'customer.name as customerName',
      'agreement.name',
      'agreement.type',
      'agreement.version',
      versionsOf,
    ])
}

export interface AgreementFilter {
  readonly q?: string | undefined
  readonly customer?: string | undefined
  readonly limit: number
  readonly cursor?: string | undefined
}

/** By name. */
export async function listAgreements(
  db: Db,
  { q, customer, limit, cursor }: AgreementFilter,
): Promise<{ items: Agreement[]; nextCursor: string | null }> {
  const after = keyOf(cursor, ['string', 'id'])
  const customerId = customer === undefined ? undefined : (await requireCustomer(db, customer)).id
  const rows = await selectAgreements(db)
    .$if(q !== undefined, (query) => query.where('agreement.name', 'ilike', containing(q!)))
    .$if(customerId !== undefined, (query) => query.where('agreement.customerId', '=', customerId!))
    .$if(after !== undefined, (query) =>
      query.where(sql<boolean>`(lower(agreement.name), agreement.id) > (${after![0]}, ${after![1]}::uuid)`),
    )
    .orderBy(sql`lower(agreement.name)`)
    .orderBy('agreement.id')
    .limit(limit + 1)
    .execute()
  return pageFrom(rows.map(agreementOf), limit, ({ name, id }) => [name.toLowerCase(), id])
}

export async function getAgreement(db: Db, id: string): Promise<Agreement> {
  const row = await selectAgreements(db).where('agreement.id', '=', id).executeTakeFirst()
  if (!row) throw notFound('agreement.not-found', { agreement: id })
  return agreementOf(row)
}

/** @param number Of its first version; another than 1 where those before it were deleted. */
export async function addAgreement(
  context: Context,
  { name, customer: customerName, activate, type = 'sla', party, behind = [], ...terms }: NewAgreement,
  number = 1,
): Promise<Agreement> {
  require(barredFromManaging(context.actor))
  const { db, now } = context
  const customer = await requireCustomer(db, customerName)
  const promising = await partyOf(db, { type, party })
  const id = newId(now.getTime())
  await explaining({ agreement_name: 'agreement.name-taken' }, { name }, () =>
    db
      .insertInto('agreement')
      .values({ id, customerId: customer.id, name, ...promising, createdAt: now })
      .execute(),
  )
  await standBehind(db, { id, customerId: customer.id, type }, behind)
  const versionId = await insertVersion(context, { agreementId: id, customerId: customer.id, type, number }, terms)
  await audit(context, {
    action: 'agreement.added',
    subjectType: 'agreement',
    subjectId: id,
    customerId: customer.id,
    facts: { name },
  })
  if (activate) await activateVersion(context, id, versionId)
  return getAgreement(db, id)
}

/** @param as The version's number, above all others; the next one unless given. */
export async function addAgreementVersion(
  context: Context,
  id: string,
  version: number,
  terms: NewAgreementVersion,
  as?: number,
): Promise<Agreement> {
  require(barredFromManaging(context.actor))
  const { db } = context
  const agreement = await lockAgreement(db, id, version)
  const number = as ?? Math.max(0, ...agreement.versions.map((each) => each.number)) + 1
  await insertVersion(context, { ...ofVersion(agreement), number }, terms)
  await audit(context, { action: 'agreement.version-added', ...about(agreement), facts: { number } })
  return getAgreement(db, id)
}

export async function changeAgreementVersion(
  context: Context,
  id: string,
  { versionId, version }: { readonly versionId: string; readonly version: number },
  terms: NewAgreementVersion,
): Promise<Agreement> {
  require(barredFromManaging(context.actor))
  const { db } = context
  const agreement = await lockAgreement(db, id, version)
  const draft = agreement.versions.find((each) => each.id === versionId)
  if (!draft) throw notFound('agreement.not-found', { agreement: versionId })
  if (draft.state !== 'draft') throw refused('agreement.active')
  await db.deleteFrom('agreementVersion').where('id', '=', versionId).execute()
  await insertVersion(context, { ...ofVersion(agreement), number: draft.number, id: versionId }, terms)
  await audit(context, { action: 'agreement.version-changed', ...about(agreement), facts: { number: draft.number } })
  return getAgreement(db, id)
}

export async function activateAgreementVersion(
  context: Context,
  id: string,
  { versionId, version }: { readonly versionId: string; readonly version: number },
): Promise<Agreement> {
  require(barredFromManaging(context.actor))
  const agreement = await lockAgreement(context.db, id, version)
  if (!agreement.versions.some((each) => each.id === versionId))
    throw notFound('agreement.not-found', { agreement: versionId })
  await activateVersion(context, id, versionId)
  return getAgreement(context.db, id)
}

/** Puts a version in force from its beginning on; the one that held then ends there. Clocks follow in the background. */
export async function activateVersion(context: Context, id: string, versionId: string): Promise<void> {
  const { db, now, actor } = context
  const agreement = await getAgreement(db, id)
  const chosen = agreement.versions.find((each) => each.id === versionId)!
  if (!['draft', 'negotiating', 'agreed'].includes(chosen.state)) throw refused('agreement.active')
  if (chosen.targets.length === 0 && chosen.terms.fulfilment.length === 0) throw refused('agreement.no-targets')
  const later = agreement.versions.find((each) => each.state === 'active' && each.validFrom >= chosen.validFrom)
  if (later) {
    const { timeZone: zone } = await requireCustomer(db, agreement.customerId)
    throw refused('agreement.overlaps', { number: later.number, from: later.validFrom.toISOString(), zone })
  }
  await requireNoTwin(db, versionId)
  await db
    .updateTable('agreementVersion')
    // One that was to end before stays ended then: nobody was promised anything in between.
    .set((set) => ({ state: 'superseded', validTo: set.fn<Date>('least', ['validTo', set.val(chosen.validFrom)]) }))
    .where('agreementId', '=', id)
    .where('state', '=', 'active')
    .execute()
  await db
    .updateTable('agreementVersion')
    .set({ state: 'active', activatedAt: now, activatedBy: actor.personId })
    .where('id', '=', versionId)
    .execute()
  await moveOn(db, id)
  const facts = { number: chosen.number, validFrom: chosen.validFrom }
  await audit(context, { action: 'agreement.activated', ...about(agreement), facts })
  // What stands behind another agreement counts no clocks of the customer's, only its own of what is open.
  const kind = agreement.type === 'sla' ? 'agreement.activated' : 'agreement.behind-changed'
  await record(context, { kind, ...about(agreement), facts })
}

/** Of two agreements a service's own holds before one for all, then the later one: from the same day on neither would be. */
async function requireNoTwin(db: Db, versionId: string): Promise<void> {
  const { rows } = await sql<{ readonly agreement: string; readonly customer: string }>`
    select a.name as agreement, c.name as customer
    from agreement_version v join agreement_version o on o.customer_id = v.customer_id and o.agreement_id <> v.agreement_id
      join agreement a on a.id = o.agreement_id join customer c on c.id = o.customer_id
    where v.id = ${versionId} and v.type = 'sla' and o.type = 'sla' and o.state = 'active' and o.valid_from = v.valid_from
      and (o.service_ids && v.service_ids or (o.service_ids = '{}' and v.service_ids = '{}'))
    limit 1`.execute(db)
  const [twin] = rows
  if (twin) throw refused('agreement.twin', { ...twin })
}

async function insertVersion(
  { db, now }: Context,
  {
    agreementId,
    customerId,
    type,
    number,
    id = newId(now.getTime()),
  }: { agreementId: string; customerId: string; type: string; number: number; id?: string },
  { calendar, validFrom, services, terms, targets }: NewAgreementVersion,
): Promise<string> {
  const { id: calendarId } = await requireCalendar(db, customerId, calendar)
  const serviceIds: string[] = []
  for (const service of services) serviceIds.push((await requireService(db, customerId, service)).id)
  const { fulfilment = [], ...others } = withoutUndefined(terms)
  const complete: Terms = {
    ...defaultTerms,
    ...others,
    fulfilment: await storedFulfilment(db, fulfilment, { customerId, calendarId }),
  }
  await db
    .insertInto('agreementVersion')
    .values({
      id,
      agreementId,
      customerId,
      type,
      number,
      validFrom,
      terms: JSON.stringify(complete),
      calendarId,
      serviceIds,
      createdAt: now,
    })
    .execute()
  await insertTargets(db, targets, { versionId: id, customerId, calendarId, now })
  await moveOn(db, agreementId)
  return id
}

/** Whoever read the agreement before this has read another one. */
export async function moveOn(db: Db, agreementId: string): Promise<void> {
  await db
    .updateTable('agreement')
    .set((set) => ({ version: set('version', '+', 1) }))
    .where('id', '=', agreementId)
    .execute()
}

function withoutUndefined<T extends object>(value: T): { [Key in keyof T]: Exclude<T[Key], undefined> } {
  return Object.fromEntries(Object.entries(value).filter(([, each]) => each !== undefined)) as never
}

export async function lockAgreement(db: Db, id: string, version: number): Promise<Agreement> {
  await db.selectFrom('agreement').select('id').where('id', '=', id).forUpdate().execute()
  const agreement = await getAgreement(db, id)
  if (agreement.version !== version) throw new Failure('moved-on', 'request.moved-on')
  return agreement
}

/** What a version has of its agreement. */
function ofVersion({ id, customerId, type }: Agreement) {
  return { agreementId: id, customerId, type }
}

/** What facts about an agreement are filed under. */
export function about(agreement: Agreement) {
  return { subjectType: 'agreement', subjectId: agreement.id, customerId: agreement.customerId }
}

function agreementOf(
  row: Omit<Agreement, 'versions' | 'type'> & { type: string; versions: readonly VersionRow[] },
): Agreement {
  return {
    ...row,
    type: row.type as Agreement['type'],
    versions: row.versions.map((version) => ({
      ...version,
      // What was not yet said when a version was written is as usual.
      terms: { ...defaultTerms, ...version.terms },
      targets: version.targets.map(targetOf),
      validFrom: new Date(version.validFrom),
      validTo: version.validTo === null ? null : new Date(version.validTo),
    })),
  }
}
