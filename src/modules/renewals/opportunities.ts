import { sql } from 'kysely'
import { Failure, invalid, notFound, refused } from '#core/failure.ts'
import { newId } from '#core/id.ts'
import { reachable } from '#core/lifecycle.ts'
import { barredFromTerms, require } from '#core/may.ts'
import { originOf, toldOrigin } from '#modules/actions'
import { requireContract } from '#modules/contracts'
import { requireCustomer } from '#modules/customers'
import type { Context } from '#platform/context.ts'
import { audit } from '#platform/history.ts'
import { workspaceOf } from '#platform/workspace.ts'
import type {
  NewEvidence,
  NewOpportunity,
  Opportunity,
  OpportunityMove,
  OpportunityState,
  WrittenOpportunity,
} from './api.ts'
import { opportunityLifecycle } from './lifecycle.ts'

interface EvidenceRow {
  readonly id: string
  readonly originKind: string
  readonly originId: string | null
  readonly originKey: string | null
  readonly originPart: string | null
  readonly originLabel: string | null
  readonly note: string | null
  readonly createdAt: string
}

const evidence = sql<EvidenceRow[]>`coalesce((select json_agg(json_build_object('id', e.id, 'originKind', e.origin_kind,
    'originId', e.origin_id, 'originKey', e.origin_key, 'originPart', e.origin_part, 'originLabel', e.origin_label,
    'note', e.note, 'createdAt', e.created_at) order by e.created_at, e.id)
  from opportunity_evidence e where e.opportunity_id = opportunity.id), '[]')`

function opportunities({ db }: Context) {
  return db
    .selectFrom('opportunity')
    .innerJoin('customer', 'customer.id', 'opportunity.customerId')
    .leftJoin('contract', 'contract.id', 'opportunity.contractId')
    .leftJoin('person', 'person.id', 'opportunity.ownerId')
    .select(['opportunity.id', 'opportunity.customerId', 'opportunity.number', 'opportunity.title'])
    .select(['opportunity.description', 'opportunity.state', 'opportunity.currency', 'opportunity.valueMinor'])
    .select(['opportunity.probabilityBp', 'opportunity.reason', 'opportunity.reasonNote', 'opportunity.againOn'])
    .select(['opportunity.settledAt', 'opportunity.createdAt', 'opportunity.version', 'customer.name as customerName'])
    .select(['contract.id as contractId', 'contract.number as contractNumber', 'contract.title as contractTitle'])
    .select(['person.id as ownerId', 'person.name as ownerName', evidence.as('evidence')])
}

type Row = Awaited<ReturnType<ReturnType<typeof opportunities>['execute']>>[number]

function opportunityOf({
  customerId,
  customerName,
  contractId,
  contractNumber,
  contractTitle,
  ownerId,
  ownerName,
  ...row
}: Row): Opportunity {
  return {
    ...row,
    state: row.state as OpportunityState,
    reason: row.reason as Opportunity['reason'],
    customer: { id: customerId, name: customerName },
    contract:
      contractId === null || contractNumber === null || contractTitle === null
        ? null
        : { id: contractId, number: contractNumber, title: contractTitle },
    owner: ownerId === null || ownerName === null ? null : { id: ownerId, name: ownerName },
    evidence: row.evidence.map(({ id, note, createdAt, ...from }) => ({
      id,
      origin: toldOrigin(from)!,
      note,
      createdAt: new Date(createdAt),
    })),
  }
}

/** At most so many are listed: a register that is longer is not looked through. */
const MOST = 500

export async function listOpportunities(
  context: Context,
  { customer }: { readonly customer?: string | undefined },
): Promise<Opportunity[]> {
  if (context.actor.access !== 'auditor') require(barredFromTerms(context.actor))
  const customerId = customer === undefined ? undefined : (await requireCustomer(context.db, customer)).id
  const rows = await opportunities(context)
    .$if(customerId !== undefined, (query) => query.where('opportunity.customerId', '=', customerId!))
    .orderBy(sql`opportunity.settled_at is not null`)
    .orderBy('opportunity.createdAt', 'desc')
    .orderBy('opportunity.id', 'desc')
    .limit(MOST)
    .execute()
  return rows.map(opportunityOf)
}

export async function readOpportunity(context: Context, id: string): Promise<Opportunity> {
  if (context.actor.access !== 'auditor') require(barredFromTerms(context.actor))
  const row = await opportunities(context).where('opportunity.id', '=', id).executeTakeFirst()
  if (row === undefined) throw notFound('opportunity.not-found')
  return opportunityOf(row)
}

