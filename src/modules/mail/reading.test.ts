import { expect, test } from 'vitest'
import { contentTypeOf } from './content-type.ts'
import { fold } from './fold.ts'
import { safeHtml, textOfHtml } from './html.ts'
import { mailsIn } from './mailbox-file.ts'
import { readMail } from './reading.ts'

const head = 'From: a@b.example\nSubject: s\n'
const latin = (text: string) => Buffer.from(text, 'latin1')

test.each<[string, Buffer, string]>([
  ['UTF-8', Buffer.from(`${head}Content-Type: text/plain; charset=utf-8\n\nGrüße`), 'Grüße'],
  [
    'Latin letters',
    latin(`${head}Content-Type: text/plain; charset=ISO-8859-15\n\nGr\xFC\xDFe f\xFCr 5 \xA4`),
    'Grüße für 5 €',
  ],
  ['Latin letters that nobody declared', latin(`${head}\nGr\xFC\xDFe`), 'Grüße'],
  ['UTF-8 that nobody declared', Buffer.from(`${head}\nGrüße`), 'Grüße'],
  [
    'UTF-8 declared as Latin letters',
    Buffer.from(`${head}Content-Type: text/plain; charset=iso-8859-1\n\nGrüße`),
    'Grüße',
  ],
  [
    'a charset that does not exist',
    latin(`${head}Content-Type: text/plain; charset=x-unknown\n\nGr\xFC\xDFe`),
    'Grüße',
  ],
  ['Japanese', latin(`${head}Content-Type: text/plain; charset=ISO-2022-JP\n\n\x1B$B$3$s\x1B(B`), 'こん'],
  ['Japanese that nobody declared', latin(`${head}\n\x1B$B$3$s\x1B(B`), 'こん'],
  [
    'quoted-printable',
    Buffer.from(
      `${head}Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: quoted-printable\n\nGr=C3=BC=C3=9F=\ne`,
    ),
    'Grüße',
  ],
  [
    'base64',
    Buffer.from(
      `${head}Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: base64\n\n${Buffer.from('Grüße').toString('base64')}`,
    ),
    'Grüße',
  ],
  ['an encoding that does not exist', Buffer.from(`${head}Content-Transfer-Encoding: 7-bit\n\nGrüße`), 'Grüße'],
  ['zeros', Buffer.from(`${head}\nGr\0üße`), 'Grüße'],
  ['HTML alone', Buffer.from(`${head}Content-Type: text/html\n\n<p>Grüße</p><script>x()</script>`), 'Grüße'],
  ['a multipart whose parts are missing', Buffer.from(`${head}Content-Type: multipart/mixed\n\nGrüße`), 'Grüße'],
  [
    'a text before the first part',
    Buffer.from(`${head}Content-Type: multipart/mixed; boundary=b\n\nGrüße\n--b\nContent-Type: image/png\n\nx\n--b--`),
    'Grüße',
  ],
  ['a header that begins late', Buffer.from(`\r\n\r\n${head}\nGrüße`), 'Grüße'],
])('%s can be read', async (_, raw, text) => {
  const mail = await readMail(raw)
  expect([mail.text, mail.subject, mail.from?.address]).toEqual([text, 's', 'a@b.example'])
})

test('names, subjects and names of files are read as they were meant', async () => {
  const mail = await readMail(
    Buffer.from(
      `From: =?iso-8859-1?Q?J=FCrgen_Gro=DF?= <J.Gross@KUNDE.example>\nTo: Hilfe: a@b.example, "B, C" <c@d.example>;\nSubject: =?utf-8?B?R3LDvMOf?=\n =?utf-8?B?ZQ==?=\nDate: Mon, 2 Mar 2026 09:00:00 +0100 (MEZ)\nContent-Type: multipart/mixed; boundary=b\n\n--b\n\nHallo\n--b\nContent-Type: application/octet-stream\nContent-Disposition: attachment; filename*=utf-8''..%2F..%2F%C3%9Cbersicht.pdf\n\n%PDF-1.7\n--b--\n`,
    ),
  )
  expect(mail.from).toEqual({ name: 'Jürgen Groß', address: 'J.Gross@kunde.example' })
  expect(mail.recipients.map(({ address }) => address)).toEqual(['a@b.example', 'c@d.example'])
  expect(mail.subject).toBe('Grüße')
  expect(mail.sentAt).toEqual(new Date('2026-03-02T08:00:00Z'))
  expect(mail.files.map(({ name, type }) => [name, type])).toEqual([['Übersicht.pdf', 'application/pdf']])
})

