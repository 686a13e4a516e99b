import { sql } from 'kysely'
import { invalid, notFound, refused } from '#core/failure.ts'
import { barredFromInside } from '#core/may.ts'
import { requireTeam } from '#modules/people'
import type { Context, Db } from '#platform/context.ts'
import { looksLikeId } from '#platform/text-search.ts'
import type { Agreement, NewAgreement } from './api.ts'

/** Who promises, as it is stored. Refuses a party that does not fit the type. */
export async function partyOf(
  db: Db,
  { type, party = {} }: { readonly type: Agreement['type']; readonly party: NewAgreement['party'] },
): Promise<{ type: Agreement['type']; partyTeamId: string | null; partySupplier: string | null }> {
  const { team, supplier } = party
  const fits =
    type === 'ola'
      ? team !== undefined && supplier === undefined
      : type === 'uc'
        ? supplier !== undefined
        : team === undefined && supplier === undefined
  if (!fits) throw invalid('agreement.party', { type }, { errors: [{ path: 'party', message: '' }] })
  const partyTeamId = team === undefined ? null : (await requireTeam(db, team)).id
  return { type, partyTeamId, partySupplier: supplier ?? null }
}

/** Puts an agreement behind others of its customer. */
export async function standBehind(
  db: Db,
  { id, customerId, type }: { readonly id: string; readonly customerId: string; readonly type: Agreement['type'] },
  behind: NonNullable<NewAgreement['behind']>,
): Promise<void> {
  if (behind.length > 0 && type === 'sla') throw refused('agreement.behind-itself')
  for (const [index, { agreement, step }] of behind.entries()) {
    const place = { errors: [{ path: `behind.${index}.agreement`, message: '' }] }
    const relying = await db
      .selectFrom('agreement')
      .select('id')
      .where('customerId', '=', customerId)
      .where((where) =>
        looksLikeId(agreement)
          ? where('id', '=', agreement.toLowerCase())
          : where(sql`lower(name)`, '=', agreement.trim().toLowerCase()),
      )
      .executeTakeFirst()
    if (!relying) throw notFound('agreement.not-found', { agreement })
    if (relying.id === id) throw refused('agreement.behind-itself', {}, place)
    if (await standsBehind(db, relying.id, id)) throw refused('agreement.behind-in-circles', { agreement }, place)
    await db
      .insertInto('agreementSupport')
      .values({ agreementId: relying.id, supportedBy: id, customerId, step })
      .onConflict((conflict) => conflict.columns(['agreementId', 'supportedBy']).doUpdateSet({ step }))
      .execute()
  }
}

/** Whether an agreement stands behind another, through others as well: a chain never comes back to where it began. */
async function standsBehind(db: Db, id: string, relying: string): Promise<boolean> {
  const { rows } = await sql`
    with recursive behind (id) as (
      select supported_by from agreement_support where agreement_id = ${relying}
      union select s.supported_by from agreement_support s join behind on behind.id = s.agreement_id
    ) select from behind where id = ${id}`.execute(db)
  return rows.length > 0
}

/** Agreements with who promises and what relies on them, for the provider's people. */
export async function withSides<Shown extends Agreement>(
  { db, actor }: Pick<Context, 'db' | 'actor'>,
  agreements: readonly Shown[],
): Promise<Shown[]> {
  if (barredFromInside(actor) !== null || agreements.every(({ type }) => type === 'sla')) return [...agreements]
  const ids = agreements.map(({ id }) => id)
  const parties = await db
    .selectFrom('agreement')
    .leftJoin('team', 'team.id', 'agreement.partyTeamId')
    .select(['agreement.id', 'agreement.partyTeamId', 'agreement.partySupplier', 'team.name as team'])
    .where('agreement.id', 'in', ids)
    .execute()
  const relying = await db
    .selectFrom('agreementSupport')
    .innerJoin('agreement', 'agreement.id', 'agreementSupport.agreementId')
    .select(['agreementSupport.supportedBy', 'agreement.id', 'agreement.name', 'agreementSupport.step'])
    .where('agreementSupport.supportedBy', 'in', ids)
    .orderBy(sql`lower(agreement.name)`)
    .execute()
  return agreements.map((agreement) => {
    const found = parties.find(({ id }) => id === agreement.id)
    if (agreement.type === 'sla' || found === undefined) return agreement
    const { partyTeamId, team, partySupplier: supplier } = found
    return {
      ...agreement,
      party: { team: partyTeamId === null || team === null ? null : { id: partyTeamId, name: team }, supplier },
      behind: relying
        .filter(({ supportedBy }) => supportedBy === agreement.id)
        .map(({ id, name, step }) => ({ id, name, step })),
    }
  })
}

/** An agreement behind another, with the version of it that holds now or, before that, the newest. */
export interface Supporting {
  readonly agreementId: string
  readonly versionId: string
  readonly name: string
  readonly type: 'ola' | 'uc'
  readonly step: number
  readonly partyTeamId: string | null
  readonly partySupplier: string | null
}

/** What stands behind an agreement at a moment, in the order of its steps. */
export async function readSupporting(db: Db, agreementId: string, at: Date): Promise<readonly Supporting[]> {
  const { rows } = await sql<Supporting>`
    select a.id as agreement_id, v.id as version_id, a.name, a.type, s.step, a.party_team_id, a.party_supplier
    from agreement_support s join agreement a on a.id = s.supported_by
      cross join lateral (
        select v.id from agreement_version v where v.agreement_id = a.id
        order by v.state in ('active', 'superseded', 'expired', 'terminated') and v.valid_from <= ${at}
          and (v.valid_to is null or v.valid_to > ${at}) desc, v.number desc limit 1
      ) v
    where s.agreement_id = ${agreementId} order by s.step, lower(a.name), a.id`.execute(db)
  return rows
}
