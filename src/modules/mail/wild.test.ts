import { describe, expect, test } from 'vitest'
import { judge, type Known, nothingKnown } from './judge.ts'
import { readMail } from './reading.ts'
import { mail, multi, text } from './written-testing.ts'

/** Mails as they come in the wild, each of our own writing; `ours` is a mail that we sent about a ticket. */

const OURS = 'ours@dienst.example'
const known: Known = { ...nothingKnown, ticketOf: (id) => (id === OURS ? 'T-1' : null) }
const answer = `In-Reply-To: <${OURS}>`

const latin = (raw: string) => Buffer.from(raw.replaceAll('\n', '\r\n'), 'latin1')
const html = (body: string) => `Content-Type: text/html; charset=utf-8\n\n${body}`
const calendar = (method: string) =>
  `Content-Type: text/calendar; method=${method}; charset=UTF-8\n\nBEGIN:VCALENDAR\nMETHOD:${method}\nBEGIN:VEVENT\nUID:1\nSUMMARY:Wartung\nEND:VEVENT\nEND:VCALENDAR`
const exchange = 'From: Microsoft Outlook <MicrosoftExchange329e71ec88ae4615bbc36ab6ce41109e@kunde.example>'
const status = (action: string) =>
  `Content-Type: message/delivery-status\n\nReporting-MTA: dns;mx.kunde.example\n\nFinal-recipient: RFC822; weg@kunde.example\nAction: ${action}\nStatus: 5.1.10`
const inner = `Content-Type: message/rfc822\n\nFrom: hilfe@dienst.example\nTo: weg@kunde.example\nSubject: Re: Drucker\nMessage-ID: <${OURS}>\n\nLäuft es?`

type Case = readonly [what: string, raw: Buffer, outcome: string, ticket?: string]

const notices: readonly Case[] = [
  [
    'a notice of Exchange in German',
    multi(
      [exchange, 'Subject: Unzustellbar: Re: Drucker'],
      'multipart/report; report-type=delivery-status',
      html('<p>Fehler bei der Nachrichtenzustellung an folgende Empfänger oder Gruppen:</p><p>weg@kunde.example</p>'),
      status('failed'),
      inner,
    ),
    'bounce',
    'T-1',
  ],
  [
    'one that a gateway made a plain mail of',
    mail(
      [exchange, 'Subject: Unzustellbar: Re: Drucker', answer],
      "Fehler bei der Nachrichtenzustellung an folgende Empfänger oder Gruppen:\n\nweg@kunde.example\nDie eingegebene E-Mail-Adresse konnte nicht gefunden werden.\n\nRemote Server returned '550 5.1.10 RESOLVER.ADR.RecipientNotFound'",
    ),
    'bounce',
    'T-1',
  ],
  [
    'an old Exchange that names the administrator',
    mail(
      ['From: Systemadministrator <postmaster@kunde.example>', 'Subject: Nicht zugestellt: Re: Drucker'],
      'Ihre Nachricht hat einige oder alle Empfänger nicht erreicht.\n\nFolgende Empfänger konnten nicht erreicht werden:\n\n  weg@kunde.example am 02.03.2026 09:00\n    550 5.1.1 User unknown',
    ),
    'bounce',
  ],
  [
    'a delay in German',
    multi(
      ['From: Mail Delivery System <MAILER-DAEMON@mx.example>', 'Subject: Verzögerte Zustellung'],
      'multipart/report; report-type=delivery-status',
      text('Ihre Nachricht wurde noch nicht zugestellt.'),
      status('delayed'),
      inner,
    ),
    'bounce',
    'T-1',
  ],
  [
    'a notice that lies in a mixed mail',
    multi(
      ['From: postmaster@kunde.example', 'Subject: Delivery Status Notification (Failure)'],
      'multipart/mixed',
      text('Delivery has failed.'),
      status('failed'),
      inner,
    ),
    'bounce',
    'T-1',
  ],
  [
    'a mailbox that is full, in French',
    mail(
      ['From: Mail Delivery Subsystem <mailer-daemon@fai.example>', 'Subject: Échec de remise'],
      "Votre message n'a pas pu être remis : boîte aux lettres pleine.\n552 5.2.2",
    ),
    'bounce',
  ],
  [
    'a receipt of Outlook',
    multi(
      ['Subject: Gelesen: Re: Drucker'],
      'multipart/report; report-type=disposition-notification',
      text('Ihre Nachricht wurde am 02.03.2026 gelesen.'),
      `Content-Type: message/disposition-notification\n\nFinal-Recipient: rfc822;eva@kunde.example\nOriginal-Message-ID: <${OURS}>\nDisposition: automatic-action/MDN-sent-automatically; displayed`,
    ),
    'report',
    'T-1',
  ],
  [
    'a receipt that Outlook wrapped up',
    multi(
      ['Subject: Gelesen: Re: Drucker', answer, 'X-MS-TNEF-Correlator: <1@kunde.example>'],
      'multipart/mixed',
      'Content-Type: application/ms-tnef; name=winmail.dat\nContent-Transfer-Encoding: base64\n\neJ8+IgAA',
    ),
    'report',
    'T-1',
  ],
  [
    'a complaint (ARF)',
    multi(
      ['From: feedback@provider.example', 'Subject: FW: Re: Drucker'],
      'multipart/report; report-type=feedback-report',
      text('This is an email abuse report.'),
      'Content-Type: message/feedback-report\n\nFeedback-Type: abuse\nUser-Agent: Feedback/1.0\nVersion: 1',
      inner,
    ),
    'report',
    'T-1',
  ],
  [
    'a report of DMARC, which nobody reads by hand',
    multi(
      [
        'From: noreply-dmarc-support@provider.example',
        'Subject: Report domain: dienst.example Submitter: provider.example Report-ID: 17',
      ],
      'multipart/mixed',
      text('This is an aggregate report.'),
      'Content-Type: application/zip\nContent-Disposition: attachment; filename="provider.example!dienst.example!1!2.zip"\nContent-Transfer-Encoding: base64\n\nUEsDBBQAAAA=',
    ),
    'report',
  ],
]

