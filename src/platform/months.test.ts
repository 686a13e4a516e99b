import { expect, test } from 'vitest'
import { makeMonthsAhead } from './months.ts'
import { testDatabase } from './testing.ts'

test('what happens in the months to come lies in months of its own, and so does its audit', async () => {
  const { pool } = await testDatabase()
  const written = async (at: string) => {
    const { rows } = await pool.query<{ history: string; audit: string }>(
      `with fact as (insert into history (id, subject_type, subject_id, kind, occurred_at)
         values (gen_random_uuid(), 'incident', gen_random_uuid(), 'incident.note', $1) returning tableoid::regclass::text as history),
       entry as (insert into audit (id, at, action)
         values (gen_random_uuid(), $1, 'incident.seen') returning tableoid::regclass::text as audit)
       select * from fact, entry`,
      [at],
    )
    return rows[0]!
  }
  await written('2030-01-20T00:00Z')
  const now = new Date('2030-02-15T00:00Z')

  expect(await makeMonthsAhead(pool, now)).toBe(true)
  expect(await makeMonthsAhead(pool, now)).toBe(true)

  expect(await written('2030-01-21T00:00Z')).toEqual({ history: 'history_default', audit: 'audit_default' })
  expect(await written('2030-02-15T00:00Z')).toEqual({ history: 'history_2030_02', audit: 'audit_2030_02' })
  expect(await written('2030-04-20T00:00Z')).toEqual({ history: 'history_2030_04', audit: 'audit_2030_04' })
})
