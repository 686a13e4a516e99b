import { createTransport, type Transporter } from 'nodemailer'
import type { Db } from '#platform/context.ts'
import type { AccountRow } from './account.ts'
import { credentialsOf } from './oauth.ts'

const TIMEOUT_MS = 20_000

/** Signs in to the account's server for sending when it is used. Only for an account that has one. */
export async function openSender(db: Db, account: AccountRow): Promise<Transporter> {
  const { user, ...secret } = await credentialsOf(db, account)
  return createTransport({
    host: account.smtpHost!,
    port: account.smtpPort!,
    secure: account.smtpSecurity === 'tls',
    requireTLS: account.smtpSecurity === 'starttls',
    ignoreTLS: account.smtpSecurity === 'none',
    auth: 'pass' in secret ? { user, pass: secret.pass } : { type: 'OAuth2', user, accessToken: secret.accessToken },
    connectionTimeout: TIMEOUT_MS,
    greetingTimeout: TIMEOUT_MS,
    socketTimeout: 3 * TIMEOUT_MS,
    // A mail says what we wrote: nothing is fetched for it from files or from the network.
    disableFileAccess: true,
    disableUrlAccess: true,
  })
}
