import { createHmac, timingSafeEqual } from 'node:crypto'

/** So far may the clock of a source be from ours, and so long may a message be on its way. */
const TOLERATED_SECONDS = 300

/**
 * Whether a message bears the signature of its source: `t=SECONDS,v1=HEX`, HMAC-SHA-256 of `SECONDS.BODY` by the shared
 * secret. A moment far from `now` is refused, so that what was overheard cannot be sent again later.
 */
export function isSigned(
  {
    signature,
    text,
    secret,
  }: { readonly signature: string | undefined; readonly text: string; readonly secret: string },
  now: Date,
): boolean {
  const [, seconds, hex] = /^t=(\d{1,12}),v1=([0-9a-f]{64})$/.exec(signature ?? '') ?? []
  if (seconds === undefined || hex === undefined) return false
  const expected = Buffer.from(signatureOf({ seconds, text, secret }), 'hex')
  const isIts = timingSafeEqual(Buffer.from(hex, 'hex'), expected)
  return isIts && Math.abs(now.getTime() / 1000 - Number(seconds)) <= TOLERATED_SECONDS
}

/** The signature in hexadecimal digits. */
export function signatureOf({
  seconds,
  text,
  secret,
}: {
  readonly seconds: string
  readonly text: string
  readonly secret: string
}): string {
  return createHmac('sha256', secret).update(`${seconds}.${text}`).digest('hex')
}
