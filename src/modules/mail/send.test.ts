import { expect, test } from 'vitest'
import { jobs } from '#app'
import { agent, asAgent, keepsMails, mail, sendingWorld as world } from './send-testing.ts'
import { readMail } from './reading.ts'

keepsMails()

test('whoever wrote is told that it arrived, hears what is said to them, and is known when they answer', async () => {
  const all = await world()
  const { got, call, arrive, send, later } = all
  const as = await asAgent(all)
  const { incidentId } = await arrive(mail('1'))
  await send()
  expect(got).toHaveLength(1)
  const first = await readMail(Buffer.from(got[0]!))
  expect(first.text).toContain('KD-1001')
  expect([first.from?.name, first.recipients[0]?.address, first.answers]).toEqual([
    'Hilfe',
    'eva@kunde.example',
    ['1@kunde.example'],
  ])
  expect(first.headers.get('auto-submitted')).toEqual(['auto-replied'])
  // Our own mail that comes back begins nothing.
  expect(await arrive(got[0]!)).toMatchObject({ outcome: 'refused' })

  later(5)
  await call('POST', `/incidents/${incidentId}/notes`, { text: 'Wir <prüfen> das.', visibility: 'public' }, as)
  await call('POST', `/incidents/${incidentId}/notes`, { text: 'Geheim.', visibility: 'internal' }, as)
  await call('POST', `/incidents/${incidentId}/transitions`, { to: 'in-progress' }, as)
  await call(
    'POST',
    `/incidents/${incidentId}/transitions`,
    { to: 'on-hold', reason: 'awaiting-requester', note: 'Welches Modell?' },
    as,
  )
  await call.work()
  await send()
  expect(got).toHaveLength(3)
  const [, note, question] = await Promise.all(got.map((raw) => readMail(Buffer.from(raw))))
  expect(note?.text).toContain('Wir <prüfen> das.')
  expect(note?.html).toContain('Wir &lt;prüfen&gt; das.')
  expect(note?.headers.has('auto-submitted')).toBe(false)
  expect(question?.text).toContain('Welches Modell?')
  expect(got.join()).not.toContain('Geheim')

  const answered = await arrive(mail('2', `In-Reply-To: <${question!.messageId}>\n`))
  expect(answered).toEqual({ outcome: 'reply', incidentId })
  expect((await call('GET', `/incidents/${incidentId}`)).body.state).toBe('in-progress')
  await call('POST', `/incidents/${incidentId}/transitions`, { to: 'resolved', note: 'Kabel getauscht.' }, as)
  await call.work()
  await call.work()
  await send()
  expect(got).toHaveLength(4)
  const done = (await readMail(Buffer.from(got[3]!))).text
  expect(done).toContain('Kabel getauscht.')
  expect(done).toMatch(/wieder auf\. Hören wir bis .+ nichts von Ihnen, schließen wir sie\.\n/)
})

test('a server that was away for a day gets everything later, once and in its order', async () => {
  const all = await world()
  const { got, state, call, arrive, send, later } = all
  const as = await asAgent(all)
  const { incidentId } = await arrive(mail('1'))
  state.refuse = () => 451
  for (const text of ['Erstens', 'Zweitens', 'Drittens']) {
    later(1)
    await call('POST', `/incidents/${incidentId}/notes`, { text, visibility: 'public' }, as)
    await call.work()
  }
  for (let hour = 0; hour < 24; hour += 1) {
    await send()
    later(60)
  }
  expect(got).toHaveLength(0)
  // Whoever looks after the mailbox sees that something waits, and why; the confirmation is the fourth.
  const unsent = async () => (await call('GET', '/mail-accounts')).body.items[0].unsent
  expect(await unsent()).toMatchObject({ count: 4, detail: expect.stringContaining('451') })
  state.refuse = () => null
  later(5 * 60)
  await Promise.all([send(), send()])
  await send()
  const texts = await Promise.all(got.map(async (raw) => (await readMail(Buffer.from(raw))).text))
  expect(texts.map((text) => /Erstens|Zweitens|Drittens|Nummer|number/.exec(text)?.[0])).toEqual([
    expect.stringMatching(/Nummer|number/),
    'Erstens',
    'Zweitens',
    'Drittens',
  ])
})

