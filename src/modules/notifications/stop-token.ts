import { timingSafeEqual } from 'node:crypto'
import { signer } from '#platform/seal.ts'

/** A guess of 128 bits takes longer than anybody waits. */
const MAC_BYTES = 16

/** Whose mails end by a link. */
export async function stopTokenOf(personId: string): Promise<string> {
  const sign = await signer('end of notification mails')
  return `${personId}.${sign(personId).subarray(0, MAC_BYTES).toString('base64url')}`
}

/** The person of such a token; null for one that we did not make. */
export async function personOfStopToken(token: string): Promise<string | null> {
  const [personId = '', mac = ''] = token.split('.')
  if (!/^[0-9a-f-]{36}$/.test(personId)) return null
  const sign = await signer('end of notification mails')
  const wanted = sign(personId).subarray(0, MAC_BYTES)
  const given = Buffer.from(mac, 'base64url')
  return given.length === wanted.length && timingSafeEqual(given, wanted) ? personId : null
}
