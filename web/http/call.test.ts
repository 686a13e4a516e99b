import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { z } from 'zod'
import { endpoint, instant } from '#core/endpoint.ts'
import { CallFailure } from '#web/http/call-failure.ts'
import { answerIn, call, urlOf } from '#web/http/call.ts'
import { askBySigningIn } from '#web/http/session-end.ts'

const read = endpoint({
  method: 'GET',
  path: '/things/:id',
  summary: '',
  audience: 'signed-in',
  params: z.object({ id: z.string() }),
  query: z.object({ state: z.array(z.string()), since: instant, limit: z.coerce.number().default(50) }),
  reply: z.object({ id: z.string(), at: instant }),
})
const write = endpoint({
  method: 'PATCH',
  path: '/things/:id',
  summary: '',
  audience: 'signed-in',
  params: z.object({ id: z.string() }),
  body: z.object({ at: instant, name: z.string().default('') }),
  reply: z.null(),
  status: 204,
  match: true,
})

const thing = { id: 'a/b', at: '2026-11-10T09:42:00.000Z' }
let answers: Response[] = []
const asked = vi.fn<(url: string, init: RequestInit) => Promise<Response>>()

beforeEach(() => {
  asked.mockReset()
  asked.mockImplementation(async () => answers.shift() ?? Response.error())
  vi.stubGlobal('fetch', asked)
})
afterEach(() => {
  vi.unstubAllGlobals()
  askBySigningIn(null)
  answers = []
})

function says(status: number, body: unknown, headers: Record<string, string> = {}): Response {
  return new Response(body === undefined ? null : JSON.stringify(body), { status, headers })
}

test('what was not said is not sent, a list is the same name again, an instant is ISO 8601', () => {
  const at = new Date('2026-11-10T09:42:00Z')
  const url = urlOf(read, { params: { id: 'a/b' }, query: { state: ['new', 'on hold'], since: at } })
  expect(url).toBe('/api/v1/things/a%2Fb?state=new&state=on+hold&since=2026-11-10T09%3A42%3A00.000Z')
})

test('instants arrive as dates', async () => {
  answers = [says(200, thing)]
  const reply = await call(read, { params: { id: 'a/b' } })
  expect(reply.at).toEqual(new Date('2026-11-10T09:42:00Z'))
})

test('a write to something says which version was read, and in which language to answer', async () => {
  answers = [says(204, undefined)]
  answerIn('de')
  await call(write, { params: { id: '1' }, body: { at: new Date(0) }, match: 7 })
  expect(asked.mock.calls[0]![1]).toMatchObject({
    method: 'PATCH',
    body: '{"at":"1970-01-01T00:00:00.000Z"}',
    headers: { 'if-match': '"7"', 'accept-language': 'de', 'content-type': 'application/json' },
  })
})

test('a no brings its sentence, what is wrong where, and when to come again', async () => {
  const problem = {
    code: 'request.invalid',
    detail: 'Not so.',
    errors: [{ path: 'name', message: 'Too long.' }],
    requestId: 'r-1',
  }
  answers = [says(400, problem, { 'retry-after': '30' })]
  const failure = await call(read, { params: { id: '1' } }).catch((thrown: unknown) => thrown)
  expect(failure).toBeInstanceOf(CallFailure)
  expect(failure).toMatchObject({
    status: 400,
    code: 'request.invalid',
    message: 'Not so.',
    requestId: 'r-1',
    retryAfterSeconds: 30,
  })
  expect((failure as CallFailure).errors).toEqual(problem.errors)
})

test.each([
  ['no network', () => Promise.reject(new TypeError('Failed to fetch')), 'unreachable'],
  ['something else answers', () => Promise.resolve(new Response('<h1>Proxy</h1>', { status: 502 })), 'unreadable'],
  ['the answer is of another version', () => Promise.resolve(says(200, { id: 'a' })), 'outdated'],
])('%s is told apart', async (_, answer, code) => {
  asked.mockImplementation(answer)
  await expect(call(read, { params: { id: '1' } })).rejects.toMatchObject({ code })
})

test('when the session has ended, one question serves all calls, and each is repeated', async () => {
  const ask = vi.fn<() => Promise<boolean>>(async () => true)
  askBySigningIn(ask)
  const refused = () => says(401, { code: 'sign-in.needed', detail: 'Sign in first.' })
  answers = [refused(), refused(), says(200, thing), says(200, thing)]
  const replies = await Promise.all([call(read, { params: { id: '1' } }), call(read, { params: { id: '2' } })])
  expect(replies).toHaveLength(2)
  expect(ask).toHaveBeenCalledOnce()
})

test('whoever does not sign in again gets the refusal', async () => {
  askBySigningIn(async () => false)
  answers = [says(401, { code: 'sign-in.needed', detail: 'Sign in first.' })]
  await expect(call(read, { params: { id: '1' } })).rejects.toMatchObject({ status: 401, code: 'sign-in.needed' })
})

test('what was made although its answer was lost is not made again: sent once more, it has the same key', async () => {
  const make = endpoint({
    method: 'POST',
    path: '/things',
    summary: '',
    audience: 'signed-in',
    body: z.object({ name: z.string() }),
    reply: z.object({ id: z.string() }),
    status: 201,
  })
  const keyOf = (time: number) => (asked.mock.calls[time]![1].headers as Record<string, string>)['idempotency-key']
  asked.mockRejectedValueOnce(new TypeError('Failed to fetch'))
  await expect(call(make, { body: { name: 'a' } })).rejects.toMatchObject({ code: 'unreachable' })
  answers = [says(201, { id: '1' }), says(201, { id: '2' })]
  await call(make, { body: { name: 'a' } })
  await call(make, { body: { name: 'a' } })
  expect(keyOf(0)).toEqual(expect.any(String))
  expect(keyOf(1)).toBe(keyOf(0))
  expect(keyOf(2)).not.toBe(keyOf(0))
})
