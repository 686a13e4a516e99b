import { sql } from 'kysely'
import fc from 'fast-check'
import { types } from 'pg'
import { expect, test } from 'vitest'
import { readMoment } from '#platform/rows.ts'
import { testDatabase } from '#platform/testing.ts'

/** As the database writes it: a blank for the `T`, no zeros at the end, two digits for UTC. */
const written = (moment: Date, further: string) =>
  `${moment.toISOString().slice(0, -1).replace('T', ' ')}${further}`.replace(/\.?0*$/, '') + '+00'

test('a moment is read to the millisecond, whatever digits it has', () => {
  const years = { min: new Date('1001-01-01Z'), max: new Date('9999-12-31Z'), noInvalidDate: true }
  fc.assert(
    fc.property(fc.date(years), fc.stringMatching(/^\d{0,3}$/), (moment, further) => {
      expect(readMoment(written(moment, further))).toEqual(moment)
    }),
  )
})

test.each([
  ['2026-03-02 09:00:00+01', '2026-03-02T08:00:00.000Z'],
  ['2026-03-02 09:00:00.5-03:30', '2026-03-02T12:30:00.500Z'],
  ['0099-03-02 09:00:00+00', '0099-03-02T09:00:00.000Z'],
  ['12026-03-02 09:00:00.25+00', '+012026-03-02T09:00:00.250Z'],
  ['0044-03-15 12:00:00+00 BC', '-000043-03-15T12:00:00.000Z'],
])('%s', (text, iso) => {
  expect(readMoment(text).toISOString()).toBe(iso)
})

test('rows have the names of the program, whatever is within a value keeps its own, and connections beside name as the database does', async () => {
  const { db, pool } = await testDatabase()
  const text = `select timestamptz '2026-03-02 09:00Z' as due_at, '{"in_json": [{"a_b": 1}]}'::jsonb as told, 'infinity'::timestamptz as no_end`
  const { rows } = await sql.raw(text).execute(db)
  expect(rows).toEqual([{ dueAt: new Date('2026-03-02T09:00Z'), told: { in_json: [{ a_b: 1 }] }, noEnd: Infinity }])
  // Often enough that it is prepared.
  for (let time = 0; time < 4; time++) expect((await sql.raw(text).execute(db)).rows).toEqual(rows)
  expect(Object.keys((await pool.query(text)).rows[0])).toEqual(['due_at', 'told', 'no_end'])
  expect(types.getTypeParser(types.builtins.TIMESTAMPTZ)).toBe(readMoment)
})