test('an address that the server does not know is told in the history, and is not tried again', async () => {
  const { got, state, call, arrive, send, later } = await world()
  state.refuse = () => 550
  const { incidentId } = await arrive(mail('1'))
  await send()
  later(600)
  await send()
  expect(got).toHaveLength(0)
  const { body } = await call('GET', `/incidents/${incidentId}/timeline`)
  expect(body.items.at(-1)).toMatchObject({
    kind: 'incident.mail',
    facts: { outcome: 'bounce', recipient: 'eva@kunde.example' },
  })
})

test('whoever reported what many suffer from reads how it stands, once, in the thread of their own report', async () => {
  const all = await world()
  const { got, call, arrive, send, database } = all
  const as = await asAgent(all)
  const parent = await arrive(mail('1'))
  await arrive(mail('2').replaceAll('Eva Muster <eva@', 'Otto <otto@'))
  await arrive(mail('3').replaceAll('Eva Muster <eva@', 'Otto <otto@'))
  const declared = await call(
    'POST',
    '/major-incidents',
    { incident: parent.incidentId, criteria: ['many-users'], commander: agent.personId },
    as,
  )
  expect(declared.status, declared.text).toBe(201)
  const { items } = (await call('GET', '/incidents?sort=-openedAt')).body
  const children = items.map(({ id }: { id: string }) => id).filter((id: string) => id !== parent.incidentId)
  const joined = await call('POST', `/major-incidents/${declared.body.id}/children`, { incidents: children }, as)
  expect(joined.status, joined.text).toBeLessThan(300)
  await send()
  got.length = 0
  const tell = jobs.find(({ job }) => job.name === 'mail.update')!
  const updates = () =>
    database.db
      .selectFrom('history')
      .select(['id', 'subjectId', 'occurredAt'])
      .where('kind', '=', 'major-incident.update')
      .execute()
  const english = { audiences: ['users'], language: 'en', text: 'We look for the cause.', nextMinutes: 30 }
  expect((await call('POST', `/major-incidents/${declared.body.id}/updates`, english, as)).status).toBe(201)
  for (const { id, subjectId, occurredAt } of await updates())
    await tell.run(all.jobWorld(), { subjectId, factId: id, at: occurredAt.toISOString() })
  await send()
  expect(got.filter((each) => each.includes('Diese Nachricht gibt es nur auf Englisch.'))).toHaveLength(2)
  got.length = 0
  const update = {
    audiences: ['users', 'technicians'],
    language: 'de',
    text: 'Der Spooler läuft wieder an.',
    nextMinutes: 30,
  }
  // Both languages at once: each is told in their own.
  const both = { ...update, translation: 'The spooler comes back.' }
  expect((await call('POST', `/major-incidents/${declared.body.id}/updates`, both, as)).status).toBe(201)
  const told = await updates()
  for (const { id, subjectId, occurredAt } of [...told, ...told])
    await tell.run(all.jobWorld(), { subjectId, factId: id, at: occurredAt.toISOString() })
  await send()
  expect(got.map((each) => /^To: (.*)\r$/m.exec(each)![1]!).toSorted()).toEqual([
    'Eva Muster <eva@kunde.example>',
    'Otto <otto@kunde.example>',
  ])
  const letter = got.find((each) => each.includes('otto@'))!
  expect(letter).toContain('Der Spooler l=C3=A4uft wieder an.')
  expect(letter).toContain('10:30')
  expect(letter).toMatch(/^In-Reply-To:/m)
  expect(letter).toMatch(/^Subject: Re: Drucker \[KD-1002\]/m)
})
