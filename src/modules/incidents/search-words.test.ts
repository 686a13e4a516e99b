import { expect, onTestFinished, test } from 'vitest'
import { testDatabase } from '#platform/testing.ts'

test('words of an incident are letters and digits: each other character of a keyboard parts them', async () => {
  const { pool } = await testDatabase()
  const printable = Array.from({ length: 95 }, (_, index) => String.fromCharCode(32 + index)).filter((each) =>
    /[^a-zA-Z0-9]/.test(each),
  )
  const { rows } = await pool.query<{ expression: string }>(
    `select pg_get_expr(adbin, adrelid) as expression from pg_attrdef d join pg_attribute a on a.attrelid = d.adrelid and a.attnum = d.adnum
     where adrelid = 'incident'::regclass and attname = 'search'`,
  )
  const words = async (title: string) => {
    const { rows: found } = await pool.query<{ words: string[] }>(
      `select tsvector_to_array(${rows[0]!.expression}) as words
       from (select 'N-1'::text as number, null::text as source_key, $1::text as title, ''::text as description) i`,
      [title],
    )
    return found[0]!.words.toSorted()
  }
  for (const character of printable) {
    expect(await words(`LX9000${character}Übergröße`), character).toEqual(['1', 'lx9000', 'n', 'übergröße'])
  }
  expect(await words('printer-07.site/a\\b [x]')).toEqual(['07', '1', 'a', 'b', 'n', 'printer', 'site', 'x'])
})

test.each(['staff', 'auditor'])(
  'words are looked for in their index by %s, too, who read behind policies',
  async (access) => {
    const { pool } = await testDatabase()
    const client = await pool.connect()
    onTestFinished(() => client.release(true))
    const { rows: marked } = await client.query('select from pg_proc where proname = $1 and proleakproof', [
      'ts_match_vq',
    ])
    // On a server where nobody could set the mark every row is read instead (0414).
    if (marked.length === 0) return
    await client.query(`begin; set local enable_seqscan = off; set local role plumbline_${access}`)
    const { rows } = await client.query<{ 'QUERY PLAN': string }>(
      `explain select id from incident where search @@ to_tsquery('simple', 'zqx:*')`,
    )
    expect(rows.map((row) => row['QUERY PLAN']).join('\n')).toContain('incident_search')
  },
)
