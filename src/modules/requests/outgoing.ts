import { createHmac } from 'node:crypto'
import { lookup } from 'node:dns/promises'
import { request as requestPlain } from 'node:http'
import { request as requestSecure } from 'node:https'
import { BlockList, isIP } from 'node:net'

/** Addresses that only we reach: a call there could make this program a way into our own network. */
const within = new BlockList()
for (const [network, bits] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
] as const)
  within.addSubnet(network, bits, 'ipv4')
for (const [network, bits] of [
  ['::', 96],
  ['64:ff9b::', 96],
  ['fc00::', 7],
  ['fe80::', 10],
  ['ff00::', 8],
] as const)
  within.addSubnet(network, bits, 'ipv6')

/** Whether an address lies in a network of our own, or is none at all. */
export function isPrivate(address: string): boolean {
  const family = isIP(address)
  if (family === 0) return true
  // An address of the old kind in the clothes of the new one is what it is inside.
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1]
  if (mapped !== undefined) return within.check(mapped, 'ipv4')
  if (/^::ffff:/i.test(address)) return true
  return within.check(address, family === 6 ? 'ipv6' : 'ipv4')
}

/** Hosts that may lie in a network of our own and be called without TLS, as the operator says. */
export function allowedWithin(environment: NodeJS.ProcessEnv = process.env): ReadonlySet<string> {
  return new Set(
    (environment['PLUMBLINE_PRIVATE_CALLS'] ?? '').split(',').flatMap((host) => host.trim().toLowerCase() || []),
  )
}

/** By what the other side knows that it is us: of the moment and the body, by the secret that both have. */
export function signatureOf(secret: string, seconds: number, body: string): string {
  return `t=${seconds},v1=${createHmac('sha256', secret).update(`${seconds}.${body}`).digest('hex')}`
}

const LONGEST_MS = 15_000
const LARGEST = 65_536

export type Called =
  | { readonly status: number; readonly body: string }
  /** Never tried again: it is not allowed. */
  | { readonly forbidden: 'not-https' | 'private' | 'no-address' }

export interface Call {
  readonly url: string
  readonly body: string
  readonly headers: Readonly<Record<string, string>>
  readonly allowed: ReadonlySet<string>
  readonly signal: AbortSignal
}

/**
 * Posts a body by HTTPS; follows no redirection and reads 64 kB at most. Connects only to the address that was checked, so
 * that a name cannot mean another one the second time. Rejects when nobody answers within 15 s.
 */
export async function postOut({ url, body, headers, allowed, signal }: Call): Promise<Called> {
  const { protocol, hostname } = new URL(url)
  const host = hostname.replace(/^\[|\]$/g, '').toLowerCase()
  const isAllowed = allowed.has(host)
  if (protocol !== 'https:' && !isAllowed) return { forbidden: 'not-https' }
  const addresses = isIP(host) ? [{ address: host, family: isIP(host) }] : await lookup(host, { all: true })
  const chosen = isAllowed ? addresses[0] : addresses.find(({ address }) => !isPrivate(address))
  if (addresses.length === 0) return { forbidden: 'no-address' }
  if (chosen === undefined) return { forbidden: 'private' }
  const send = protocol === 'https:' ? requestSecure : requestPlain
  return new Promise((resolve, reject) => {
    const sent = send(
      url,
      {
        method: 'POST',
        headers: { ...headers, 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) },
        signal: AbortSignal.any([signal, AbortSignal.timeout(LONGEST_MS)]),
        agent: false,
        lookup: (_, options, answer) => {
          if (options.all === true) (answer as (...all: unknown[]) => void)(null, [chosen])
          else answer(null, chosen.address, chosen.family)
        },
      },
      (reply) => {
        let text = ''
        reply.setEncoding('utf8')
        reply.on('data', (part: string) => {
          if (text.length < LARGEST) text += part
          else reply.destroy()
        })
        reply.on('close', () => resolve({ status: reply.statusCode ?? 0, body: text.slice(0, LARGEST) }))
      },
    )
    sent.on('error', reject)
    sent.end(body)
  })
}
