import fc from 'fast-check'
import { expect, test } from 'vitest'
import { judge, type Known, nothingKnown } from './judge.ts'
import { readMail } from './reading.ts'

/** A mail as it comes over the wire: its fields, an empty line, its body. */
function raw(fields: Readonly<Record<string, string>>, body: string): Buffer {
  const header = Object.entries(fields).map(([name, value]) => `${name}: ${value}`)
  return Buffer.from([...header, '', body].join('\n').replaceAll('\n', '\r\n'))
}

const person = {
  From: 'Eva Muster <eva@kunde.example>',
  To: 'hilfe@dienst.example',
  Subject: 'Drucker',
  Date: 'Mon, 2 Mar 2026 09:00:00 +0100',
}
const daemon = {
  ...person,
  From: 'Mail Delivery System <MAILER-DAEMON@mx.example>',
  Subject: 'Undelivered Mail Returned to Sender',
}

const ours = 'ours@dienst.example'
const known: Known = {
  ...nothingKnown,
  ticketOf: (id) => (id === ours ? 'T-1' : null),
  ticketIn: (text) => (text.startsWith('hilfe+signed') ? 'T-2' : null),
  isOwn: ({ headers }) => headers.has('x-own'),
  isLetter: (messageId) => messageId === 'letter@desk.example',
}

function parts(type: string, ...each: readonly string[]): readonly [Readonly<Record<string, string>>, string] {
  const body = each.map((part) => `--b\n${part}\n`).join('')
  return [{ 'MIME-Version': '1.0', 'Content-Type': `${type}; boundary=b` }, `${body}--b--\n`]
}

const status = (action: string) =>
  `Content-Type: message/delivery-status\n\nReporting-MTA: dns; mx.example\n\nFinal-Recipient: rfc822; weg@kunde.example\nAction: ${action}\nStatus: 5.1.1\n`
const returned = `Content-Type: text/rfc822-headers\n\nFrom: hilfe@dienst.example\nMessage-ID: <${ours}>\n`
const [report, failed] = parts(
  'multipart/report; report-type=delivery-status',
  'Content-Type: text/plain\n\nSorry.',
  status('failed'),
  returned,
)
const [, delayed] = parts('multipart/report', 'Content-Type: text/plain\n\nSorry.', status('delayed'))
const [, delivered] = parts('multipart/report', 'Content-Type: text/plain\n\nDone.', status('relayed'))
const [feedback, complaint] = parts(
  'multipart/report; report-type=feedback-report',
  'Content-Type: text/plain\n\nAn abuse report.',
  'Content-Type: message/feedback-report\n\nFeedback-Type: abuse\nVersion: 1\n',
)
const [receipt, read] = parts(
  'multipart/report; report-type=disposition-notification',
  'Content-Type: text/plain\n\nGelesen.',
  `Content-Type: message/disposition-notification\n\nFinal-Recipient: rfc822; eva@kunde.example\nOriginal-Message-ID: <${ours}>\nDisposition: manual-action/MDN-sent-manually; displayed\n`,
)
const qmail = `Hi. This is the qmail-send program at mx.example.\nI'm afraid I wasn't able to deliver your message to the following addresses.\n\n<weg@kunde.example>:\nSorry, no mailbox here by that name. (#5.1.1)\n\n--- Below this line is a copy of the message.\n\nReturn-Path: <hilfe@dienst.example>\nMessage-ID: <${ours}>\n`

