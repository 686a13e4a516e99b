import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { clockCommand } from './clock.ts'
import type { CommandWorld } from './command.ts'

/** Checking cases needs no database. */
async function check(content: string | null, ...more: readonly string[]) {
  const folder = await mkdtemp(join(tmpdir(), 'plumbline-clock-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  const file = join(folder, 'cases.json')
  if (content !== null) await writeFile(file, content)
  const out: string[] = []
  const err: string[] = []
  const world = { out: (line: string) => out.push(line), err: (line: string) => err.push(line) }
  const code = await clockCommand(['check', file, ...more], {
    ...world,
    json: true,
    language: 'en',
  } as unknown as CommandWorld)
  return { code, out, said: err.map((line) => line.replaceAll(file, 'FILE')) }
}

const always = { week: { mon: [['00:00', '24:00']] } }
const monday = { id: 'a', kind: 'is_open', calendar: always, input: { at: '2025-06-02T12:00:00Z' } }
const fileOf = (...expected: readonly boolean[]) =>
  JSON.stringify({ cases: expected.map((open) => ({ ...monday, expect: { open } })) })

test.each([
  ['is not there', null, 'There is no file FILE.'],
  ['is empty', ' \n', 'FILE is empty.'],
  ['is no JSON', '{', 'FILE is not JSON: '],
  ['holds something else', '{"tests":[]}', 'FILE: These are no cases (cases: '],
])('a file that %s is wrong use, and a sentence says so', async (_, content, sentence) => {
  const { code, out, said } = await check(content)

  expect([code, out]).toEqual([2, []])
  expect(said).toEqual([expect.stringContaining(sentence)])
})

test('what became of the cases is one JSON object, and fails when one of the core does', async () => {
  expect(await check(fileOf(true, true))).toMatchObject({ code: 0, said: [] })
  const { code, out } = await check(fileOf(true, false))

  expect(code).toBe(1)
  expect(out.map((line) => JSON.parse(line) as object)).toEqual([
    {
      passed: 1,
      failed: 1,
      coreFailed: 1,
      unchecked: 0,
      lines: ['failed (core)  is_open a: expected open false, got true.'],
    },
  ])
})

test('an option that there is not is no file', async () => {
  const { code, out } = await check(fileOf(true), '--strict')

  expect([code, out[0]?.startsWith('Usage: ')]).toEqual([2, true])
})
