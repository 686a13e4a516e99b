import { lookup } from 'node:dns'
import { request as httpRequest } from 'node:http'
import { request as httpsRequest } from 'node:https'
import { BlockList, isIP, type LookupFunction } from 'node:net'

const TIMEOUT_MS = 10_000

/** Addresses that are nobody's outside: networks of one's own, the machine itself, and what stands for them. */
const inward = new BlockList()
for (const [net, bits] of [
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
] as const) {
  inward.addSubnet(net, bits, 'ipv4')
}
for (const [net, bits] of [
  ['::', 127],
  ['64:ff9b::', 96],
  ['fc00::', 7],
  ['fe80::', 10],
  ['ff00::', 8],
] as const) {
  inward.addSubnet(net, bits, 'ipv6')
}

/** Whether an IP address lies within a private network, is the machine's own, or is none that one could call. */
export function isInward(address: string): boolean {
  const family = isIP(address)
  return family === 0 || inward.check(address, family === 6 ? 'ipv6' : 'ipv4')
}

/** An address that somebody gave us leads into a private network. */
export class InwardAddress extends Error {
  override readonly name = 'InwardAddress'
}

/** Looks a name up and refuses what leads inside: at the moment of the connection, so that no second answer slips in. */
const outwardLookup: LookupFunction = (host, options, done) => {
  lookup(host, { ...options, all: true }, (error, found) => {
    const addresses = found as unknown as readonly { address: string; family: number }[]
    if (error !== null) return done(error, '', 4)
    const inside = addresses.find(({ address }) => isInward(address))
    if (inside !== undefined) return done(new InwardAddress(`${host} is ${inside.address}`), '', 4)
    if (options.all) return done(null, [...addresses])
    return done(null, addresses[0]!.address, addresses[0]!.family)
  })
}

interface Posted {
  readonly headers: Readonly<Record<string, string>>
  readonly body: Buffer
  /** Lets it go to a private network, and unencrypted. */
  readonly inside?: boolean
}

/**
 * Posts to an address that somebody gave us, and says with which status it was answered; what else was answered is not
 * read. Redirections are not followed. Throws an {@link InwardAddress} for a private network.
 */
export async function postOutward(url: string, { headers, body, inside = false }: Posted): Promise<number> {
  const { protocol, hostname } = new URL(url)
  const host = hostname.replace(/^\[|\]$/g, '')
  if (!inside && (protocol !== 'https:' || (isIP(host) !== 0 && isInward(host)))) throw new InwardAddress(host)
  const request = protocol === 'https:' ? httpsRequest : httpRequest
  return new Promise((resolve, reject) => {
    const sent = request(
      url,
      {
        method: 'POST',
        headers: { ...headers, 'content-length': String(body.length) },
        timeout: TIMEOUT_MS,
        ...(!inside && { lookup: outwardLookup }),
      },
      (answer) => {
        answer.resume()
        resolve(answer.statusCode ?? 0)
      },
    )
    sent.on('timeout', () => sent.destroy(new Error(`${host} does not answer in time`)))
    sent.on('error', reject)
    sent.end(body)
  })
}
