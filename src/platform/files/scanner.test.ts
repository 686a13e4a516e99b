import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { EICAR, isClamdThere, startClamd } from './clamd-testing.ts'
import { foundIn } from './scanner.ts'

async function folder(): Promise<string> {
  const made = await mkdtemp(join(tmpdir(), 'plumbline-scanned-'))
  onTestFinished(() => rm(made, { recursive: true, force: true }))
  return made
}

test.skipIf(!isClamdThere)(
  'a virus is found by name, and what is too large to be looked at is not let in',
  async () => {
    const within = await folder()
    const at = await startClamd()
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
