import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test, vi } from 'vitest'
import { foundIn, requireScanner } from './scanner.ts'

/** The scanner of the operating system's packages (Debian: clamav-daemon). */
const CLAMD = '/usr/sbin/clamd'
/** The test file of EICAR, which each scanner knows; in two parts, so that none finds it here. */
const EICAR = ['X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR-STANDARD-', 'ANTIVIRUS-TEST-FILE!$H+H*'].join('')

async function folder(): Promise<string> {
  const made = await mkdtemp(join(tmpdir(), 'plumbline-clamd-'))
  onTestFinished(() => rm(made, { recursive: true, force: true }))
  return made
}

test.skipIf(!existsSync(CLAMD))(
  'a virus is found by name, and what is too large to be looked at is not let in',
  async () => {
    const within = await folder()
    const at = join(within, 'socket')
    const fingerprint = createHash('md5').update(EICAR).digest('hex')
    await writeFile(join(within, 'own.hdb'), `${fingerprint}:${EICAR.length}:Eicar-Test\n`)
    const user = process.getuid?.() === 0 ? 'User root\n' : ''
    const settings = `DatabaseDirectory ${within}\nLocalSocket ${at}\nForeground yes\nStreamMaxLength 1M\n${user}`
    await writeFile(join(within, 'clamd.conf'), settings)
    const clamd = spawn(CLAMD, ['-c', join(within, 'clamd.conf')], { stdio: 'ignore' })
    onTestFinished(() => void clamd.kill('SIGKILL'))
    await vi.waitFor(() => requireScanner(at), { timeout: 15_000, interval: 100 })

    const file = async (content: string | Buffer) => {
      await writeFile(join(within, 'file'), content)
      return join(within, 'file')
    }
    expect(await foundIn(await file(EICAR), at)).toMatch(/^Eicar-Test/)
    expect(await foundIn(await file('Nothing but words.'), at)).toBeNull()
    expect(await foundIn(await file(''), at)).toBeNull()
    const large = await file(Buffer.alloc(3_000_000, 'a'))
    await expect(foundIn(large, at)).rejects.toMatchObject({ code: 'file.too-large-to-scan' })
  },
)

test('what nobody looked at is not let in: no scanner, one that says something else, one that hangs up', async () => {
  const within = await folder()
  const file = join(within, 'file')
  await writeFile(file, 'words')
  await expect(foundIn(file, join(within, 'nobody'))).rejects.toMatchObject({ code: 'file.scanner-away' })
  for (const said of ['stream: what? ERROR\0', '']) {
    const server = createServer(
      (socket) =>
        void socket
          .on('error', () => undefined)
          .resume()
          .end(said),
    )
    await new Promise<void>((resolve) => server.listen(join(within, 'socket'), resolve))
    await expect(foundIn(file, join(within, 'socket'))).rejects.toMatchObject({ code: 'file.scanner-away' })
    await new Promise((resolve) => server.close(resolve))
  }
})
