import { z } from 'zod'
import type { Endpoint, ReplyOf, RequestOf } from '#core/endpoint.ts'
import { newId } from '#core/id.ts'
import { askedEarly } from '#web/http/asked-early.ts'
import { CallFailure, failureOf } from '#web/http/call-failure.ts'
import { keeperFor } from '#web/http/kept-writes.ts'
import { signInAgain } from '#web/http/session-end.ts'

const API = '/api/v1'

/** As written in code (instants as dates) or as on the wire; what has a default may be left out. */
type Written<S> = S extends z.ZodType ? Either<z.input<S>, z.output<S>> : undefined

/** Each leaf in one form or the other; what may be missing in the first may be missing. */
type Either<In, Out> = In extends readonly (infer InItem)[]
  ? readonly Either<InItem, Out extends readonly (infer OutItem)[] ? OutItem : never>[]
  : In extends object
    ? { readonly [Name in keyof In]: Either<In[Name], Name extends keyof Out ? Out[Name] : never> }
    : In | Out

/** What a call carries: what its endpoint asks for, and nothing else. */
export type Sent<E extends Endpoint> = (E extends { readonly params: z.ZodType }
  ? { readonly params: RequestOf<E>['params'] }
  : unknown) &
  (E extends { readonly query: z.ZodType } ? { readonly query?: Partial<Written<E['query']>> } : unknown) &
  (E extends { readonly body: z.ZodType } ? { readonly body: Written<E['body']> } : unknown) &
  (E extends { readonly match: true } ? { /** The version that was read. */ readonly match: number } : unknown) & {
    /** Idempotency-Key of a write: with the same one it is done once, however often it is sent. */
    readonly key?: string
    /** Asked by the page and not by whoever sits there: they are not interrupted to sign in for it. */
    readonly byItself?: true
  }

interface AnySent {
  readonly params?: Readonly<Record<string, unknown>>
  readonly query?: Readonly<Record<string, unknown>>
  readonly body?: unknown
  readonly match?: number
  readonly key?: string | undefined
  readonly byItself?: true
}

let spoken = 'en'

/** In which language the server shall answer from now on. */
export function answerIn(language: string): void {
  spoken = language
}

/**
 * Asks the server. Fails with a {@link CallFailure}. When the session has ended, asks to sign in again over the page and
 * then repeats the call, so that nothing typed is lost. Without a network a write may be kept and sent later (kept-writes.ts).
 */
export async function call<E extends Endpoint>(
  endpoint: E,
  request: Sent<E>,
  signal?: AbortSignal,
): Promise<ReplyOf<E>> {
  const sent = request as AnySent
  const keeper = keeperFor(endpoint)
  const same = makesSomething(endpoint) ? `${urlOf(endpoint, request)} ${JSON.stringify(sent.body)}` : null
  const key = sent.key ?? (same === null ? undefined : unanswered.get(same)) ?? (keeper || same ? newId() : undefined)
  let response: Response
  try {
    response = await answered(endpoint, { ...sent, key }, signal)
    if (same !== null) unanswered.delete(same)
  } catch (thrown) {
    const away = thrown instanceof CallFailure && thrown.code === 'unreachable'
    if (away && same !== null && key !== undefined) unanswered.set(same, key)
    if (keeper === null || key === undefined || !away) throw thrown
    const { params = {}, body } = sent
    return (await keeper.keep({ endpoint, url: urlOf(endpoint, request), params, body, key })) as ReplyOf<E>
  }
  const mayAsk = endpoint.audience !== 'everybody' && sent.byItself !== true
  if (response.status === 401 && mayAsk && (await signInAgain())) {
    response = await answered(endpoint, { ...sent, key }, signal)
  }
  if (response.status === 204) return undefined as ReplyOf<E>
  const body = await readJson(response)
  if (!response.ok) throw failureOf(response.status, body, response.headers.get('retry-after'))
  return decoded(endpoint, response.status, body)
}

/** What was sent to make something and got no answer, with its key: sent again as it stands, it is made once. */
const unanswered = new Map<string, string>()

/** What a reply holds that is said once and must not be kept. */
const SECRETS = ['token', 'secret', 'link', 'codes', 'url'] as const

/** Whether sending it twice would make two. Replies are kept with their keys, so what tells a secret is sent without one. */
function makesSomething({ method, status, audience, reply }: Endpoint): boolean {
  const told = reply instanceof z.ZodObject ? Object.keys(reply.shape) : []
  return method === 'POST' && status === 201 && audience !== 'everybody' && !SECRETS.some((each) => told.includes(each))
}

/** The address of an endpoint, for a link that downloads, or a stream. */
export function urlOf<E extends Endpoint>(endpoint: E, request: Omit<Sent<E>, 'body' | 'match' | 'key'>): string {
  const { params = {}, query = {} } = request as AnySent
  const path = endpoint.path.replace(/:(\w+)/g, (_, name: string) => encodeURIComponent(String(params[name])))
  const search = new URLSearchParams()
  for (const [name, value] of Object.entries(query)) {
    for (const each of Array.isArray(value) ? value : [value]) {
      if (each !== undefined && each !== null)
        search.append(name, each instanceof Date ? each.toISOString() : String(each))
    }
  }
  return `${API}${path}${search.size > 0 ? `?${search}` : ''}`
}

/** Headers that every request carries. */
export function headersOf(match?: number): Record<string, string> {
  return {
    accept: 'application/json',
    'accept-language': spoken,
    ...(match !== undefined && { 'if-match': `"${match}"` }),
  }
}

async function answered(endpoint: Endpoint, sent: AnySent, signal?: AbortSignal): Promise<Response> {
  try {
    const early = await askedEarly(endpoint.method, urlOf(endpoint, sent))
    if (early !== null) return early
    return await fetch(urlOf(endpoint, sent), {
      method: endpoint.method,
      // A Date writes itself as ISO 8601, which is what an instant is on the wire.
      ...(endpoint.body && { body: JSON.stringify(sent.body) }),
      headers: {
        ...headersOf(sent.match),
        ...(endpoint.body && { 'content-type': 'application/json' }),
        ...(sent.key !== undefined && { 'idempotency-key': sent.key }),
      },
      ...(signal && { signal }),
    })
  } catch (thrown) {
    if (signal?.aborted) throw thrown
    throw new CallFailure({ status: 0, code: 'unreachable', message: '' })
  }
}

async function readJson(response: Response): Promise<unknown> {
  try {
    return await response.json()
  } catch {
    throw new CallFailure({ status: response.status, code: 'unreadable', message: '' })
  }
}

/**
 * What came, checked, with instants as Dates. Checking 50 incidents with their clocks takes 0.8 ms of processor time, and
 * tells a page that is older than its server from a defect.
 */
export function decoded<E extends Endpoint>(endpoint: E, status: number, body: unknown): ReplyOf<E> {
  const read = z.safeDecode(endpoint.reply, body)
  if (read.success) return read.data as ReplyOf<E>
  throw new CallFailure({ status, code: 'outdated', message: '' })
}
