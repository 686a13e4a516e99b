import { mkdtemp, readFile, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { seal, unseal } from './seal.ts'

let folder: string

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'plumbline-seal-'))
  vi.stubEnv('PLUMBLINE_DATA', join(folder, 'data'))
  vi.stubEnv('PLUMBLINE_SECRET', '')
})

afterEach(async () => {
  vi.unstubAllEnvs()
  await rm(folder, { recursive: true })
})

test('a secret opens again by the key that the first one made, which nobody else may read', async () => {
  const [one, two] = await Promise.all([seal('hush', 'account:1'), seal('hush', 'account:1')])

  expect(one).not.toBe(two)
  expect(one).not.toContain('hush')
  expect(await unseal(one, 'account:1')).toBe('hush')
  expect(await unseal(two, 'account:1')).toBe('hush')
  const file = join(folder, 'data/secret.key')
  expect((await stat(file)).mode & 0o777).toBe(0o600)
  expect(Buffer.from((await readFile(file, 'utf8')).trim(), 'base64url')).toHaveLength(32)
})

test('a secret opens for what it was sealed for, untouched, by its own key, and not otherwise', async () => {
  const sealed = await seal('hush', 'account:1')
  // Not the last letter: some of its bits say nothing.
  const touched = `${sealed.slice(0, -2)}${sealed.at(-2) === 'A' ? 'B' : 'A'}${sealed.at(-1)}`

  await expect(unseal(sealed, 'account:2')).rejects.toMatchObject({ code: 'secret.key-missing' })
  await expect(unseal(touched, 'account:1')).rejects.toMatchObject({ code: 'secret.key-missing' })
  await expect(unseal('', 'account:1')).rejects.toMatchObject({ code: 'secret.key-missing' })
  vi.stubEnv('PLUMBLINE_SECRET', Buffer.alloc(32, 7).toString('base64'))
  await expect(unseal(sealed, 'account:1')).rejects.toMatchObject({ code: 'secret.key-missing' })
  expect(await unseal(await seal('by the environment', 'x'), 'x')).toBe('by the environment')
  vi.stubEnv('PLUMBLINE_SECRET', 'short')
  await expect(seal('hush', 'x')).rejects.toMatchObject({ code: 'secret.too-short' })

  vi.stubEnv('PLUMBLINE_SECRET', 'a text that is long enough')
  const byText = await seal('hush', 'x')
  expect(await unseal(byText, 'x')).toBe('hush')
  vi.stubEnv('PLUMBLINE_SECRET', 'a text that is long enough!')
  await expect(unseal(byText, 'x')).rejects.toMatchObject({ code: 'secret.key-missing' })
})
