import type { Selectable } from 'kysely'
import type { DB } from '#db'
import type { Db } from '#platform/context.ts'
import { seal, unseal } from '#platform/seal.ts'

/** A mailbox as it is kept, its secrets sealed. */
export type AccountRow = Selectable<DB['mailAccount']>

/** What a secret of an account was sealed for. */
const purposeOf = (id: string, what: 'secret' | 'client secret') => `${what} of mail account ${id}`

/** Seals what is given; leaves open what is not. */
export async function sealSecrets(
  id: string,
  {
    secret,
    oauthClientSecret,
  }: { readonly secret?: string | undefined; readonly oauthClientSecret?: string | null | undefined },
): Promise<{ secret?: string; oauthClientSecret?: string | null }> {
  return {
    ...(secret !== undefined && { secret: await seal(secret, purposeOf(id, 'secret')) }),
    ...(oauthClientSecret !== undefined && {
      oauthClientSecret:
        oauthClientSecret === null ? null : await seal(oauthClientSecret, purposeOf(id, 'client secret')),
    }),
  }
}

/** The secrets in clear. Fails when the installation's key is another one. */
export async function openSecrets({ id, secret, oauthClientSecret }: AccountRow) {
  return {
    secret: await unseal(secret, purposeOf(id, 'secret')),
    oauthClientSecret:
      oauthClientSecret === null ? null : await unseal(oauthClientSecret, purposeOf(id, 'client secret')),
  }
}

/** All mailboxes, by address. */
export async function readAccounts(db: Db): Promise<AccountRow[]> {
  return db.selectFrom('mailAccount').selectAll().orderBy('address').execute()
}