test('what is missing is made up, the same each time, or left open', async () => {
  const [once, again] = [
    await readMail(Buffer.from('Subject: s\n\nHallo')),
    await readMail(Buffer.from('Subject: s\n\nHallo')),
  ]
  expect(once.messageId).toBe(again.messageId)
  expect((await readMail(Buffer.from('Subject: s\n\nHallo!'))).messageId).not.toBe(once.messageId)
  expect([once.from, once.sentAt]).toEqual([null, null])
})

test('pictures within the text stay with it, and mails within a mail stay whole', async () => {
  const inner = 'From: x@y.example\nSubject: inner\nAuto-Submitted: auto-replied\n\nInner text'
  const mail = await readMail(
    Buffer.from(
      `${head}Content-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: multipart/related; boundary=c\n\n--c\nContent-Type: text/html\n\n<p>Siehe <img src="cid:p@1"></p>\n--c\nContent-Type: image/png\nContent-ID: <p@1>\nContent-Transfer-Encoding: base64\n\niVBORw0KGgo=\n--c--\n--b\nContent-Type: message/rfc822\n\n${inner}\n--b--\n`,
    ),
  )
  expect(mail.files.map(({ type, contentId, inline }) => [type, contentId, inline])).toEqual([
    ['image/png', 'p@1', true],
    ['message/rfc822', null, false],
  ])
  expect(mail.files[1]?.content.toString()).toContain('Inner text')
  expect(mail.html).toContain('src="cid:p@1"')
  expect(mail.text).toBe('Siehe')
})

test.each<[string, () => Buffer]>([
  [
    'a header of ten megabytes',
    () => Buffer.from(`${head}${'X-Y: '.padEnd(1000, 'z').concat('\n').repeat(10_000)}\nHallo`),
  ],
  ['a line of ten megabytes', () => Buffer.from(`${head}X-Y: ${'z'.repeat(10_000_000)}\n\nHallo`)],
  [
    'five thousand parts',
    () =>
      Buffer.from(
        `${head}Content-Type: multipart/mixed; boundary=b\n\n--b\n\nHallo\n${'--b\n\nx\n'.repeat(5000)}--b--`,
      ),
  ],
])('%s is read as far as it makes sense', async (_, raw) => {
  const mail = await readMail(raw())
  expect([mail.cut, mail.from?.address]).toEqual([true, 'a@b.example'])
  expect(mail.text).toMatch(/^Hallo/)
})

test('a thousand multiparts within each other and HTML of a hundred thousand levels do no harm', async () => {
  const nested = Array.from(
    { length: 900 },
    (_, depth) => `Content-Type: multipart/mixed; boundary=b${depth}\n\n--b${depth}\n`,
  )
  const deep = await readMail(Buffer.from(`${head}${nested.join('')}\nHallo`))
  expect(deep.from?.address).toBe('a@b.example')
  const html = `${'<div>'.repeat(100_000)}Hallo`
  expect(safeHtml(html)).toBeNull()
  expect(textOfHtml(html).trim()).toBe('Hallo')
})

test.each<[string, string, string]>([
  ['scripts', '<p onclick="x()">a<script>x()</script></p>', '<p>a</p>'],
  [
    'addresses that are scripts',
    '<a href="javascript:x()">a</a>',
    '<a rel="noopener noreferrer nofollow" target="_blank">a</a>',
  ],
  ['pictures from elsewhere', 'a<img src="https://track.example/1.gif"><img src="//track.example/2.gif">', 'a'],
  ['pictures that are data', 'a<img src="data:image/svg+xml,x">', 'a'],
  [
    'styles that fetch or reach out',
    '<div style="background:url(https://x.example);position:fixed;color:red">a</div>',
    '<div style="color:red">a</div>',
  ],
  ['style sheets', '<style>p{display:none}</style>a<link rel="stylesheet" href="https://x.example">', 'a'],
  [
    'forms and frames',
    '<form action="https://x.example"><input name="p"><button>b</button></form><iframe src="https://x.example"></iframe>',
    'b',
  ],
  ['drawings with scripts', '<svg><script>x()</script></svg>a', 'a'],
])('HTML is shown without %s', (_, html, safe) => {
  expect(safeHtml(html)).toBe(safe)
})

