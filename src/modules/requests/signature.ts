import { createHmac } from 'node:crypto'

/** By what the other side knows that it is us: of the moment and the body, by the secret that both have. */
export function signatureOf(secret: string, seconds: number, body: string): string {
  return `t=${seconds},v1=${createHmac('sha256', secret).update(`${seconds}.${body}`).digest('hex')}`
}
