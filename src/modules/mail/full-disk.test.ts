import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { afterAll, expect, test } from 'vitest'
import { keepFile, keepFilesIn } from '#platform/files/store.ts'
import { keepMail, keepMailsIn } from './raw.ts'

/** A disk of a quarter of a megabyte; null where we may not make one. */
function smallDisk(): string | null {
  const folder = mkdtempSync(join(tmpdir(), 'plumbline-small-'))
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=256k', 'tmpfs', folder], { stdio: 'ignore' })
    return folder
  } catch {
    rmSync(folder, { recursive: true })
    return null
  }
}

const disk = smallDisk()
if (disk === null) process.stderr.write('Not allowed to mount a small disk: a full one is not tried\n')
afterAll(() => {
  if (disk === null) return
  execFileSync('umount', [disk])
  rmSync(disk, { recursive: true })
})

test.skipIf(disk === null)(
  'what the disk has no room for is kept not at all, says so, and comes in once there is room',
  async () => {
    keepFilesIn(join(disk!, 'files'))
    keepMailsIn(join(disk!, 'mails'))
    const large = () => Readable.from([Buffer.alloc(200_000, 'a'), Buffer.alloc(200_000, 'b')])
    const small = () => Readable.from([Buffer.from('From: eva@kunde.example\r\n\r\nHallo')])
    const kept = await keepMail(small())
    await expect(keepFile(large(), 1e9)).rejects.toMatchObject({ kind: 'unavailable', code: 'file.disk-full' })
    await expect(keepMail(large())).rejects.toMatchObject({ kind: 'unavailable', code: 'file.disk-full' })
    const left = (await readdir(disk!, { recursive: true })).filter((name) => name.endsWith('.part'))
    expect(left).toEqual([])
    expect((await keepMail(small())).sha256).toEqual(kept.sha256)
    expect((await keepFile(small(), 1e9)).size).toBe(32)
  },
)
