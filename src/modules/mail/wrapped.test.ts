import { describe, expect, test } from 'vitest'
import { judge, nothingKnown } from './judge.ts'
import { isSealed, readMail } from './reading.ts'
import { signedContent } from './smime.ts'
import { unwrapped } from './tnef.ts'
import { mail, multi, text } from './written-testing.ts'

/** An element of DER, as openssl writes them. */
function der(tag: number, ...parts: readonly Buffer[]): Buffer {
  const content = Buffer.concat(parts)
  const length = content.length < 128 ? [content.length] : [0x82, content.length >> 8, content.length & 255]
  return Buffer.concat([Buffer.from([tag, ...length]), content])
}

/** The same without lengths, as Outlook writes it: it ends with two zeros. */
const open = (tag: number, ...parts: readonly Buffer[]) =>
  Buffer.concat([Buffer.from([tag, 0x80]), ...parts, Buffer.alloc(2)])

const signedData = Buffer.from('06092a864886f70d010702', 'hex')
const data = Buffer.from('06092a864886f70d010701', 'hex')
const saidInside = Buffer.from('Content-Type: text/plain; charset=utf-8\r\n\r\nDer Drucker streikt für heute.')
const version = der(0x02, Buffer.from([1]))
const signed = der(
  0x30,
  signedData,
  der(0xa0, der(0x30, version, der(0x31), der(0x30, data, der(0xa0, der(0x04, saidInside))))),
)
const signedOpen = open(
  0x30,
  signedData,
  open(
    0xa0,
    open(
      0x30,
      version,
      der(0x31),
      open(
        0x30,
        data,
        open(0xa0, open(0x24, der(0x04, saidInside.subarray(0, 50)), der(0x04, saidInside.subarray(50)))),
      ),
    ),
  ),
)
const sealed = (content: Buffer, kind: string) =>
  mail(
    [
      'Subject: s',
      `Content-Type: application/pkcs7-mime; smime-type=${kind}; name=smime.p7m`,
      'Content-Transfer-Encoding: base64',
    ],
    content.toString('base64'),
  )

function attribute(level: number, id: number, value: Buffer): Buffer {
  const head = Buffer.alloc(9)
  head.writeUInt8(level, 0)
  head.writeUInt32LE(id, 1)
  head.writeUInt32LE(value.length, 5)
  return Buffer.concat([head, value, Buffer.alloc(2)])
}

function property(kind: number, id: number, value: Buffer): Buffer {
  const head = Buffer.alloc(12)
  head.writeUInt16LE(kind, 0)
  head.writeUInt16LE(id, 2)
  head.writeUInt32LE(1, 4)
  head.writeUInt32LE(value.length, 8)
  return Buffer.concat([head, value, Buffer.alloc((4 - (value.length % 4)) % 4)])
}

const properties = (...each: readonly Buffer[]) => Buffer.concat([Buffer.from([each.length, 0, 0, 0]), ...each])
const winmail = Buffer.concat([
  Buffer.from([0x78, 0x9f, 0x3e, 0x22, 1, 0]),
  attribute(1, 0x69003, properties(property(0x1f, 0x1000, Buffer.from('Siehe Anhang für Näheres.\0', 'utf16le')))),
  attribute(2, 0x69002, Buffer.alloc(14)),
  attribute(2, 0x18010, Buffer.from('UBERSI~1.PDF\0')),
  attribute(2, 0x6800f, Buffer.from('%PDF-1.7')),
  attribute(2, 0x69005, properties(property(0x1f, 0x3707, Buffer.from('Übersicht März.pdf\0', 'utf16le')))),
])

describe('what lies within its wrap', () => {
  test.each([
    ['signed', signed],
    ['signed by Outlook', signedOpen],
  ])('a mail that is %s is read', async (_, content) => {
    const reading = await readMail(sealed(content, 'signed-data'))
    expect([reading.text, isSealed(reading), reading.files]).toEqual(['Der Drucker streikt für heute.', false, []])
  })

  test('an encrypted mail is a ticket that says so, and keeps what came', async () => {
    const reading = await readMail(sealed(der(0x30, Buffer.from('06092a864886f70d010703', 'hex')), 'enveloped-data'))
    expect([judge(reading, nothingKnown).outcome, isSealed(reading), reading.files[0]?.name]).toEqual([
      'ticket',
      true,
      'smime.p7m',
    ])
  })

  test('files and text that Outlook wrapped up are taken out', async () => {
    const part = `Content-Type: application/ms-tnef; name="winmail.dat"\nContent-Transfer-Encoding: base64\n\n${winmail.toString('base64')}`
    const alone = await readMail(multi(['Subject: s'], 'multipart/mixed', text(''), part))
    expect([alone.text, alone.files.map(({ name, type }) => [name, type])]).toEqual([
      'Siehe Anhang für Näheres.',
      [['Übersicht März.pdf', 'application/pdf']],
    ])
    expect((await readMail(multi(['Subject: s'], 'multipart/mixed', text('Hallo'), part))).text).toBe('Hallo')
  })

  test('a wrap that ends anywhere does no harm', () => {
    const beginnings = (whole: Buffer) => Array.from(whole, (_, length) => whole.subarray(0, length))
    for (const cut of beginnings(winmail)) expect(unwrapped(cut)?.files.length ?? 0).toBeLessThan(2)
    for (const cut of [signed, signedOpen].flatMap(beginnings)) {
      expect(signedContent(cut)?.length ?? 0).toBeLessThanOrEqual(saidInside.length)
    }
  })
})
