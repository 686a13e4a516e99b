import { expect, test } from 'vitest'
import { testWorld } from './testing.ts'

/** What could only come from a person, in every place where somebody might put it. */
const PERSON = { name: 'Zora Geheimrat', email: 'zora.geheimrat@kunde.example', phone: '0171 5550123' }

test('whatever goes through the program, its log tells of requests and of no person', async () => {
  const lines: string[] = []
  const keep = (facts: object, message: string) => void lines.push(JSON.stringify({ ...facts, message }))
  const { call, work } = await testWorld({ log: { info: keep, warn: keep, error: keep } })
  const { body: customer } = await call('POST', '/customers', { name: PERSON.name })
  const text = `${PERSON.name} ${PERSON.email} ${PERSON.phone}`
  const declared = await call('POST', '/incidents', {
    customer: customer.id,
    title: text,
    description: text,
    impact: 'high',
    urgency: 'high',
    requester: PERSON.email,
  })
  const asked = [
    ['GET', `/incidents?q=${encodeURIComponent(text)}`],
    ['GET', `/incidents/${encodeURIComponent(PERSON.email)}`],
    ['GET', `/${encodeURIComponent(PERSON.email)}`],
    ['GET', `/people?q=${encodeURIComponent(PERSON.name)}`],
    ['POST', '/sign-in', { email: PERSON.email, password: PERSON.phone }],
    ['POST', '/incidents', { customer: PERSON.name, title: PERSON.name, impact: PERSON.phone, urgency: 'low' }],
    ['POST', `/incidents/${declared.body.id}/notes`, { text, visibility: 'internal' }],
    ['POST', '/people', { name: PERSON.name, email: PERSON.email, roles: [{ role: PERSON.phone }] }],
  ] as const
  const answers = await Array.fromAsync(asked, async ([method, path, body]) => (await call(method, path, body)).status)
  await work()

  expect(declared.status).toBe(201)
  expect(answers).not.toContain(500)
  expect(lines.length).toBeGreaterThanOrEqual(asked.length)
  expect(lines.join('\n')).not.toMatch(/zora|geheimrat|kunde\.example|5550123/i)
})