/** Notes of absence without a field that says so: who answers by a rule of their own, or behind a gateway that strips it. */
const absences: readonly Case[] = [
  ['German', 'Automatische Antwort: Re: Drucker', 'Ich bin bis zum 9. März nicht im Hause.'],
  [
    'German, by its own words',
    'Abwesenheitsnotiz',
    'Vielen Dank für Ihre Nachricht. Ich bin derzeit nicht erreichbar.',
  ],
  ['English', 'Automatic reply: Drucker', 'I am out of the office until 9 March.'],
  ['French', 'Réponse automatique : Drucker', 'Je suis absente du bureau.'],
  ['Italian', 'Risposta automatica: Drucker', 'Sono fuori ufficio.'],
  ['Spanish', 'Respuesta automática: Drucker', 'Estoy de vacaciones.'],
  ['Portuguese', 'Resposta automática: Drucker', 'Estou ausente.'],
  ['Dutch', 'Automatisch antwoord: Drucker', 'Ik ben afwezig.'],
  ['Polish', 'Odpowiedź automatyczna: Drucker', 'Jestem poza biurem.'],
  ['Czech', 'Automatická odpověď: Drucker', 'Nejsem v kanceláři.'],
  ['Swedish', 'Autosvar: Drucker', 'Jag är på semester.'],
  ['Danish', 'Automatisk svar: Drucker', 'Jeg er ikke på kontoret.'],
  ['Finnish', 'Automaattinen vastaus: Drucker', 'Olen lomalla.'],
  ['Hungarian', 'Automatikus válasz: Drucker', 'Nem vagyok az irodában.'],
  ['Turkish', 'Otomatik Yanıt: Drucker', 'Ofis dışındayım.'],
  ['Russian', 'Автоматический ответ: Drucker', 'Меня нет в офисе.'],
  ['Japanese', '自動応答: Drucker', '不在にしております。'],
  ['Chinese', '自动答复: Drucker', '我不在办公室。'],
].map(([language, subject, body]): Case => [
  `a note of absence in ${language}`,
  mail(
    [`Subject: =?utf-8?B?${Buffer.from(subject!).toString('base64')}?=`, 'Content-Type: text/plain; charset=utf-8'],
    body!,
  ),
  'automatic',
])

const machines: readonly Case[] = [
  ...absences,
  ['an answering machine', mail(['Subject: Re: Drucker', 'X-Autoreply: yes', answer], 'Bin weg.'), 'automatic', 'T-1'],
  [
    'a newsletter',
    mail(['Subject: Neues', 'Precedence: bulk', 'List-Unsubscribe: <https://a.example>'], 'Neu!'),
    'automatic',
  ],
  [
    'somebody who accepts by a click',
    multi(['Subject: Zugesagt: Wartung'], 'multipart/alternative', text(''), calendar('REPLY')),
    'automatic',
  ],
  [
    'a mailing list that wants to be confirmed',
    mail(
      ['From: team-confirm@liste.example', 'Subject: confirm 1234', 'Auto-Submitted: auto-replied'],
      'Please confirm.',
    ),
    'automatic',
  ],
  [
    'a machine that says so twice',
    mail(['Subject: x', 'Auto-Submitted: no', 'Auto-Submitted: auto-generated'], 'Hi'),
    'automatic',
  ],
  [
    'a sender without an address to come back to',
    mail(['From: <>', 'Return-Path: <>', 'Subject: Hm'], 'Hm.'),
    'automatic',
  ],
]

