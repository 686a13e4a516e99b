import JSZip from 'jszip'
import { describe, expect, test } from 'vitest'
import { harmless, workbook } from './workbook.ts'

const info = {
  title: 'Figures',
  author: 'Weserblick IT',
  timeZone: 'Europe/Berlin',
  dayFormat: 'dd.mm.yyyy',
  created: new Date('2026-11-05T09:41:00Z'),
}

async function sheetOf(book: Buffer, path = 'xl/worksheets/sheet1.xml'): Promise<string> {
  return (await JSZip.loadAsync(book, { checkCRC32: true })).file(path)!.async('string')
}

test.each([
  ['=1+1', "'=1+1"],
  ['+49 40', "'+49 40"],
  ['-', "'-"],
  ['@here', "'@here"],
  ['\t=1', "'=1"],
  ['\r\n=1', "'=1"],
  ['  =1', "'=1"],
  ['＋1', "'＋1"],
  ['a=1', 'a=1'],
  ['', ''],
  ['\u0000\u0008x\uffff\ud800', 'x\ufffd'],
])('%j is written as %j', (text, written) => {
  expect(harmless(text)).toBe(written)
})

test('a text longer than a cell is cut', () => {
  expect(harmless('x'.repeat(40_000))).toHaveLength(32_767)
})

describe('a workbook', () => {
  test('types each cell as what its column holds', async () => {
    const book = workbook(info)
    const sheet = await book.sheet('All', [
      { head: 'Text', kind: 'text', width: 20 },
      { head: 'Count', kind: 'count', width: 8 },
      { head: 'Moment', kind: 'moment', width: 18 },
      { head: 'Time', kind: 'duration', width: 8 },
    ])
    await sheet.add([
      ['<a> & "b"', 0, new Date('2026-07-01T12:00:00Z'), 90 * 60_000],
      [null, null, null, null],
    ])
    await sheet.close()
    const xml = await sheetOf(await book.finish())

    expect(xml).toContain('<c r="A2" s="1" t="inlineStr"><is><t>&lt;a&gt; &amp; &quot;b&quot;</t></is></c>')
    expect(xml).toContain('<c r="B2" s="2"><v>0</v></c>')
    // 1 July 2026 is day 46204; at noon UTC it is two in Berlin.
    expect(Number(/<c r="C2" s="5"><v>([\d.]+)</.exec(xml)?.[1])).toBeCloseTo(46_204 + 14 / 24, 8)
    expect(xml).toContain('<c r="D2" s="6"><v>0.0625</v></c>')
    expect(xml).toContain('<row r="3"></row>')
    expect(xml).toContain('<autoFilter ref="A1:D3"/>')
  })

  test('orders its tabs as it is told, whatever was written first', async () => {
    const book = workbook(info)
    for (const name of ['Last', 'First'])
      await (await book.sheet(name, [{ head: name, kind: 'text', width: 9 }])).close()
    const done = await book.finish(['First', 'Last'])
    expect(await sheetOf(done, 'xl/workbook.xml')).toMatch(/name="First" sheetId="2".*name="Last" sheetId="1"/)
  })

  test('is the same bytes for the same rows', async () => {
    const make = async () => {
      const book = workbook(info)
      const sheet = await book.sheet('Rows', [{ head: 'Row', kind: 'count', width: 9 }])
      for (let from = 0; from < 20_000; from += 1000)
        await sheet.add(Array.from({ length: 1000 }, (_, index) => [from + index]))
      await sheet.close()
      return book.finish()
    }
    const [one, other] = [await make(), await make()]
    expect(one.equals(other)).toBe(true)
    expect((await sheetOf(one)).match(/<row /g)).toHaveLength(20_001)
  })
})
