import { lookup } from 'node:dns/promises'
import { request as requestPlain, type IncomingMessage } from 'node:http'
import { request as requestEncrypted } from 'node:https'
import { BlockList, isIP, isIPv4 } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'
import { sql } from 'kysely'
import type { Db } from '#platform/context.ts'

/** Why a call had no answer. */
export type CallProblem =
  /** No address that anybody could call. */
  | 'address'
  /** It leads into a network of our own, and nobody allowed that. */
  | 'private'
  /** Not encrypted, outside of our own networks. */
  | 'plain'
  | 'unknown-host'
  | 'timeout'
  | 'refused'
  | 'certificate'
  | 'lost'

/** Problems of an address that may never be called, however often it is tried. */
export const NOT_OUTSIDE: ReadonlySet<CallProblem> = new Set(['address', 'private', 'plain'])

/** A call that had no answer. */
export class CallRefused extends Error {
  override readonly name = 'CallRefused'
  readonly problem: CallProblem

  constructor(problem: CallProblem, detail = '') {
    super(detail)
    this.problem = problem
  }
}

export interface OutgoingCall {
  readonly url: string
  readonly method: 'POST'
  readonly headers: Readonly<Record<string, string>>
  readonly body: string | Buffer
  /** From the look-up of the name to the last byte, in milliseconds. */
  readonly timeoutMs: number
  /** Bytes of the answer that are read; what follows is left. */
  readonly answerBytes: number
  /** Networks of our own that may be called all the same, as `10.1.0.0/16` or `fd00::/8`. */
  readonly allowed: readonly string[]
}

export interface CallAnswer {
  readonly status: number
  /** As much of it as was read. */
  readonly text: string
}

/** Networks of our own that the settings let calls lead into. Read by the program. */
export async function allowedNetworks(db: Db): Promise<readonly string[]> {
  const { rows } = await sql<{ allowed: readonly string[] | null }>`
    select value -> 'outgoingNetworks' as allowed from setting where name = 'installation'`.execute(db)
  return rows[0]?.allowed ?? []
}

/** Nobody outside has an address in these (RFC 6890 and what came after it). */
const OWN_V4 = [
  '0.0.0.0/8',
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '172.16.0.0/12',
  '192.0.0.0/24',
  '192.0.2.0/24',
  '192.88.99.0/24',
  '192.168.0.0/16',
  '198.18.0.0/15',
  '198.51.100.0/24',
  '203.0.113.0/24',
  '224.0.0.0/3',
]
/** Of the addresses that are given out, 2000::/3, those that stand for something else. */
const OWN_V6 = ['2001::/23', '2001:db8::/32', '2002::/16', '3fff::/20']
/** Where clouds tell their machines' secrets; no setting opens these. */
const NEVER = ['169.254.0.0/16', 'fe80::/10', 'fd00:ec2::254/128', '100.100.100.200/32', '168.63.129.16/32']

const own = listOf([...OWN_V4, ...OWN_V6])
const never = listOf(NEVER)
const given = listOf(['2000::/3'])

function listOf(networks: readonly string[]): BlockList {
  const list = new BlockList()
  for (const network of networks) {
    const [address = '', bits] = network.split('/')
    list.addSubnet(address, Number(bits), familyOf(address))
  }
  return list
}

function familyOf(address: string): 'ipv4' | 'ipv6' {
  return isIPv4(address) ? 'ipv4' : 'ipv6'
}

/**
 * What an address is to us: outside, in a network of our own that was allowed, or none that may be called. An IPv4 address
 * that is written as one of IPv6 is what it stands for.
 */
export function standingOf(address: string, allowed: readonly string[] = []): 'outside' | 'allowed' | 'barred' {
  const plain = plainAddress(address)
  const family = familyOf(plain)
  if (isIP(plain) === 0 || never.check(plain, family)) return 'barred'
  if (allowed.length > 0 && listOf(allowed).check(plain, family)) return 'allowed'
  if (own.check(plain, family)) return 'barred'
  return family === 'ipv4' || given.check(plain, family) ? 'outside' : 'barred'
}

