import { z } from 'zod'
import { type AccountRow, openSecrets } from './account.ts'
import { TokenRefused } from './problem.ts'

/** What a server of mails is given to let us in. */
export type Credentials = { readonly user: string } & ({ readonly pass: string } | { readonly accessToken: string })

const granted = z.object({ access_token: z.string().min(1) })
const TIMEOUT_MS = 20_000

/** The password, or a fresh access token for the refresh token (RFC 6749, 6). */
export async function credentialsOf(account: AccountRow): Promise<Credentials> {
  const { secret, oauthClientSecret } = await openSecrets(account)
  const { userName: user, signIn, oauthTokenUrl, oauthClientId, oauthScope } = account
  if (signIn === 'password') return { user, pass: secret }
  const answer = await fetch(oauthTokenUrl!, {
    method: 'POST',
    headers: { accept: 'application/json' },
    body: new URLSearchParams({
      grant_type: 'refresh_token',
      refresh_token: secret,
      client_id: oauthClientId!,
      ...(oauthClientSecret !== null && { client_secret: oauthClientSecret }),
      ...(oauthScope && { scope: oauthScope }),
    }),
    redirect: 'error',
    signal: AbortSignal.timeout(TIMEOUT_MS),
  })
  const body: unknown = await answer.json().catch(() => null)
  const token = granted.safeParse(body)
  if (answer.ok && token.success) return { user, accessToken: token.data.access_token }
  const said = body as { readonly error?: unknown } | null
  throw new TokenRefused(typeof said?.error === 'string' ? said.error : `HTTP ${answer.status}`)
}
