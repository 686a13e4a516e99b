import fc from 'fast-check'
import type { PoolClient } from 'pg'
import { expect, onTestFinished, test } from 'vitest'
import { type CopyType, type CopyValue, copyInto, copyRows } from '#platform/copy.ts'
import { CopyRows } from '#platform/copy-rows.ts'
import { testDatabase } from '#platform/testing.ts'

const columns = {
  id: 'uuid',
  words: 'text',
  facts: 'jsonb',
  at: 'timestamptz',
  day: 'date',
  few: 'integer',
  many: 'bigint',
  yes: 'boolean',
} as const satisfies Record<string, CopyType>

const definitions = Object.entries(columns).map(([name, type]) => `${name} ${type}`)
/** What the database says of each row, in words of its own. */
const told = `select id::text, words, facts::text, (extract(epoch from at) * 1000)::text as at, day::text, few, many::text, yes
  from copied order by place`

function orNull<Value>(of: fc.Arbitrary<Value>): fc.Arbitrary<Value | null> {
  return fc.option(of, { freq: 5 })
}

/** Texts as people write them, with what an encoder may stumble over; PostgreSQL has no NUL. */
const text = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 300 }).map((any) => any.replaceAll('\0', '')),
  fc.constantFrom('', '\\N', '\t\n\r\\', 'Übergröße', '工具'.repeat(40), `${'x'.repeat(63)}€`, '👩🏽‍🔧'.repeat(9)),
)
/** Years that both sides know. */
const moment = fc.integer({ min: Date.UTC(-4000, 0, 1), max: 8_640_000_000_000_000 })
const row = fc.record({
  id: orNull(fc.uuid()),
  words: orNull(text),
  facts: orNull(fc.oneof(fc.dictionary(fc.stringMatching(/^[a-zß]{1,9}$/), fc.integer()), fc.integer())),
  at: orNull(moment),
  day: orNull(fc.integer({ min: Date.UTC(1, 0, 1) / 86_400_000, max: Date.UTC(9999, 0, 1) / 86_400_000 })),
  few: orNull(fc.integer({ min: -(2 ** 31) + 1, max: 2 ** 31 - 1 })),
  many: orNull(fc.maxSafeInteger()),
  yes: orNull(fc.boolean()),
})

/** One of this test's own: its temporary tables end with it. */
async function connection(): Promise<PoolClient> {
  const client = await (await testDatabase()).pool.connect()
  onTestFinished(() => client.release(true))
  return client
}

test('whatever a row holds is read as it was given', async () => {
  const client = await connection()
  await client.query(`create temp table copied (${definitions.join(', ')}, place serial)`)
  const rows = fc.sample(row, { numRuns: 2000, seed: 1 })
  const days = rows.map(({ day }) => (day === null ? null : new Date(day * 86_400_000).toISOString().slice(0, 10)))

  await copyRows(
    client,
    'copied',
    columns,
    rows.map(({ id, words, facts, at, few, many, yes }, index) => [
      id,
      words,
      facts === null ? null : JSON.stringify(facts),
      // Either way of saying a moment.
      at === null || index % 2 === 0 ? at : new Date(at),
      days[index],
      few,
      many,
      yes,
    ]),
  )

  const { rows: read } = await client.query<{ facts: string | null; at: string | null }>(told)
  expect(
    read.map((each) => ({ ...each, facts: each.facts && JSON.parse(each.facts), at: each.at && Number(each.at) })),
  ).toEqual(
    rows.map(({ facts, many, ...rest }, index) => ({
      ...rest,
      facts,
      day: days[index],
      many: many === null ? null : String(many),
    })),
  )
})

test('a NUL, which no text there may hold, becomes a replacement character, wherever it stands', async () => {
  const client = await connection()
  await client.query('create temp table copied (words text, place serial)')
  const long = `${'a'.repeat(200)}\0ü`
  await copyRows(client, 'copied', { words: 'text' }, [['\0'], ['so\0 ist es'], [long]])
  const { rows } = await client.query<{ words: string }>('select words from copied order by place')
  expect(rows.map(({ words }) => words)).toEqual(['�', 'so� ist es', long.replace('\0', '�')])
})

const wrong: readonly (readonly [CopyType, CopyValue])[] = [
  ['uuid', ''],
  ['uuid', '0190b1b0-0000-7000-8000-00000000000'],
  ['uuid', '0190b1b0-0000-7000-8000-0000000000000'],
  ['uuid', '0190b1b0-0000-7000-8000-00000000000g'],
  ['uuid', '0190b1b0-0000-7000-8000-00000000000ä'],
  ['text', 1],
  ['jsonb', true],
  ['timestamptz', new Date(Number.NaN)],
  ['timestamptz', '2026-03-01T00:00:00Z'],
  ['timestamptz', 0.5],
  ['date', '2026-02-30T01:00:00Z'],
  ['date', 'soon'],
  ['integer', 1.5],
  ['integer', 2 ** 31],
  ['integer', '1'],
  ['bigint', 2 ** 53],
  ['bigint', Number.NaN],
  ['boolean', 1],
]

test.each(wrong)('what is no %s is refused and leaves nothing: %s', (type, value) => {
  const rows = new CopyRows(['text', type])
  expect(() => rows.add(['there', value])).toThrow(RangeError)
  rows.add(['there', null])
  // What was written is the one row.
  const once = new CopyRows(['text', type])
  once.add(['there', null])
  expect(rows.lastPiece()).toEqual(once.lastPiece())
})

test('rows of many megabytes go in pieces, one that is larger than a piece as well, and are counted', async () => {
  const client = await connection()
  await client.query('create temp table copied (words text)')
  const target = copyInto(client, 'copied', { words: 'text' })
  for (let index = 0; index < 3000; index++) await target.row(['ä'.repeat(index % 1000 === 0 ? 400_000 : 300)])
  expect(await target.end()).toBe(3000)
  const { rows } = await client.query('select count(*)::int, sum(length(words))::int as letters from copied')
  expect(rows).toEqual([{ count: 3000, letters: 3 * 400_000 + 2997 * 300 }])
})
