import { createCipheriv, createECDH, createPrivateKey, hkdfSync, randomBytes, sign } from 'node:crypto'
import { signer } from '#platform/seal.ts'

/*
 * Web push: RFC 8291 (what is sent can be read by that browser alone) in the encoding of RFC 8188, and RFC 8292 (who sends
 * it). The installation's key pair follows from its secret key, so that nothing more has to be kept.
 */

const CURVE = 'prime256v1'
const RECORD_BYTES = 4096
const TAG_BYTES = 16
const HOUR_S = 3600

/** What a browser gives to whoever may reach it; keys in base64url. */
export interface Subscription {
  readonly endpoint: string
  readonly p256dh: string
  readonly auth: string
}

async function ownKeys() {
  const privateKey = (await signer('web push'))('key')
  const ecdh = createECDH(CURVE)
  ecdh.setPrivateKey(privateKey)
  return { privateKey, publicKey: ecdh.getPublicKey() }
}

/** The installation's public key, in base64url, that a browser wants to know when it subscribes. */
export async function webPushKey(): Promise<string> {
  return (await ownKeys()).publicKey.toString('base64url')
}

/**
 * The body that the browser of a subscription can read. Throws when its key is none.
 *
 * @param once Random, for this message alone; given only to know the result beforehand.
 */
export function sealForBrowser(
  text: string,
  { p256dh, auth }: Pick<Subscription, 'p256dh' | 'auth'>,
  once: { readonly salt: Buffer; readonly privateKey?: Buffer } = { salt: randomBytes(16) },
): Buffer {
  const theirs = Buffer.from(p256dh, 'base64url')
  const ecdh = createECDH(CURVE)
  if (once.privateKey === undefined) ecdh.generateKeys()
  else ecdh.setPrivateKey(once.privateKey)
  const ours = ecdh.getPublicKey()
  const bytes = (key: Buffer, salt: Buffer, info: Buffer, length: number) =>
    Buffer.from(hkdfSync('sha256', key, salt, info, length))
  const both = Buffer.concat([Buffer.from('WebPush: info\0'), theirs, ours])
  const key = bytes(ecdh.computeSecret(theirs), Buffer.from(auth, 'base64url'), both, 32)
  const cipher = createCipheriv(
    'aes-128-gcm',
    bytes(key, once.salt, Buffer.from('Content-Encoding: aes128gcm\0'), 16),
    bytes(key, once.salt, Buffer.from('Content-Encoding: nonce\0'), 12),
  )
  // One record, the last: so says the two at its end.
  const plain = Buffer.concat([Buffer.from(text), Buffer.of(2)])
  if (plain.length + TAG_BYTES > RECORD_BYTES) throw new RangeError('A push message has one record.')
  const head = Buffer.alloc(5)
  head.writeUInt32BE(RECORD_BYTES)
  head.writeUInt8(ours.length, 4)
  return Buffer.concat([once.salt, head, ours, cipher.update(plain), cipher.final(), cipher.getAuthTag()])
}

/** The `Authorization` for a push service: signed for it alone, for an hour. @param contact Of who runs this, a URL. */
export async function pushAuthorization(endpoint: string, contact: string, now: Date): Promise<string> {
  const { privateKey, publicKey } = await ownKeys()
  const coordinate = (from: number) => publicKey.subarray(from, from + 32).toString('base64url')
  const key = createPrivateKey({
    format: 'jwk',
    key: { kty: 'EC', crv: 'P-256', d: privateKey.toString('base64url'), x: coordinate(1), y: coordinate(33) },
  })
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')
  const claims = {
    aud: new URL(endpoint).origin,
    exp: Math.floor(now.getTime() / 1000) + HOUR_S,
    // A service may refuse a sender that names no address which could be called.
    ...(contact.startsWith('https:') && { sub: contact }),
  }
  const text = `${part({ typ: 'JWT', alg: 'ES256' })}.${part(claims)}`
  const signature = sign('sha256', Buffer.from(text), { key, dsaEncoding: 'ieee-p1363' })
  return `vapid t=${text}.${signature.toString('base64url')}, k=${publicKey.toString('base64url')}`
}
