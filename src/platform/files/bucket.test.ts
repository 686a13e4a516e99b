import { createHash, randomBytes } from 'node:crypto'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { configurationOf } from '#platform/configuration.ts'
import { bucketAt } from './bucket.ts'

const { bucket: settings } = configurationOf(process.env)

// A store of one's own is no package of the operating system: whoever has one names it as for the program itself.
test.skipIf(settings === undefined)(
  'PLUMBLINE_S3: a content is put, read from its beginning, dated and removed',
  async () => {
    const { put, open, putAt, remove } = bucketAt(settings!)
    const content = randomBytes(300_000)
    const sha256 = createHash('sha256').update(content).digest('hex')
    const folder = await mkdtemp(join(tmpdir(), 'plumbline-bucket-'))
    onTestFinished(() => rm(folder, { recursive: true, force: true }))
    await writeFile(join(folder, 'file'), content)

    expect(await open(sha256)).toBeNull()
    expect(await putAt(sha256)).toBeNull()
    await put(sha256, join(folder, 'file'))
    await put(sha256, join(folder, 'file'))
    expect(Buffer.concat(await (await open(sha256))!.toArray())).toEqual(content)
    expect(Buffer.concat(await (await open(sha256, 100))!.toArray())).toEqual(content.subarray(0, 100))
    expect(Math.abs((await putAt(sha256))!.getTime() - Date.now())).toBeLessThan(3_600_000)
    await remove(sha256)
    expect(await open(sha256)).toBeNull()
  },
)

test('a store that does not answer is said to be away', async () => {
  const { open, put } = bucketAt({ url: 'http://127.0.0.1:9/bucket', region: 'x', key: 'k', secret: 's' })
  await expect(open('a'.repeat(64))).rejects.toMatchObject({ code: 'file.store-away' })
  await expect(put('a'.repeat(64), import.meta.filename)).rejects.toMatchObject({ code: 'file.store-away' })
})

test.each([
  ['no bucket', 'https://store.example.com'],
  ['no address', 'store/bucket'],
])('PLUMBLINE_S3 that names %s is refused', (_, given) => {
  const env = { PLUMBLINE_S3: given, PLUMBLINE_S3_KEY: 'k', PLUMBLINE_S3_SECRET: 's' }
  expect(() => configurationOf(env)).toThrow(expect.objectContaining({ code: 'bucket-wrong' }))
})

test('PLUMBLINE_S3 has its region behind it', () => {
  const env = {
    PLUMBLINE_S3: 'https://store.example.com/bucket/files/?region=eu-central-1',
    PLUMBLINE_S3_KEY: 'k',
    PLUMBLINE_S3_SECRET: 's',
  }
  expect(configurationOf(env).bucket).toEqual({
    url: 'https://store.example.com/bucket/files',
    region: 'eu-central-1',
    key: 'k',
    secret: 's',
  })
})
