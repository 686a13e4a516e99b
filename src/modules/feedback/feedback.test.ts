import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { randomUUID } from 'node:crypto'
import type { Actor } from '#platform/context.ts'
import { actorWith, inContext } from '#platform/testing.ts'
import { testWorld } from '../../testing.ts'
import { shuffle } from './anonymous.ts'

beforeAll(() => vi.stubEnv('PLUMBLINE_SECRET', Buffer.alloc(32, 7).toString('base64url')))
afterAll(() => vi.unstubAllEnvs())

/** A customer with a mailbox, a service, and an incident of Eva's that can be closed. */
async function world(survey: object = {}) {
  const here = await testWorld()
  const { call, database } = here
  const made = async (path: string, body: object) => {
    const reply = await call('POST', path, body)
    expect(reply.status, reply.text).toBe(201)
    return reply.body
  }
  const customer = await made('/customers', { name: 'Nordhafen', key: 'NHL', language: 'de' })
  const service = await made('/services', { customer: customer.id, name: 'Scanners' })
  const eva = await made('/people', { name: 'Eva', email: 'eva@nordhafen.example', customer: customer.id })
  await database.pool.query(
    `insert into mail_account (id, address, imap_host, imap_port, imap_security, smtp_host, smtp_port, smtp_security, user_name, sign_in, secret, paused, created_at)
     values ($1, 'desk@dienst.example', 'imap.example', 993, 'tls', 'smtp.example', 25, 'none', 'desk', 'password', 's1.x', false, now())`,
    [randomUUID()],
  )
  const asked = await made('/surveys', {
    name: 'After each incident',
    customer: customer.id,
    trigger: 'closed',
    scale: 'csat',
    anonymity: 'identified',
    ...survey,
  })
  const over = async (title = 'Scanner tot') => {
    const about = { customer: customer.id, service: service.id, title, impact: 'low', urgency: 'low' }
    const incident = await made('/incidents', { ...about, requester: 'eva@nordhafen.example' })
    for (const body of [{ to: 'resolved', note: 'Kabel getauscht' }, { to: 'closed' }]) {
      expect((await call('POST', `/incidents/${incident.id}/transitions`, body)).status).toBe(200)
    }
    await here.work()
    return incident
  }
  const mails = async () => {
    const { rows } = await database.pool.query<{ text: string; html: string; recipient: string }>(
      `select text, html, recipient from outgoing_mail where kind = 'survey' order by id`,
    )
    return rows
  }
  const keyIn = (text: string) => /\/answer\?score=4#([\w-]+)/.exec(text)![1]!
  const answer = (body: object) => call('POST', '/survey-answers', body, { as: null })
  return { ...here, made, customer, service, eva, asked, over, mails, keyIn, answer }
}

const asEva = (personId: string, customer: string): Actor => ({
  ...actorWith('customer', ['requester'], [customer]),
  personId,
  parts: [{ customerId: customer, siteId: null, serviceId: null, requesterId: personId }],
  whole: [],
})

test('whoever reported is asked when it is closed, answers by one click from the mail, adds to it, and counts once', async () => {
  const { call, over, mails, keyIn, answer, customer, eva, service } = await world()
  const incident = await over()
  const [mail] = await mails()
  expect(mail!.recipient).toBe('eva@nordhafen.example')
  const key = keyIn(mail!.text)
  expect(mail!.text).toContain(incident.number)
  // Where letters are drawn, each answer is a button with its number, and not an address to be read.
  const buttons = [...mail!.html.matchAll(/<a href="([^"]+)" style="[^"]+">([^<]+)<\/a>/g)]
  expect(buttons.map(([, , words]) => words)).toEqual(['1 (sehr unzufrieden)', '2', '3', '4', '5 (sehr zufrieden)'])
  expect(buttons[3]![1]).toContain(`/answer?score=4#${key}`)
  const seen = await call('POST', '/survey-answers/inspect', { key }, { as: null })
  expect(seen.body).toMatchObject({
    scale: 'csat',
    about: { number: incident.number },
    answered: false,
    customer: 'Nordhafen',
  })

  expect((await answer({ key, score: 9 })).body.code).toBe('survey.score')
  expect((await answer({ key, score: 2 })).body).toEqual({ more: true })
  const twice = await answer({ key, score: 5 })
  expect([twice.status, twice.body.code]).toEqual([422, 'survey.answered'])
  const more = { key, lostMinutes: 90, factors: ['speed'], text: 'Zu spät.', mayQuote: true, followUpWanted: true }
  expect((await call('POST', '/survey-answers/details', more, { as: null })).body).toEqual({ more: false })
  expect((await call('POST', '/survey-answers/details', more, { as: null })).body.code).toBe('survey.answered')

  expect((await call('GET', '/feedback/answers?followUp=true')).body.items).toMatchObject([
    {
      score: 2,
      lostMinutes: 90,
      text: 'Zu spät.',
      person: { id: eva.id },
      incident: { number: incident.number },
      service: { id: service.id },
    },
  ])
  const auditor = await call('GET', '/feedback/answers', undefined, { as: actorWith('auditor', ['auditor']) })
  expect([auditor.status, auditor.body.code]).toEqual([403, 'may.managers'])
  for (const as of [actorWith('customer', ['customer-stakeholder'], [customer.id]), asEva(eva.id, customer.id)]) {
    expect((await call('GET', '/feedback/answers', undefined, { as })).status).toBe(404)
  }
})

