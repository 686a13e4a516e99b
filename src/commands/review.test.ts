import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test, vi } from 'vitest'
import { newId } from '#core/id.ts'
import { testDatabase } from '#platform/testing.ts'
import { reviewCommand } from './review.ts'

// One of these draws documents, which takes a while on a machine that has other things to do.
vi.setConfig({ testTimeout: 120_000 })

async function commandLine() {
  const database = await testDatabase()
  await database.db
    .insertInto('customer')
    .values({ id: newId(), key: 'NHL', name: 'Nordhafen Logistik', timeZone: 'Europe/Berlin', language: 'de' })
    .execute()
  const folder = mkdtempSync(join(tmpdir(), 'plumbline-review-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const say = async (args: readonly string[], { json = false } = {}) => {
    const [lines, errors]: [string[], string[]] = [[], []]
    const world = {
      database,
      url: database.url,
      out: (line: string) => void lines.push(line),
      err: (line: string) => void errors.push(line),
      json,
      language: 'en' as const,
    }
    return { code: await reviewCommand(args, world), out: lines.join('\n'), err: errors.join('\n') }
  }
  return { say, folder, database }
}

test('a review is made without a server, kept, and written in the customer’s language unless told', async () => {
  const { say, folder, database } = await commandLine()
  const file = join(folder, 'october.pdf')

  const { code, out } = await say(['--customer', 'nordhafen logistik', '--month', '2026-10', '--out', file], {
    json: true,
  })

  expect(code).toBe(0)
  expect(JSON.parse(out)).toEqual({ file, version: 1, checksum: expect.stringMatching(/^[0-9a-f]{64}$/) })
  expect(readFileSync(file).subarray(0, 5).toString()).toBe('%PDF-')
  expect(readFileSync(file).toString('latin1')).toContain('/Lang (de')
  expect(await database.db.selectFrom('review').select(['version', 'state']).execute()).toEqual([
    { version: 1, state: 'done' },
  ])
})

test('help tells what it does', async () => {
  const { say } = await commandLine()
  const { code, out } = await say(['--help'])
  expect(code).toBe(0)
  expect(out).toContain('--customer NAME --month YYYY-MM --out')
})

const good = ['--customer', 'Nordhafen Logistik', '--month', '2026-10', '--out', 'a.pptx']
test.each([
  ['no customer', good.slice(2), 'Say --customer.'],
  ['no month', good.filter((_, index) => index !== 2 && index !== 3), 'Say --month.'],
  ['a month that is none', good.with(3, '2026-1'), '2026-1 is no month'],
  ['another kind of file', good.with(5, 'a.docx'), 'a.docx has none of the endings'],
  ['a language that is not spoken', [...good, '--lang', 'fr'], 'fr is not spoken here'],
  ['an edition that there is not', [...good, '--edition', 'golden'], 'no edition golden'],
  ['an option that there is not', [...good, '--colour', 'red'], '--colour'],
])('with %s is wrong use, and makes nothing', async (_, args, sentence) => {
  const { say, database } = await commandLine()
  const { code, out, err } = await say(args)
  expect(code).toBe(2)
  expect(out).toBe('')
  expect(err).toContain(sentence)
  expect(await database.db.selectFrom('review').select('id').execute()).toEqual([])
})

test('nobody’s review and a month to come are refused with the failure’s sentence', async () => {
  const { say } = await commandLine()
  await expect(say(good.with(1, 'Nobody'))).rejects.toMatchObject({ code: 'customer.not-found' })
  await expect(say(good.with(3, '2999-01'))).rejects.toMatchObject({ code: 'review.month-not-begun' })
})