test.each<[string, string, string]>([
  ['German', 'Danke!\n\nAm 02.03.2026 um 09:00 schrieb Hilfe <hilfe@dienst.example>:\n> Läuft es?\n> Gruß', 'Danke!'],
  [
    'English, broken in two lines',
    'Thanks\n\nOn Mon, 2 Mar 2026 at 09:00, The Service Desk of the House <desk@dienst.example>\nwrote:\n\n> Does it work?',
    'Thanks',
  ],
  ['French', 'Merci\n\nLe lun. 2 mars 2026 à 09:00, Aide <aide@dienst.example> a écrit :\n> Ça va ?', 'Merci'],
  [
    'Outlook in German',
    'Danke\n\nVon: Hilfe <hilfe@dienst.example>\nGesendet: Montag, 2. März 2026 09:00\nAn: Eva\nBetreff: Drucker\n\nLäuft es?',
    'Danke',
  ],
  ['Outlook of old', 'Danke\n\n-----Ursprüngliche Nachricht-----\nVon: Hilfe\n\nLäuft es?', 'Danke'],
  ['only marks', 'Ja.\n\n> Läuft es?\n>\n> Gruß\n', 'Ja.'],
  [
    'an answer between the lines',
    '> Läuft es?\nJa.\n> Seit wann?\nSeit heute.',
    '> Läuft es?\nJa.\n> Seit wann?\nSeit heute.',
  ],
  [
    'an answer below',
    'Am 02.03.2026 schrieb Hilfe:\n> Läuft es?\n\nJa, seit heute.',
    'Am 02.03.2026 schrieb Hilfe:\n> Läuft es?\n\nJa, seit heute.',
  ],
  ['nothing but quotation', '> Läuft es?', '> Läuft es?'],
  [
    'no quotation',
    'From: this morning on it fails\nDate of the last try: yesterday',
    'From: this morning on it fails\nDate of the last try: yesterday',
  ],
])('what is repeated is folded: %s', (_, text, said) => {
  expect(fold(text).said).toBe(said)
})

test('folding takes no longer for text that was made to take long', () => {
  const started = performance.now()
  for (const line of ['On a b ', 'Am a ', '> ', 'From: a', '---- ', '20']) fold(`${line.repeat(50)}\n`.repeat(4000))
  expect(performance.now() - started).toBeLessThan(10_000)
})

test.each<[string, Buffer, string, string]>([
  ['a program called a picture', latin('MZ\x90\0\x03\0'), 'image/png', 'application/x-msdownload'],
  ['a page called a text', Buffer.from('<html><script>x()</script>'), 'text/plain', 'text/html'],
  ['a drawing called a text', Buffer.from('<?xml version="1.0"?><svg onload="x()">'), 'text/xml', 'image/svg+xml'],
  ['a text called a picture', Buffer.from('Grüße'), 'image/png', 'text/plain'],
  ['a picture called nothing', latin('\x89PNG\r\n\x1A\n\0'), 'application/octet-stream', 'image/png'],
  [
    'a document',
    latin('PK\x03\x04\x14\0word/document.xml'),
    'application/zip',
    'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  ],
  ['a table as text', Buffer.from('a;b\n1;2'), 'text/csv', 'text/csv'],
  ['a text that begins like a program', Buffer.from('MZ is short for Mark Zbikowski'), 'text/plain', 'text/plain'],
])('%s is known by its content', (_, content, declared, type) => {
  expect(contentTypeOf(content, declared)).toBe(type)
})

test('a mailbox of many mails is divided where they begin', () => {
  const mail = (subject: string) =>
    `From a@b.example Mon Mar  2 09:00:00 2026\nSubject: ${subject}\n\nFrom here on it fails.\n\n`
  expect(mailsIn(Buffer.from(mail('1') + mail('2') + mail('3')))).toHaveLength(3)
  expect(mailsIn(Buffer.from(mail('1')))).toHaveLength(1)
  expect(mailsIn(Buffer.from('Subject: 1\n\nHallo'))).toHaveLength(1)
})