const people: readonly Case[] = [
  ['a person whose program denies it', mail(['Subject: Drucker', 'Auto-Submitted: no'], 'Er druckt nicht.'), 'ticket'],
  [
    'somebody who says more than yes',
    multi(
      ['Subject: Zugesagt: Wartung', answer],
      'multipart/alternative',
      text('Bitte erst nach 18 Uhr.'),
      calendar('REPLY'),
    ),
    'reply',
    'T-1',
  ],
  [
    'an invitation',
    multi(['Subject: Wartung'], 'multipart/alternative', text('Kommt bitte.'), calendar('REQUEST')),
    'ticket',
  ],
  [
    'a question about answering machines',
    mail(['Subject: Automatische Antwort einrichten'], 'Wie geht das?'),
    'ticket',
  ],
  ['holidays that are asked for', mail(['Subject: Urlaub'], 'Wo trage ich meinen Urlaub ein?'), 'ticket'],
  [
    'a mail on a list',
    mail(['Subject: Drucker', 'List-Id: <a.example>', 'Precedence: list'], 'Er druckt nicht.'),
    'ticket',
  ],
  ['an empty sender', mail(['From: <>', 'Subject: Drucker'], 'Er druckt nicht.'), 'ticket'],
  [
    'ten thousand recipients',
    mail([`To: ${'weg@kunde.example,\n '.repeat(10_000)}a@b.example`, 'Subject: Drucker'], 'Hallo'),
    'ticket',
  ],
  ['no Message-ID', mail(['Message-ID:', 'Subject: Drucker'], 'Hallo'), 'ticket'],
  [
    'a mail that was passed on',
    multi(['Subject: WG: Drucker'], 'multipart/mixed', text('Bitte ansehen.'), inner),
    'ticket',
  ],
  [
    'a notice that was passed on whole',
    multi(
      ['Subject: WG: Unzustellbar: Angebot'],
      'multipart/mixed',
      text('Was heißt das?'),
      `Content-Type: message/rfc822\n\nFrom: MAILER-DAEMON@mx.example\nSubject: Undelivered\nContent-Type: multipart/report; boundary=c\n\n--c\n${status('failed')}\n--c--`,
    ),
    'ticket',
  ],
]

describe('what became of mails in the wild', () => {
  const all = [...notices, ...machines, ...people].map(([what, raw, outcome, ticket = null]) => ({
    what,
    raw,
    judged: [outcome, ticket],
  }))
  test.each(all)('$what', async ({ raw, judged }) => {
    const judgement = judge(await readMail(raw), known)
    expect([judgement.outcome, judgement.ticket]).toEqual(judged)
  })
})

describe('what is said in mails in the wild', () => {
  const plain = (charset: string, body: string) =>
    latin(`From: a@b.example\nSubject: s\nContent-Type: text/plain; charset=${charset}\n\n${body}`)
  test.each<[string, Buffer, string]>([
    ['Western letters that are called UTF-8', plain('utf-8', 'Gr\xFC\xDFe \x96 f\xFCr 5 \x80'), 'Grüße – für 5 €'],
    ['Japanese', plain('iso-2022-jp', '\x1B$B<+F01~Ez\x1B(B'), '自動応答'],
    ['a boundary that never ends', multi(['Subject: s'], 'multipart/mixed', text('Hallo')).subarray(0, -10), 'Hallo'],
    [
      'a boundary with blanks behind',
      mail(['Subject: s', 'Content-Type: multipart/mixed; boundary=b'], '--b  \n\nHallo\n--b--  \n'),
      'Hallo',
    ],
    [
      'a boundary that is not there',
      mail(['Subject: s', 'Content-Type: multipart/mixed; boundary=c'], '--b\n\nHallo\n--b--\n'),
      '--b\n\nHallo\n--b--',
    ],
    [
      'an invitation without any other text',
      mail(['Subject: Wartung', 'Content-Type: text/calendar; method=REQUEST'], 'BEGIN:VCALENDAR\nEND:VCALENDAR'),
      '',
    ],
    [
      'a signature of PGP around it',
      multi(
        ['Subject: s'],
        'multipart/signed; protocol="application/pgp-signature"',
        text('Hallo'),
        'Content-Type: application/pgp-signature\n\n-----BEGIN PGP SIGNATURE-----',
      ),
      'Hallo',
    ],
  ])('%s', async (_, raw, said) => {
    expect((await readMail(raw)).text).toBe(said)
  })
})
