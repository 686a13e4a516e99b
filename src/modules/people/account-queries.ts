import { type Insertable, sql, type Updateable } from 'kysely'
import type { DB } from '#db'
import type { Db } from '#platform/context.ts'

const columns = [
  'account.personId',
  'account.email',
  'account.passwordHash',
  'account.totpSecret',
  'account.totpConfirmedAt',
  'account.totpLastStep',
  'account.disabledAt',
  'person.name',
  'person.customerId',
] as const

function accounts(db: Db) {
  return db.selectFrom('account').innerJoin('person', 'person.id', 'account.personId').select(columns)
}

export type Account = NonNullable<Awaited<ReturnType<typeof findAccount>>>

/** Whoever signs in with this address. */
export async function findAccount(db: Db, email: string) {
  return accounts(db).where('account.email', '=', email).executeTakeFirst()
}

/** Somebody's account, locked until the transaction ends. */
export async function lockAccount(db: Db, personId: string): Promise<Account | undefined> {
  return accounts(db).where('account.personId', '=', personId).forUpdate('account').executeTakeFirst()
}

export async function insertAccount(db: Db, row: Insertable<DB['account']>): Promise<void> {
  await db.insertInto('account').values(row).execute()
}

export async function updateAccount(db: Db, personId: string, change: Updateable<DB['account']>): Promise<void> {
  await db.updateTable('account').set(change).where('personId', '=', personId).execute()
}

/** Secrets of one-time codes that lie in clear, locked until the transaction ends. */
export async function lockClearSecrets(db: Db): Promise<{ personId: string; totpSecret: string }[]> {
  return db
    .selectFrom('account')
    .select(['personId', 'totpSecret'])
    .$narrowType<{ totpSecret: string }>()
    .where('totpSecret', 'is not', null)
    .where('totpSecret', 'not like', 's1.%')
    .orderBy('personId')
    .forUpdate()
    .execute()
}

/** Whether the code of this time step is used for the first time; from now on it has been. */
export async function useTimeStep(db: Db, personId: string, step: number): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('account')
    .set({ totpLastStep: step })
    .where('personId', '=', personId)
    .where((where) => where.or([where('totpLastStep', 'is', null), where('totpLastStep', '<', step)]))
    .executeTakeFirst()
  return numUpdatedRows > 0n
}

export async function replaceRecoveryCodes(db: Db, personId: string, hashes: readonly Buffer[]): Promise<void> {
  await db.deleteFrom('recoveryCode').where('personId', '=', personId).execute()
  if (hashes.length === 0) return
  await db
    .insertInto('recoveryCode')
    .values(hashes.map((codeHash) => ({ codeHash, personId })))
    .execute()
}

/** Whether this was one of the person's codes, not used before; from now on it has been. */
export async function useRecoveryCode(db: Db, personId: string, codeHash: Buffer, now: Date): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('recoveryCode')
    .set({ usedAt: now })
    .where('codeHash', '=', codeHash)
    .where('personId', '=', personId)
    .where('usedAt', 'is', null)
    .executeTakeFirst()
  return numUpdatedRows > 0n
}

export async function countRecoveryCodes(db: Db, personId: string): Promise<number> {
  const { left } = await db
    .selectFrom('recoveryCode')
    .select(({ fn }) => fn.countAll<number>().as('left'))
    .where('personId', '=', personId)
    .where('usedAt', 'is', null)
    .executeTakeFirstOrThrow()
  return left
}

/** How far somebody has got with signing in. */
export type AccountState = 'none' | 'invited' | 'active' | 'disabled'

/** By person; whoever has no account is missing. */
export async function accountStates(
  db: Db,
  personIds: readonly string[],
): Promise<ReadonlyMap<string, { readonly account: AccountState; readonly twoFactor: boolean }>> {
  if (personIds.length === 0) return new Map()
  const rows = await db
    .selectFrom('account')
    .select((select) => [
      'personId',
      select('disabledAt', 'is not', null).as('disabled'),
      select
        .or([
          select('passwordHash', 'is not', null),
          select.exists(
            select.selectFrom('identity').select('identity.id').whereRef('identity.personId', '=', 'account.personId'),
          ),
        ])
        .as('accepted'),
      select('totpConfirmedAt', 'is not', null).as('twoFactor'),
    ])
    .where('personId', 'in', personIds)
    .execute()
  return new Map(
    rows.map(({ personId, disabled, accepted, twoFactor }) => [
      personId,
      { account: disabled ? 'disabled' : accepted ? 'active' : 'invited', twoFactor: Boolean(twoFactor) },
    ]),
  )
}

/** Administrators who can sign in: their role is in force, they have a password, nobody switched them off. */
function administrators(db: Db, now: Date) {
  return db
    .selectFrom('roleAssignment')
    .innerJoin('account', 'account.personId', 'roleAssignment.personId')
    .where('roleAssignment.role', '=', 'administrator')
    .where('roleAssignment.validFrom', '<=', now)
    .where('account.passwordHash', 'is not', null)
    .where('account.disabledAt', 'is', null)
}

export async function hasAdministrator(db: Db, now: Date): Promise<boolean> {
  const row = await administrators(db, now)
    .select(sql`1`.as('one'))
    .where((where) => where.or([where('validTo', 'is', null), where('validTo', '>', now)]))
    .limit(1)
    .executeTakeFirst()
  return row !== undefined
}

/**
 * People who administer without an end. Locked, in the same order for everybody, so that of two who remove each other the
 * second finds out that they are the last.
 */
export async function lockLastingAdministrators(db: Db, now: Date): Promise<readonly string[]> {
  const rows = await administrators(db, now)
    .select('roleAssignment.personId')
    .where('roleAssignment.validTo', 'is', null)
    .orderBy('roleAssignment.id')
    .forUpdate(['roleAssignment', 'account'])
    .execute()
  return rows.map(({ personId }) => personId)
}