test('nobody is asked twice within a fortnight, and what is over or guessed gets a sentence', async () => {
  const { over, mails, keyIn, answer, at, call } = await world()
  await over()
  await over('Wieder tot')
  expect(await mails()).toHaveLength(1)
  at('2026-03-17T09:00Z')
  await over('Noch einmal tot')
  expect(await mails()).toHaveLength(2)
  const guessed = await answer({ key: 'x'.repeat(43), score: 3 })
  expect([guessed.status, guessed.body.code]).toEqual([404, 'survey-link.not-found'])
  at('2026-04-20T09:00Z')
  const late = await answer({ key: keyIn((await mails())[0]!.text), score: 3 })
  expect([late.status, late.body.code]).toEqual([422, 'survey.expired'])
  expect((await call('GET', '/reports/experience')).body.total).toMatchObject({ asked: 2, answers: 0 })
})

test('who answered confidentially is seen by no person, be it in the portal or by a look into the database', async () => {
  const { call, over, customer, eva, database } = await world({ anonymity: 'confidential' })
  await over()
  const as = asEva(eva.id, customer.id)
  const [invited] = (await call('GET', '/survey-invitations', undefined, { as })).body.items
  expect(invited).toMatchObject({ anonymity: 'confidential', scale: 'csat' })
  const somebody = asEva(randomUUID(), customer.id)
  expect((await call('GET', '/survey-invitations', undefined, { as: somebody })).body.items).toEqual([])
  const path = `/survey-invitations/${invited.id}/answer`
  expect((await call('POST', path, { score: 4 }, { as: somebody })).status).toBe(404)
  expect((await call('POST', path, { score: 4, text: 'Gut.' }, { as })).status).toBe(200)
  expect((await call('GET', '/survey-invitations', undefined, { as })).body.items).toEqual([])

  expect((await call('GET', '/feedback/answers')).body.items).toEqual([])
  expect((await call('GET', '/feedback/verbatims')).body).toMatchObject({ items: [], hidden: true })
  const staff = actorWith('staff', ['administrator', 'service-manager'])
  const looked = await inContext(database, ({ db }) => db.selectFrom('surveyAnswerIdentity').selectAll().execute(), {
    actor: staff,
  })
  expect(looked).toEqual([])
  const asking = inContext(database, ({ db }) => db.selectFrom('surveyInvitation').select('personId').execute(), {
    actor: staff,
  })
  await expect(asking).rejects.toThrow(/permission denied/)
})

