import { expect, test } from 'vitest'
import { testDatabase } from '#platform/testing.ts'
import { stores } from './store.ts'

/** Columns that hold a person's id, by their names and by what they refer to. */
const KNOWN_BY_NAME =
  '(person|actor|owner|assignee|requester|ordered_by|chair|commander|communications|reporter|by)_ids?$|_by$|^(approver|recipient)_ids$|^on_behalf_of$'

/** They end like a person and are none. */
const NO_PERSON = new Set(['agreement_support.supported_by'])

test('every column that holds a person is known to whoever forgets them, and tells nothing that is not there', async () => {
  const { pool } = await testDatabase()
  const { rows } = await pool.query<{ column: string }>(
    `select c.relname || '.' || a.attname as column from pg_class c join pg_attribute a on a.attrelid = c.oid
     where c.relnamespace = current_schema()::regnamespace and c.relkind in ('r', 'p') and not c.relispartition
       and a.attnum > 0 and not a.attisdropped and (a.atttypid in ('uuid'::regtype, 'uuid[]'::regtype) and a.attname ~ $1
         or exists (select from pg_constraint k where k.conrelid = c.oid and k.contype = 'f'
           and k.confrelid = 'person'::regclass and a.attnum = any(k.conkey)))`,
    [KNOWN_BY_NAME],
  )
  const there = rows.map(({ column }) => column).filter((column) => !NO_PERSON.has(column))
  const known = stores.flatMap(({ table, columns }) => columns.map((column) => `${table}.${column}`))
  expect(there.filter((column) => !known.includes(column))).toEqual([])
  expect(known.filter((column) => !there.includes(column))).toEqual([])
  for (const { table, tells, address, emptied = {} } of stores) {
    const columns = [...tells, ...(address === undefined ? [] : [address]), ...Object.keys(emptied)]
    if (columns.length > 0)
      await pool.query(`select ${columns.map((name) => `"${name}"`).join(', ')} from "${table}" limit 0`)
  }
})
