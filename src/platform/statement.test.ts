import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { ofOneOrMany, statement } from '#platform/statement.ts'
import { testDatabase } from '#platform/testing.ts'

test('a statement is built once and said with ever other values, each where it belongs', async () => {
  const { db } = await testDatabase()
  let built = 0
  const said = statement((_, { first, among, at }: { first: string; among: readonly number[]; at: Date | null }) => {
    built += 1
    return sql<Record<'first' | 'always' | 'again', string> & { isAmong: boolean; at: Date | null }>`
      select ${first}::text as first, ${'the same'} as always, 2 = any(${among}::int[]) as is_among, ${at}::timestamptz as at,
        ${first}::text || '!' as again`
  })
  const at = new Date('2026-03-02T09:00Z')
  const always = 'the same'
  expect(await said(db, { first: 'one', among: [1, 2], at })).toEqual([
    { first: 'one', always, isAmong: true, at, again: 'one!' },
  ])
  expect(await said(db, { first: 'two', among: [], at: null })).toEqual([
    { first: 'two', always, isAmong: false, at: null, again: 'two!' },
  ])
  expect(built).toBe(1)
})

test('what the query builder makes has its names and its values, too', async () => {
  const { db } = await testDatabase()
  const named = statement((tx, { name }: { readonly name: string }) =>
    tx.selectFrom('setting').select(['name', 'value']).where('name', '=', name),
  )
  await db
    .insertInto('setting')
    .values({ name: 'test.a', value: JSON.stringify({ in_json: 1 }) })
    .execute()
  expect(await named(db, { name: 'test.a' })).toEqual([{ name: 'test.a', value: { in_json: 1 } }])
  expect(await named(db, { name: 'test.b' })).toEqual([])
})

test('about one record it asks for that one alone, about several for a list, and tells the same', async () => {
  const { db } = await testDatabase()
  const asked: string[] = []
  const among = ofOneOrMany((_, isMeant) => {
    const condition = isMeant(sql`each.id`)
    asked.push(condition.compile(db).sql)
    return sql<{ readonly name: string }>`
      select each.name from (values
        ('00000000-0000-4000-8000-000000000001'::uuid, 'one'), ('00000000-0000-4000-8000-000000000002'::uuid, 'two')
      ) each(id, name) where ${condition} order by each.name`
  })
  const id = (last: number) => `00000000-0000-4000-8000-00000000000${last}`
  expect(await among(db, [id(2)])).toEqual([{ name: 'two' }])
  expect(await among(db, [id(1)])).toEqual([{ name: 'one' }])
  expect(await among(db, [id(1), id(2), id(3)])).toEqual([{ name: 'one' }, { name: 'two' }])
  expect(await among(db, [])).toEqual([])
  expect(asked).toEqual(['each.id = $1::uuid', 'each.id = any($1::uuid[])'])
})
