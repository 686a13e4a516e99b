import { expect, test } from 'vitest'
import { keepsMails, mail, sendingWorld } from './send-testing.ts'
import { readMail } from './reading.ts'

keepsMails()

test('machines get no confirmation, and nobody more than one a minute', async () => {
  const { got, arrive, send, later } = await sendingWorld()
  await arrive(mail('1'))
  await arrive(mail('2'))
  await arrive(mail('3', 'List-Id: <a.example>\n').replace('eva@', 'max@'))
  await arrive(mail('4', 'Auto-Submitted: auto-generated\n').replace('eva@', 'robot@'))
  await send()
  expect(got).toHaveLength(1)
  later(2)
  await arrive(mail('5'))
  await send()
  expect(got).toHaveLength(2)
})

test('two that answer each other by themselves come to an end, also when the other shows by nothing that it is a program', async () => {
  const { got, arrive, send, later, database } = await sendingWorld()
  let raw = mail('1')
  for (let round = 2; round < 40; round += 1) {
    await arrive(raw)
    await send()
    const ours = got.pop()
    if (ours === undefined) break
    // What a program does that knows no rules: another subject, no reference, no field of RFC 3834; it takes its time.
    const { subject, text } = await readMail(Buffer.from(ours))
    raw = `From: Portal <portal@kunde.example>\nSubject: Vorgang ${round} angelegt\nMessage-ID: <p${round}@kunde.example>\n\nSie schrieben: ${text.length + subject.length} Zeichen.`
    later(5)
  }
  expect(got).toEqual([])
  const { rows } = await database.pool.query<{ kind: string; many: number }>(
    'select kind, count(*)::int as many from outgoing_mail group by kind',
  )
  expect(rows).toEqual([{ kind: 'received', many: 11 }])
  // The next day somebody who writes is told again.
  later(24 * 60)
  await arrive(mail('later').replace('Eva Muster <eva@', 'Portal <portal@'))
  await send()
  expect(got).toHaveLength(1)
})
