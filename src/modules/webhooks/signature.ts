import { createHmac, randomBytes } from 'node:crypto'

/*
 * The scheme of Standard Webhooks 1.0 (standardwebhooks.com): symmetric, HMAC-SHA256 over id, moment and body.
 */

const PREFIX = 'whsec_'
const SECRET_BYTES = 32

/** A secret as the receiver enters it: `whsec_` and base64. */
export function newWebhookSecret(): string {
  return PREFIX + randomBytes(SECRET_BYTES).toString('base64')
}

export interface Signed {
  readonly id: string
  readonly at: Date
  readonly body: string
}

/** The headers that tell a receiver what it is, when it was sent and that we sent it: one signature for each secret. */
export function signedHeaders({ id, at, body }: Signed, secrets: readonly string[]): Record<string, string> {
  const moment = String(Math.floor(at.getTime() / 1000))
  const signatures = secrets.map((secret) => {
    const key = Buffer.from(secret.slice(PREFIX.length), 'base64')
    return `v1,${createHmac('sha256', key).update(`${id}.${moment}.${body}`).digest('base64')}`
  })
  return { 'webhook-id': id, 'webhook-timestamp': moment, 'webhook-signature': signatures.join(' ') }
}
