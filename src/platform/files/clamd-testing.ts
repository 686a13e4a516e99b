import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished, vi } from 'vitest'
import { requireScanner } from './scanner.ts'

/** The scanner of the operating system's packages (Debian: clamav-daemon). */
const CLAMD = '/usr/sbin/clamd'
export const isClamdThere = existsSync(CLAMD)

/** The test file of EICAR, which each scanner knows; in two parts, so that none finds it here. */
export const EICAR = ['X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR-STANDARD-', 'ANTIVIRUS-TEST-FILE!$H+H*'].join('')

/** A real one that knows {@link EICAR} alone and looks at a megabyte at most, until the test ends. @returns its socket. */
export async function startClamd(): Promise<string> {
  const within = await mkdtemp(join(tmpdir(), 'plumbline-clamd-'))
  onTestFinished(() => rm(within, { recursive: true, force: true }))
  const at = join(within, 'socket')
  const fingerprint = createHash('md5').update(EICAR).digest('hex')
  await writeFile(join(within, 'own.hdb'), `${fingerprint}:${EICAR.length}:Eicar-Test\n`)
  const user = process.getuid?.() === 0 ? 'User root\n' : ''
  const settings = `DatabaseDirectory ${within}\nLocalSocket ${at}\nForeground yes\nStreamMaxLength 1M\n${user}`
  await writeFile(join(within, 'clamd.conf'), settings)
  const clamd = spawn(CLAMD, ['-c', join(within, 'clamd.conf')], { stdio: 'ignore' })
  onTestFinished(() => void clamd.kill('SIGKILL'))
  await vi.waitFor(() => requireScanner(at), { timeout: 15_000, interval: 100 })
  return at
}
