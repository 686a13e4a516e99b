import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openText } from './open-text.ts'
import { type LogEvent, readEventLog } from './xes.ts'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'plumbline-xes-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

async function eventsOf(content: string | Buffer): Promise<LogEvent[]> {
  const path = join(folder, 'log')
  await writeFile(path, content)
  const file = await openText(path, { as: 'xml' })
  try {
    return await Array.fromAsync(readEventLog(file))
  } finally {
    file.close()
  }
}

const log = (traces: string) =>
  `<?xml version="1.0" encoding="UTF-8"?>\n<!-- by hand -->\n<log xes.version="1.0">\n<global scope="event"><string key="concept:name" value="none"/></global>\n${traces}\n</log>`
const trace = (name: string, ...events: string[]) =>
  `<trace>${events.map((each) => `<event><string key="concept:name" value="${each}"><string key="nested" value="x"/></string></event>`).join('\n')}<string key="concept:name" value="${name}"/></trace>`

test('events come with the attributes of their trace, also those that stand behind them', async () => {
  const events = await eventsOf(gzipSync(log(trace('Störung &amp; Co', 'Open', 'Closed') + trace('2', 'Open'))))
  expect(events.map(({ trace: { size }, line }) => [size, line])).toEqual([
    [1, 5],
    [1, 6],
    [1, 6],
  ])
  expect(events.map((each) => [each.trace.get('concept:name'), ...each.event])).toEqual([
    ['Störung & Co', ['concept:name', 'Open']],
    ['Störung & Co', ['concept:name', 'Closed']],
    ['2', ['concept:name', 'Open']],
  ])
})

test.each<[string, string | Buffer, string]>([
  ['a log that is cut off', log(trace('1', 'Open')).slice(0, -30), 'xes.cut'],
  ['a packed log that is cut off', gzipSync(log(trace('1', 'Open'))).subarray(0, -12), 'file.damaged'],
  [
    'entities of a document type',
    `<?xml version="1.0"?><!DOCTYPE log [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><log>${trace('&b;', 'Open')}</log>`,
    'xes.doctype',
  ],
  ['an entity that nobody declared', log(trace('&b;', 'Open')), 'xes.no-xml'],
  [
    'a file of the machine as an entity',
    '<?xml version="1.0"?><!DOCTYPE log SYSTEM "file:///etc/passwd"><log></log>',
    'xes.doctype',
  ],
  ['another XML', '<?xml version="1.0"?><rss><item/></rss>', 'xes.no-log'],
  ['tags that do not match', '<log><trace></log>', 'xes.no-xml'],
  ['a value without end', `<log><trace><string key="a" value="${'x'.repeat(400_000)}"/></trace></log>`, 'xes.no-xml'],
  ['elements in elements without end', `<log>${'<list>'.repeat(2000)}`, 'xes.no-xml'],
  ['a table', 'a,b\n1,2\n', 'file.no-xml'],
  ['an archive that unpacks to far more', gzipSync(log(trace('1', 'Open') + ' '.repeat(100 * 1024 ** 2))), 'file.bomb'],
])('%s is refused', async (_, content, code) => {
  await expect(eventsOf(content)).rejects.toMatchObject({ code })
})
