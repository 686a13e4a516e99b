import { afterEach, expect, test, vi } from 'vitest'
import { afterRefusal, keepWrite, keptWrites, openOutbox, type Sent, sendKept } from '#web/app/outbox.ts'

afterEach(() => vi.unstubAllGlobals())

const write = (id: string, text: string) => ({
  id,
  personId: 'ada',
  url: '/api/v1/incidents/1/notes',
  body: { text },
  what: 'note' as const,
  about: 'NHL-1',
  at: new Date(Date.UTC(2026, 10, 10, 9, Number(id))),
  refusal: null,
})
const answers = (...replies: (Response | Error)[]) => {
  const asked = vi.fn<(url: string, init: RequestInit) => Promise<Response>>(async () => {
    const reply = replies.shift() ?? new Error('none left')
    if (reply instanceof Error) throw reply
    return reply
  })
  vi.stubGlobal('fetch', asked)
  return asked
}

test('what was written without a network is sent in order, under its own key, and stays while there is none', async () => {
  await openOutbox('ada')
  await keepWrite(write('2', 'second'))
  await keepWrite(write('1', 'first'))
  // Pressed twice.
  await keepWrite(write('3', 'first'))
  expect(keptWrites().map(({ id }) => id)).toEqual(['1', '2'])

  answers(new TypeError('Failed to fetch'))
  const told: [string, Sent][] = []
  await sendKept(({ id }, sent) => told.push([id, sent]))
  expect(told).toEqual([])
  expect(keptWrites()).toHaveLength(2)

  const refusal = new Response(JSON.stringify({ code: 'incident.closed', detail: 'It is closed.' }), { status: 422 })
  const asked = answers(new Response('{}', { status: 201 }), refusal)
  await sendKept(({ id }, sent) => told.push([id, sent]))
  expect(told).toEqual([
    ['1', 'done'],
    ['2', 'refused'],
  ])
  expect(asked.mock.calls.map(([, init]) => (init.headers as Record<string, string>)['idempotency-key'])).toEqual([
    '1',
    '2',
  ])
  expect(keptWrites()).toMatchObject([{ id: '2', refusal: 'It is closed.' }])
})

test.each([
  [401, '{"detail":"Sign in."}', 'later'],
  [503, 'Bad gateway', 'later'],
  [404, '<h1>Captive portal</h1>', 'later'],
  [409, '{"detail":"Taken."}', 'refused'],
])('an answer of %i, %s: %s', (status, text, sent) => {
  expect(afterRefusal(status, text).sent).toBe(sent)
})
