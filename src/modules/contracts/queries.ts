import { type RawBuilder, sql } from 'kysely'
import { type ContractDates, endOf, termDays } from '#core/contract-dates.ts'
import { Failure, notFound } from '#core/failure.ts'
import { localAt } from '#core/zone.ts'
import { requireCustomer } from '#modules/customers'
import type { Context, Db } from '#platform/context.ts'
import { keyOf, pageFrom } from '#platform/paging.ts'
import type { Contract, ContractsQuery } from './api.ts'
import type { ContractState } from './lifecycle.ts'

type Version = Contract['versions'][number]

/** The local date at a customer's. */
export function todayOf(zone: string, now: Date): string {
  return new Date(localAt(zone, now.getTime())).toISOString().slice(0, 10)
}

/** Far enough that every day of a contract is before it. */
const ALWAYS = '9999-01-01'

function contracts(db: Db) {
  return db
    .selectFrom('contract')
    .innerJoin('customer', 'customer.id', 'contract.customerId')
    .select(['contract.id', 'contract.customerId', 'contract.number', 'contract.title', 'contract.state'])
    .select(['contract.currency', 'contract.startsOn', 'contract.createdAt', 'contract.version'])
    .select(['customer.name as customerName', 'customer.timeZone'])
    .select(versions.as('versions'))
}

const namesIn = (table: 'service' | 'site') =>
  sql.raw(`coalesce((select json_agg(json_build_object('id', t.id, 'name', t.name)
  order by t.name) from ${table} t where t.id = any(v.${table}_ids)), '[]')`)

const versions: RawBuilder<Version[]> = sql`coalesce((select json_agg(json_build_object(
    'id', v.id, 'number', v.number, 'validFrom', v.valid_from, 'validTo', v.valid_to, 'endsOn', v.ends_on,
    'noticeDays', v.notice_days, 'options', v.options, 'services', ${namesIn('service')}, 'sites', ${namesIn('site')},
    'governingLaw', v.governing_law, 'note', v.note, 'signedOn', v.signed_on) order by v.number desc)
  from contract_version v where v.contract_id = contract.id), '[]')`

export type ContractRow = Awaited<ReturnType<ReturnType<typeof contracts>['execute']>>[number]

/** The version that holds on a day; before the first the first, after the last the last. */
export function versionOn(all: readonly Version[], day: string): Version | undefined {
  return all.find(({ validFrom }) => validFrom <= day) ?? all.at(-1)
}

export function datesOf(
  { startsOn, versions: all }: Pick<ContractRow, 'startsOn' | 'versions'>,
  day: string,
): ContractDates {
  const holds = versionOn(all, day)
  return { startsOn, endsOn: holds?.endsOn ?? null, noticeDays: holds?.noticeDays ?? 0, options: holds?.options ?? [] }
}

export function contractOf({ customerId, customerName, timeZone, ...row }: ContractRow, now: Date): Contract {
  const today = todayOf(timeZone, now)
  const dates = datesOf(row, today)
  const over = row.state === 'expired' || row.state === 'terminated'
  const next = over ? undefined : termDays(dates, today, ALWAYS)[0]
  return {
    ...row,
    state: row.state as ContractState,
    customer: { id: customerId, name: customerName },
    endsOn: endOf(dates),
    nextDay: next === undefined ? null : { ...next, kind: next.kind as 'notice' },
  }
}

/** `GET /contracts`. */
export async function listContracts(
  { db, now }: Context,
  { customer, state, limit, cursor }: ContractsQuery,
): Promise<{ items: Contract[]; nextCursor: string | null }> {
  const after = keyOf(cursor, ['string', 'id'])
  const customerId = customer === undefined ? null : (await requireCustomer(db, customer)).id
  const rows = await contracts(db)
    .$if(customerId !== null, (query) => query.where('contract.customerId', '=', customerId!))
    .$if(state !== undefined, (query) => query.where('contract.state', '=', state!))
    .$if(after !== undefined, (query) =>
      query.where(sql<boolean>`(lower(contract.title), contract.id) > (${after?.[0]}, ${after?.[1]}::uuid)`),
    )
    .orderBy(sql`lower(contract.title)`)
    .orderBy('contract.id')
    .limit(limit + 1)
    .execute()
  const found = pageFrom(rows, limit, ({ title, id }) => [title.toLowerCase(), id])
  return { items: found.items.map((row) => contractOf(row, now)), nextCursor: found.nextCursor }
}

/** Those in sight, for what is reckoned over all of them. */
export async function contractsFor(
  db: Db,
  { customerId, id }: { readonly customerId?: string | undefined; readonly id?: string | undefined },
): Promise<readonly ContractRow[]> {
  return contracts(db)
    .$if(customerId !== undefined, (query) => query.where('contract.customerId', '=', customerId!))
    .$if(id !== undefined, (query) => query.where('contract.id', '=', id!))
    .where('contract.state', 'not in', ['expired', 'terminated'])
    .execute()
}

/** A contract in sight. Throws when there is none. */
export async function requireContract(db: Db, id: string): Promise<ContractRow> {
  const row = await contracts(db).where('contract.id', '=', id).executeTakeFirst()
  if (row === undefined) throw notFound('contract.not-found')
  return row
}

export async function readContract({ db, now }: Context, id: string): Promise<Contract> {
  return contractOf(await requireContract(db, id), now)
}

/** Holds it until the transaction ends, at the version that was read. */
export async function lockContract(db: Db, id: string, version?: number): Promise<ContractRow> {
  const row = await contracts(db).where('contract.id', '=', id).forUpdate('contract').executeTakeFirst()
  if (row === undefined) throw notFound('contract.not-found')
  if (version !== undefined && row.version !== version) throw new Failure('moved-on', 'request.moved-on')
  return row
}