test.each<[string, Buffer, string, string, string | null]>([
  ['a person who writes', raw(person, 'Er druckt nicht.'), 'ticket', 'new', null],
  ['an answer to our mail', raw({ ...person, 'In-Reply-To': `<${ours}>` }, 'Danke.'), 'reply', 'answer', 'T-1'],
  [
    'an answer to an answer to our mail',
    raw({ ...person, 'In-Reply-To': '<x@kunde.example>', References: `<${ours}> <x@kunde.example>` }, 'Ja.'),
    'reply',
    'answer',
    'T-1',
  ],
  [
    'an answer that lost its thread, to a signed address',
    raw({ ...person, To: 'hilfe+signed@dienst.example' }, 'Ja.'),
    'reply',
    'answer',
    'T-2',
  ],
  [
    'an answer to nothing that is known',
    raw({ ...person, 'In-Reply-To': '<y@kunde.example>', Subject: 'Re: [T-1] Drucker' }, 'Ja.'),
    'ticket',
    'new',
    null,
  ],
  [
    'an answer to a notification',
    raw({ ...person, 'In-Reply-To': '<letter@desk.example>' }, 'Mach ich.'),
    'refused',
    'refused.letter',
    null,
  ],
  ['a notice of non-delivery', raw({ ...daemon, ...report }, failed), 'bounce', 'notice.undelivered', 'T-1'],
  ['a notice of delay', raw({ ...daemon, ...report }, delayed), 'bounce', 'notice.delayed', null],
  [
    'a notice of delivery',
    raw({ ...daemon, ...report, Subject: 'Successful' }, delivered),
    'report',
    'notice.delivered',
    null,
  ],
  ['a complaint', raw({ ...person, ...feedback }, complaint), 'report', 'notice.complaint', null],
  ['a receipt', raw({ ...person, ...receipt }, read), 'report', 'notice.read', 'T-1'],
  [
    'a notice by words alone',
    raw({ ...daemon, Subject: 'failure notice' }, qmail),
    'bounce',
    'notice.undelivered',
    'T-1',
  ],
  [
    'a notice of Exim',
    raw({ ...person, From: 'noreply@mx.example', 'X-Failed-Recipients': 'weg@kunde.example' }, 'Sorry.'),
    'bounce',
    'notice.undelivered',
    null,
  ],
  [
    'a notice in German from an office',
    raw(
      { ...person, From: 'postmaster@kunde.example', Subject: 'Unzustellbar: Antwort' },
      'Ihre Nachricht konnte nicht zugestellt werden.\n\n550 5.1.1 Empfänger unbekannt',
    ),
    'bounce',
    'notice.undelivered',
    null,
  ],
  ['a server that says nothing known', raw({ ...daemon, Subject: 'Hm' }, 'Hm'), 'bounce', 'notice.returned', null],
  [
    'a person who passes a notice on',
    raw({ ...person, Subject: 'WG: Undelivered Mail Returned to Sender' }, `Was heißt das?\n\n${qmail}`),
    'ticket',
    'new',
    null,
  ],
  [
    'a postmaster who writes',
    raw({ ...person, From: 'postmaster@kunde.example', Subject: 'Ihr Zertifikat' }, 'läuft morgen ab.'),
    'ticket',
    'new',
    null,
  ],
  [
    'a note of absence by the standard',
    raw({ ...person, 'Auto-Submitted': 'auto-replied (vacation)', 'In-Reply-To': `<${ours}>` }, 'Bin weg.'),
    'automatic',
    'automatic.auto-submitted',
    'T-1',
  ],
  [
    'what a program wrote',
    raw({ ...person, 'Auto-Submitted': 'auto-generated' }, 'Backup done.'),
    'automatic',
    'automatic.auto-submitted',
    null,
  ],
  ['a person whose program says so', raw({ ...person, 'Auto-Submitted': 'no' }, 'Hallo'), 'ticket', 'new', null],
  [
    'an answering machine of old',
    raw({ ...person, 'X-Autoreply': 'yes' }, 'Bin weg.'),
    'automatic',
    'automatic.autoreply',
    null,
  ],
  [
    'an answering machine by its precedence',
    raw({ ...person, Precedence: 'auto_reply' }, 'Bin weg.'),
    'automatic',
    'automatic.precedence',
    null,
  ],
  [
    'a newsletter',
    raw({ ...person, Precedence: 'bulk', 'List-Unsubscribe': '<https://a.example>' }, 'Neu!'),
    'automatic',
    'automatic.precedence',
    null,
  ],
  [
    'a person on a mailing list',
    raw({ ...person, Precedence: 'list', 'List-Id': '<hilfe.kunde.example>' }, 'Hallo'),
    'ticket',
    'new',
    null,
  ],
  [
    'a mail without a way back',
    raw({ 'Return-Path': '<>', ...person }, 'Bin weg.'),
    'automatic',
    'automatic.no-return',
    null,
  ],
  [
    'a note of absence by its words',
    raw({ ...person, Subject: 'Abwesenheitsnotiz: Antwort' }, 'Ich bin bis Montag nicht im Büro.'),
    'automatic',
    'automatic.absence',
    null,
  ],
  [
    'a person who writes about absence',
    raw({ ...person, Subject: 'Abwesenheit einrichten' }, 'Wie geht das in Outlook?'),
    'ticket',
    'new',
    null,
  ],
  ['our own mail', raw({ ...person, 'X-Own': 'yes' }, 'Hallo'), 'refused', 'refused.own', null],
  ['nothing', Buffer.alloc(0), 'refused', 'refused.nothing', null],
  ['a mail of nothing but a subject', raw({ Subject: 'Drucker geht nicht' }, ''), 'ticket', 'new', null],
])('%s', async (_, mail, outcome, reason, ticket) => {
  const judgement = judge(await readMail(mail), known)
  expect([judgement.outcome, judgement.reason, judgement.ticket]).toEqual([outcome, reason, ticket])
})

test('a notice names whom the mail was for', async () => {
  const judgement = judge(await readMail(raw({ ...daemon, ...report }, failed)), known)
  expect(judgement.recipient).toBe('weg@kunde.example')
})

test('the same mail is judged the same with any ends of lines', async () => {
  const mail = raw({ ...daemon, ...report }, failed).toString()
  for (const end of ['\n', '\r']) {
    const other = await readMail(Buffer.from(mail.replaceAll('\r\n', end)))
    expect(judge(other, known)).toEqual(judge(await readMail(Buffer.from(mail)), known))
  }
})

test('no bytes make it fail', async () => {
  const piece = fc.oneof(
    fc.uint8Array({ maxLength: 60 }).map((bytes) => Buffer.from(bytes).toString('latin1')),
    fc.constantFrom(
      '\r\n',
      '\n\n',
      '--b\n',
      '--b--',
      'Content-Type: multipart/report; boundary=b\n',
      'From: <',
      'Subject: =?x?B?',
      'Content-Type: text/html; charset=',
      'Content-Transfer-Encoding: base64\n',
      '=?utf-8?q?=',
      'Message-ID: <',
      'Date: 99\n',
    ),
  )
  await fc.assert(
    fc.asyncProperty(fc.array(piece, { maxLength: 25 }), async (pieces) => {
      const bytes = Buffer.from(pieces.join(''), 'latin1')
      const [first, second] = [await readMail(bytes), await readMail(bytes)]
      expect(first.messageId).toBe(second.messageId)
      expect(judge(first, known)).toEqual(judge(second, known))
    }),
    { numRuns: 300 },
  )
})
