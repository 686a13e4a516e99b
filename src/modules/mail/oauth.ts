import { z } from 'zod'
import type { Db } from '#platform/context.ts'
import { type AccountRow, openSecrets, sealSecrets } from './account.ts'
import { TokenRefused, TokenServerAway } from './problem.ts'

/** What a server of mails is given to let us in. */
export type Credentials = { readonly user: string } & ({ readonly pass: string } | { readonly accessToken: string })

const granted = z.object({
  access_token: z.string().min(1),
  expires_in: z.coerce.number().positive().optional(),
  refresh_token: z.string().min(1).optional(),
})
type Granted = z.output<typeof granted>

const TIMEOUT_MS = 20_000
/** A provider that does not say how long a token holds is asked anew each time. */
const MINUTE_MS = 60_000

interface Access {
  /** Of what it was granted for: the account as it was then. */
  readonly for: string
  readonly token: Promise<string>
  /** When it is too old to begin anything with. */
  until: number
}

/** Access tokens of accounts, by their ids; whoever asks meanwhile waits for the one that is being granted. */
const accesses = new Map<string, Access>()

/** To be called when a server did not let us in: what was granted may have been taken back before its time. */
export function forgetAccess(accountId: string): void {
  accesses.delete(accountId)
}

/**
 * The password, or an access token for the refresh token (RFC 6749, 6): one that was granted before for as long as it holds.
 * A provider may give another refresh token with it, and take the old one no more; it is kept in its place.
 *
 * @param db As the program, outside of a transaction: what a provider gave is not given again.
 */
export async function credentialsOf(db: Db, { id }: Pick<AccountRow, 'id'>): Promise<Credentials> {
  // As it is now: the refresh token may be another than when somebody read the account.
  const account = await db.selectFrom('mailAccount').selectAll().where('id', '=', id).executeTakeFirstOrThrow()
  const { userName: user, signIn, oauthTokenUrl, oauthClientId, oauthClientSecret, oauthScope } = account
  if (signIn === 'password') return { user, pass: (await openSecrets(account)).secret }
  const granting = JSON.stringify([user, oauthTokenUrl, oauthClientId, oauthClientSecret, oauthScope])
  const known = accesses.get(id)
  if (known !== undefined && known.for === granting && known.until > Date.now())
    return { user, accessToken: await known.token }
  const access: Access = {
    for: granting,
    token: grant(db, account, (until) => (access.until = until)),
    until: Infinity,
  }
  accesses.set(id, access)
  try {
    return { user, accessToken: await access.token }
  } catch (error) {
    if (accesses.get(id) === access) accesses.delete(id)
    throw error
  }
}

async function grant(db: Db, account: AccountRow, onHolds: (until: number) => void): Promise<string> {
  const { id, secret: sealed } = account
  const { secret, oauthClientSecret } = await openSecrets(account)
  const answer = await ask(account, { secret, clientSecret: oauthClientSecret })
  const { access_token: token, expires_in: seconds = 0, refresh_token: next } = answer
  if (next !== undefined && next !== secret) {
    await db
      .updateTable('mailAccount')
      .set(await sealSecrets(id, { secret: next }))
      .where('id', '=', id)
      // Unless somebody typed in another meanwhile.
      .where('secret', '=', sealed)
      .execute()
  }
  onHolds(Date.now() + seconds * 1000 - MINUTE_MS)
  return token
}

async function ask(
  { oauthTokenUrl, oauthClientId, oauthScope }: AccountRow,
  { secret, clientSecret }: { readonly secret: string; readonly clientSecret: string | null },
): Promise<Granted> {
  const answer = await fetch(oauthTokenUrl!, {
    method: 'POST',
    headers: { accept: 'application/json' },
    body: new URLSearchParams({
      grant_type: 'refresh_token',
      refresh_token: secret,
      client_id: oauthClientId!,
      ...(clientSecret !== null && { client_secret: clientSecret }),
      ...(oauthScope && { scope: oauthScope }),
    }),
    redirect: 'error',
    signal: AbortSignal.timeout(TIMEOUT_MS),
  }).catch((error: unknown) => {
    const { cause, message } = error as { readonly cause?: { readonly message?: string }; readonly message: string }
    throw new TokenServerAway(`${new URL(oauthTokenUrl!).host}: ${cause?.message || message}`)
  })
  const body: unknown = await answer.json().catch(() => null)
  const token = granted.safeParse(body)
  if (answer.ok && token.success) return token.data
  const said = (body as { readonly error?: unknown } | null)?.error
  if (answer.status >= 500 && typeof said !== 'string')
    throw new TokenServerAway(`${new URL(oauthTokenUrl!).host}: HTTP ${answer.status}`)
  throw new TokenRefused(typeof said === 'string' ? said : `HTTP ${answer.status}`)
}