/** Without a zone, and an IPv4 address as such also where it is mapped into IPv6. */
function plainAddress(address: string): string {
  const bare = address.replace(/%.*$/, '')
  if (isIP(bare) !== 6) return bare
  // The URL's own reader writes it in one way, the last two groups in hexadecimal.
  const host = new URL(`http://[${bare}]`).hostname.slice(1, -1)
  const [, high, low] = /^::ffff:([\da-f]{1,4}):([\da-f]{1,4})$/.exec(host) ?? []
  if (high === undefined || low === undefined) return host
  const [one, other] = [Number.parseInt(high, 16), Number.parseInt(low, 16)]
  return [one >> 8, one & 255, other >> 8, other & 255].join('.')
}

/**
 * Calls an address of the web that somebody gave us. The name is looked up once, each of its addresses is judged, and the
 * connection goes to the one that was judged, so that no second look-up leads elsewhere. Follows no redirection. Throws
 * {@link CallRefused} when there is no answer; every status is an answer.
 */
export async function callOutside(call: OutgoingCall): Promise<CallAnswer> {
  const url = readUrl(call.url)
  const timer = new AbortController()
  const late = pause(call.timeoutMs, undefined, { signal: timer.signal }).then(
    () => Promise.reject(new CallRefused('timeout')),
    () => new Promise<never>(() => undefined),
  )
  try {
    const target = await Promise.race([resolved(url, call.allowed), late])
    return await Promise.race([sent(url, target, call, timer.signal), late])
  } finally {
    timer.abort()
  }
}

function readUrl(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : null
  const isWeb = url?.protocol === 'https:' || url?.protocol === 'http:'
  if (url === null || !isWeb || url.username !== '' || url.password !== '') throw new CallRefused('address')
  return url
}

interface Target {
  readonly address: string
  readonly family: 4 | 6
}

/** The address to connect to. One of several that may not be called is reason enough to call none. */
async function resolved(url: URL, allowed: readonly string[]): Promise<Target> {
  const host = url.hostname.replace(/^\[|\]$/g, '')
  const found = isIP(host)
    ? [host]
    : (await lookup(host, { all: true, order: 'verbatim' }).catch(() => [])).map(({ address }) => address)
  const [first] = found
  if (first === undefined) throw new CallRefused('unknown-host', host)
  const standings = found.map((address) => standingOf(address, allowed))
  if (standings.includes('barred')) throw new CallRefused('private', host)
  if (url.protocol === 'http:' && standings.includes('outside')) throw new CallRefused('plain', host)
  return { address: first, family: isIP(first) === 6 ? 6 : 4 }
}

function sent(url: URL, { address, family }: Target, call: OutgoingCall, signal: AbortSignal): Promise<CallAnswer> {
  const { method, headers, body, answerBytes } = call
  const request = url.protocol === 'https:' ? requestEncrypted : requestPlain
  return new Promise<CallAnswer>((resolve, reject) => {
    const fail = (error: NodeJS.ErrnoException) =>
      reject(new CallRefused(problemOf(error), error.code ?? error.message))
    const outgoing = request(url, {
      method,
      headers: { ...headers, 'content-length': String(Buffer.byteLength(body)) },
      // No connection of another call, and no look-up but the one that was judged.
      agent: false,
      lookup: (_, { all }, found) => {
        if (all) (found as unknown as (error: null, all: readonly Target[]) => void)(null, [{ address, family }])
        else found(null, address, family)
      },
      signal,
    })
    outgoing.on('error', fail)
    outgoing.on('response', (answer) => {
      const ended = read(answer, answerBytes).then((text) => ({ status: answer.statusCode ?? 0, text }))
      void ended.then(resolve, fail).finally(() => outgoing.destroy())
    })
    outgoing.end(body)
  })
}

async function read(answer: IncomingMessage, limit: number): Promise<string> {
  const parts: Buffer[] = []
  let size = 0
  for await (const part of answer as AsyncIterable<Buffer>) {
    parts.push(part)
    size += part.length
    if (size >= limit) break
  }
  return Buffer.concat(parts).subarray(0, limit).toString('utf8')
}

function problemOf({ code = '' }: NodeJS.ErrnoException): CallProblem {
  if (['ECONNREFUSED', 'EHOSTUNREACH', 'ENETUNREACH'].includes(code)) return 'refused'
  if (code === 'ETIMEDOUT') return 'timeout'
  if (/CERT|SELF_SIGNED|TLS|SSL|ISSUER|EPROTO|ALTNAME/.test(code)) return 'certificate'
  return 'lost'
}