test('an anonymous answer leads to nobody: not by a column, not by its moment, not by the order of its rows, not by when it counts', async () => {
  const { call, made, over, mails, keyIn, answer, asked, database, eva, customer } = await world({
    anonymity: 'anonymous',
  })
  await over()
  const [mail] = await mails()
  const key = keyIn(mail!.text)
  const given = { key, score: 3, text: 'Geht so.', sending: 'made-up-once' }
  expect((await answer(given)).body).toEqual({ more: false })
  expect((await answer(given)).body.code).toBe('survey.answered')
  const link = await made(`/surveys/${asked.id}/links`, { name: 'Tech Bar' })
  expect((await answer({ key: link.address.split('#').at(-1), score: 5 })).status).toBe(200)
  // Also where somebody is signed in who answers, and sends it so that it may be sent again.
  const signedIn = { as: asEva(eva.id, customer.id), headers: { 'idempotency-key': 'once' } }
  const again = { key: link.address.split('#').at(-1), score: 5 }
  expect((await call('POST', '/survey-answers', again, signedIn)).status).toBe(200)
  const known = await database.pool.query('select from idempotency_key where actor_id = $1 or key = $2', [
    eva.id,
    'once',
  ])
  expect(known.rowCount).toBe(0)
  const qr = await call('GET', `/survey-links/${link.id}/qr`)
  expect([qr.headers['content-type'], qr.text.slice(0, 4)]).toEqual(['image/svg+xml', '<svg'])

  const kept = async () =>
    (await database.pool.query<Record<string, unknown>>('select *, xmin::text from anonymous_answer')).rows
  const night = () =>
    inContext(database, ({ db }) => shuffle({ db, now: new Date('2026-03-03T01:40Z') }), {
      actor: { ...actorWith('system', []), personId: null },
    })
  const counted = async () => (await call('GET', '/reports/experience')).body.total.answers
  // No figure moves by the moment at which somebody answered, nor by a single answer.
  await answer(again)
  await night()
  expect([await counted(), await kept()]).toEqual([0, []])
  await answer(again)
  expect(await kept()).toEqual([])
  await night()
  expect((await kept()).map(({ score }) => score).toSorted((one, other) => Number(one) - Number(other))).toEqual([
    3, 5, 5, 5, 5,
  ])
  // The last few count when their month is over.
  await answer(again)
  await night()
  expect(await counted()).toBe(5)
  await database.pool.query(`update waiting_answer set month = month - interval '1 month'`)
  await night()
  const after = await kept()
  expect(after.length).toBe(6)
  expect(Object.keys(after[0]!).toSorted()).toEqual(
    ['customerId', 'factors', 'id', 'lostMinutes', 'month', 'scale', 'score', 'serviceId', 'siteId', 'surveyId', 'xmin']
      .map((name) => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`))
      .toSorted(),
  )
  expect(new Set(after.map(({ xmin }) => xmin)).size).toBe(1)
  expect(new Set(after.map(({ score }) => score))).toEqual(new Set([3, 5]))
  const everything = await Promise.all(
    ['anonymous_answer', 'survey_invitation', 'verbatim', 'survey_sending', 'survey_link'].map(async (table) => {
      const { rows } = await database.pool.query<{ text: string }>(`select t::text as text from ${table} t`)
      return rows.map(({ text }) => text).join()
    }),
  )
  expect(everything.join()).not.toContain(eva.id)
})

test('a small group is hidden with the one that it could be reckoned from; green and yet felt to be bad is an alarm', async () => {
  const { call, customer, service, database, asked, made } = await world()
  const other = await made('/services', { customer: customer.id, name: 'Printers' })
  const third = await made('/services', { customer: customer.id, name: 'Tills' })
  const put = (serviceId: string, scores: readonly number[], lost: number) =>
    database.pool.query(
      `insert into survey_answer (id, survey_id, customer_id, service_id, month, scale, anonymity, score, lost_minutes, factors)
       select gen_random_uuid(), $1, $2, $3, '2026-02-01', 'csat', 'confidential', score, $5, '{speed}' from unnest($4::int[]) score`,
      [asked.id, customer.id, serviceId, scores, lost],
    )
  await put(service.id, [1, 2, 2, 1, 3, 2, 4, 1, 2, 2, 1, 2], 240)
  await put(other.id, [5, 5, 4], 10)
  await put(third.id, [5, 5, 4, 4, 5, 5], 10)
  const calendar = await made('/calendars', {
    customer: customer.id,
    name: 'Always',
    rules: { timeZone: 'UTC', week: Array.from({ length: 7 }, () => [{ opens: 0, closes: 1440 }]) },
  })
  const target = { metric: 'resolution', priority: 'p3', targetSeconds: 3600, attainmentBp: 9500 }
  const terms = { customer: customer.id, calendar: calendar.id, name: 'SLA', validFrom: '2026-01-01T00:00:00Z' }
  const agreement = await made('/agreements', { ...terms, targets: [target], activate: true })
  await database.pool.query(
    `insert into attainment_month (customer_id, month, metric, priority, service_id, agreement_version_id, met, failed)
     values ($1, '2026-02-01', 'resolution', 'p3', $2, $3, 98, 2)`,
    [customer.id, service.id, agreement.versions[0].id],
  )
  const { body } = await call('GET', '/reports/experience?groupBy=service')
  const group = (id: string) => body.groups.find(({ key }: { key: string }) => key === id)
  expect(group(other.id)).toMatchObject({ hidden: true, answers: null, csat: null })
  expect(group(third.id)).toMatchObject({ hidden: true, answers: null })
  expect(body.total).toMatchObject({ hidden: false, answers: 21 })
  expect(group(service.id)).toMatchObject({
    answers: 12,
    csat: { ratio: { numerator: 1, denominator: 12 } },
    attainment: { met: 98, failed: 2, targetBp: 9500 },
    accord: 'watermelon',
    lostTime: { medianMinutes: 240, floorMinutes: 2880 },
  })
  // What is under a figure adds up to it.
  const { csat, lostTime, score } = group(service.id)
  const summed = (rows: { count: number }[]) => rows.reduce((sum, { count }) => sum + count, 0)
  expect(summed(csat.scores)).toBe(12)
  expect(summed(csat.scores.filter((row: { score: number }) => row.score >= 4))).toBe(1)
  expect(lostTime.spread).toEqual([{ above: 120, upTo: 240, answers: 12, minutes: 2880 }])
  const weights = score.parts.reduce((sum: number, { weight }: { weight: number }) => sum + weight, 0)
  const weighted = score.parts.map(({ weight, points }: { weight: number; points: number }) => weight * points)
  expect(weighted.reduce((sum: number, each: number) => sum + each, 0) / weights).toBeCloseTo(score.points, 0)
  expect(body.alerts).toEqual([{ key: service.id, label: 'Scanners', factors: ['speed'] }])
  const narrowed = (await call('GET', `/reports/experience?groupBy=month&service=${third.id}`)).body
  expect(narrowed.total).toMatchObject({ hidden: true, answers: null })
  const theirs = actorWith('customer', ['customer-stakeholder'], [customer.id])
  const seen = (await call('GET', '/reports/experience?groupBy=service', undefined, { as: theirs })).body
  expect(seen.groups).toEqual(body.groups)
  const foreign = actorWith('customer', ['customer-stakeholder'], [randomUUID()])
  expect((await call('GET', '/reports/experience', undefined, { as: foreign })).body.total).toMatchObject({
    answers: 0,
    asked: 0,
  })
})

test('a complaint has its own clock, is answered, and goes on when the answer does not do', async () => {
  const { call, customer, eva, made } = await world()
  const owner = await made('/people', { name: 'Mia' })
  const as = asEva(eva.id, customer.id)
  const said = await call('POST', '/feedback/cases', { kind: 'complaint', text: 'Seit Wochen zu langsam.' }, { as })
  expect(said.status, said.text).toBe(201)
  expect(said.body).toMatchObject({
    state: 'received',
    acknowledgeDue: '2026-03-04T09:00:00.000Z',
    answerDue: '2026-03-12T09:00:00.000Z',
    owner: null,
  })
  const path = `/feedback/cases/${said.body.id}`
  const step = (to: string, more = {}) => call('POST', `${path}/transitions`, { to, owner: owner.id, ...more })
  expect((await step('answered', { answer: 'x' })).body.code).toBe('feedback-case.cannot')
  await step('acknowledged')
  await step('investigated', { findings: 'Nur für uns: drei Weitergaben.' })
  expect((await step('answered')).body.code).toBe('feedback-case.answer-needed')
  expect((await step('answered', { answer: 'Ab Mai mit eigenem Team.' })).body).toMatchObject({ state: 'answered' })
  expect((await step('escalated')).body.state).toBe('escalated')
  const theirs = await call('GET', path, undefined, { as })
  expect(theirs.body).toMatchObject({ answer: 'Ab Mai mit eigenem Team.', findings: null, owner: null })
  expect((await call('GET', path, undefined, { as: asEva(randomUUID(), customer.id) })).status).toBe(404)
})