export async function addOpportunity(
  context: Context,
  { customer, evidence: seen, contract, ...given }: NewOpportunity,
): Promise<Opportunity> {
  require(barredFromTerms(context.actor))
  const { db, now, actor } = context
  const { id: customerId } = await requireCustomer(db, customer)
  await requireSame(context, contract, customerId)
  const id = newId(now.getTime())
  // Two at once would take the same number.
  await sql`select pg_advisory_xact_lock(hashtextextended(${workspaceOf(db).lock(`opportunity ${customerId}`)}, 0))`.execute(
    db,
  )
  const number = sql<number>`(select coalesce(max(number), 0) + 1 from opportunity where customer_id = ${customerId})`
  const ownerId = sql<string | null>`(select id from person where id = ${actor.personId})`
  const of = { id, customerId, contractId: contract, number, ownerId, createdAt: now }
  await db
    .insertInto('opportunity')
    .values({ ...of, ...given })
    .execute()
  await tell(context, 'opportunity.added', { id, customerId })
  return seen === undefined ? readOpportunity(context, id) : addEvidence(context, id, { origin: seen, note: null })
}

/** A contract that is named has to be this customer's. */
async function requireSame(context: Context, contract: string | null, customerId: string): Promise<void> {
  if (contract === null) return
  const found = await requireContract(context.db, contract)
  if (found.customerId !== customerId) throw notFound('contract.not-found')
}

async function lock(context: Context, id: string, version?: number): Promise<Opportunity> {
  await context.db.selectFrom('opportunity').select('id').where('id', '=', id).forUpdate().execute()
  const kept = await readOpportunity(context, id)
  if (version !== undefined && kept.version !== version) throw new Failure('moved-on', 'request.moved-on')
  return kept
}

export async function writeOpportunity(
  context: Context,
  id: string,
  version: number,
  { contract, ...given }: WrittenOpportunity,
): Promise<Opportunity> {
  require(barredFromTerms(context.actor))
  const { customer, settledAt } = await lock(context, id, version)
  if (settledAt !== null) throw refused('opportunity.settled')
  await requireSame(context, contract, customer.id)
  await context.db
    .updateTable('opportunity')
    .set({ ...given, contractId: contract, version: version + 1 })
    .where('id', '=', id)
    .execute()
  await tell(context, 'opportunity.written', { id, customerId: customer.id })
  return readOpportunity(context, id)
}

/** Moves it on. Without evidence nothing is qualified, without a value nothing is proposed. */
export async function moveOpportunity(
  context: Context,
  id: string,
  version: number,
  { to, reason, note, againOn }: OpportunityMove,
): Promise<Opportunity> {
  require(barredFromTerms(context.actor))
  const { customer, state, evidence: seen, valueMinor } = await lock(context, id, version)
  if (!reachable(opportunityLifecycle, state).includes(to)) throw refused('opportunity.cannot', { state, to })
  if (to === 'qualified' && seen.length === 0) throw refused('opportunity.no-evidence')
  if (to === 'proposed' && valueMinor === null) throw refused('opportunity.no-value')
  const ends = to === 'won' || to === 'lost'
  const needs = ends || to === 'deferred'
  if (needs && reason === undefined)
    throw invalid('renewal.no-reason', {}, { errors: [{ path: 'reason', message: '' }] })
  if (to === 'deferred' && againOn === undefined)
    throw invalid('opportunity.no-day', {}, { errors: [{ path: 'againOn', message: '' }] })
  await context.db
    .updateTable('opportunity')
    .set({
      state: to,
      reason: needs ? reason! : null,
      reasonNote: needs ? (note ?? null) : null,
      againOn: to === 'deferred' ? againOn! : null,
      settledAt: ends ? context.now : null,
      version: version + 1,
    })
    .where('id', '=', id)
    .execute()
  await tell(context, 'opportunity.state', { id, customerId: customer.id, facts: { from: state, to } })
  return readOpportunity(context, id)
}

/** Links a record or a figure, read with the asker's own eyes, and of this customer. */
export async function addEvidence(context: Context, id: string, { origin, note }: NewEvidence): Promise<Opportunity> {
  require(barredFromTerms(context.actor))
  const { customer, settledAt } = await lock(context, id)
  if (settledAt !== null) throw refused('opportunity.settled')
  const { customerId: _whose, ...from } = await originOf(context, { origin, customer: customer.id })
  await context.db
    .insertInto('opportunityEvidence')
    .values({
      id: newId(context.now.getTime()),
      opportunityId: id,
      customerId: customer.id,
      ...from,
      originKind: from.originKind!,
      note,
      createdAt: context.now,
    })
    .execute()
  await tell(context, 'opportunity.evidence', { id, customerId: customer.id })
  return readOpportunity(context, id)
}

interface Told {
  readonly id: string
  readonly customerId: string
  readonly facts?: Readonly<Record<string, string>>
}

async function tell(context: Context, action: string, { id, customerId, facts }: Told): Promise<void> {
  await audit(context, { action, subjectType: 'opportunity', subjectId: id, customerId, ...(facts && { facts }) })
}
