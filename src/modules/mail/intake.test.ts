import { expect, test, vi } from 'vitest'
import { newId } from '#core/id.ts'
import { takeAnswer } from '#modules/incidents'
import { inContext } from '#platform/testing.ts'
import {
  account,
  dovecot,
  hasMailboxes,
  mail,
  mailWorld as world,
  missing,
  reading,
  received,
  soon,
} from './intake-testing.ts'
import { mailTokens } from './token.ts'

hasMailboxes()

test.skipIf(missing !== null)(
  'a mail becomes a ticket, its answer a note, and a notice goes where it belongs',
  async () => {
    const { database, call, customerId } = await world()
    await account(database, { address: 'a@dienst.example', customerId })
    reading(database)
    await dovecot().deliver('a@dienst.example', mail('Drücker geht nicht', { 'Message-ID': '<first@kunde.example>' }))
    await vi.waitFor(async () => expect(await received(database)).toHaveLength(1), soon)
    const { items } = (await call('GET', `/incidents?customer=${customerId}`)).body
    expect(items).toMatchObject([{ title: 'Drücker geht nicht', channel: 'mail', requester: { name: 'Eva Muster' } }])
    const { id } = items[0]

    await call('POST', `/incidents/${id}/transitions`, { to: 'in-progress' })
    await call('POST', `/incidents/${id}/transitions`, { to: 'on-hold', reason: 'awaiting-requester' })
    const { tokenOf } = await mailTokens()
    const answer = { 'In-Reply-To': `<x.${tokenOf(id).toUpperCase()}@dienst.example>` }
    await dovecot().deliver(
      'a@dienst.example',
      mail('Re: ja', answer, 'Seit heute.\r\n\r\n> Seit wann?'),
      mail('Weg', { ...answer, 'Auto-Submitted': 'auto-replied' }, 'Bin weg.'),
    )
    await vi.waitFor(async () => expect(await received(database)).toHaveLength(3), soon)
    expect((await received(database)).map(({ subject, outcome, number }) => [subject, outcome, number])).toEqual([
      ['Drücker geht nicht', 'ticket', 'KD-1001'],
      ['Re: ja', 'reply', 'KD-1001'],
      ['Weg', 'automatic', 'KD-1001'],
    ])
    const after = await call('GET', `/incidents/${id}`)
    expect(after.body.state).toBe('in-progress')
    const timeline = await call('GET', `/incidents/${id}/timeline`)
    const told = timeline.body.items.filter(({ kind }: { kind: string }) => /answer|mail/.test(kind))
    expect(told).toMatchObject([
      { kind: 'incident.mail', visibility: 'internal', facts: { outcome: 'ticket', files: 0 } },
      {
        kind: 'incident.answer',
        visibility: 'public',
        facts: { text: 'Seit heute.', quoted: '> Seit wann?', author: 'Eva Muster' },
      },
      { kind: 'incident.mail', visibility: 'internal', facts: { outcome: 'automatic' } },
    ])
    await vi.waitFor(async () => expect(await dovecot().read('a@dienst.example')).toBe(3), soon)
  },
)

test.skipIf(missing !== null)(
  'the same mail is taken once: delivered again, to two mailboxes, read by two programs',
  async () => {
    const { database, customerId } = await world()
    for (const address of ['b@dienst.example', 'c@dienst.example']) await account(database, { address, customerId })
    const same = mail('Einmal')
    await dovecot().deliver(
      'b@dienst.example',
      same,
      same,
      ...Array.from({ length: 15 }, (_, index) => mail(`Viele ${index}`)),
    )
    await dovecot().deliver('c@dienst.example', same)
    reading(database)
    reading(database)
    await vi.waitFor(async () => expect(await received(database)).toHaveLength(17), soon)
    await vi.waitFor(async () => expect(await dovecot().read('b@dienst.example')).toBe(17), soon)
    const { rows } = await database.pool.query('select count(*)::int as many from incident')
    expect(rows).toEqual([{ many: 16 }])
    const twice = (await received(database)).filter(({ subject }) => subject === 'Einmal')
    expect(twice.map(({ outcome }) => outcome)).toEqual(['ticket', 'ticket'])
    expect(new Set(twice.map(({ number }) => number)).size).toBe(1)
  },
)

test.skipIf(missing !== null)('another mail under the same Message-ID is taken, too', async () => {
  const { database, customerId } = await world()
  await account(database, { address: 'd@dienst.example', customerId })
  const fields = { 'Message-ID': '<always@drucker.example>' }
  await dovecot().deliver('d@dienst.example', mail('Toner leer', fields), mail('Papier leer', fields))
  reading(database)
  await vi.waitFor(
    async () => expect((await received(database)).map(({ outcome }) => outcome)).toEqual(['ticket', 'ticket']),
    soon,
  )
})

test.skipIf(missing !== null)('what is nobody’s waits, and so does the twenty-first of one sender', async () => {
  const { database, customerId } = await world()
  await account(database, { address: 'f@dienst.example' })
  await database.db.insertInto('customerMailDomain').values({ customerId, domain: 'kunde.example' }).execute()
  await dovecot().deliver(
    'f@dienst.example',
    mail('Fremd', { From: 'x@anderswo.example' }),
    ...Array.from({ length: 22 }, (_, index) => mail(`Sturm ${index}`, { From: 'alarm@mail.kunde.example' })),
  )
  reading(database)
  await vi.waitFor(async () => expect(await received(database)).toHaveLength(23), soon)
  const outcomes = Object.groupBy(await received(database), ({ outcome }) => outcome)
  expect(outcomes['unassigned']?.map(({ subject }) => subject)).toEqual(['Fremd'])
  expect([outcomes['ticket']?.length, outcomes['held']?.length]).toEqual([20, 2])
})

test.skipIf(missing !== null)('why a mailbox cannot be read is said', async () => {
  const { database } = await world()
  const wrong = await account(database, { address: 'g@dienst.example', password: 'wrong' })
  const closed = await account(database, { address: 'h@dienst.example', port: 1 })
  reading(database)
  const problems = async () =>
    new Map(
      (await database.db.selectFrom('mailAccount').select(['id', 'problem']).execute()).map((row) => [
        row.id,
        row.problem,
      ]),
    )
  await vi.waitFor(async () => expect((await problems()).get(wrong)).toBe('sign-in'), soon)
  await vi.waitFor(async () => expect((await problems()).get(closed)).toBe('refused'), soon)
})

test('an answer to what is over opens another ticket', async () => {
  const { database, call, customerId } = await world()
  const declared = await call('POST', '/incidents', {
    customer: customerId,
    title: 'Alt',
    impact: 'low',
    urgency: 'low',
  })
  const { id } = declared.body
  await call('POST', `/incidents/${id}/transitions`, { to: 'cancelled' })
  const answer = {
    text: 'Doch!',
    quoted: '',
    author: { id: null, name: '', email: 'eva@kunde.example' },
    mail: newId(),
  }
  expect(await inContext(database, (context) => takeAnswer(context, id, answer))).toBe('over')
})
