import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { expect, onTestFinished, test, vi } from 'vitest'
import { findChromium } from './chromium.ts'

async function folderWith(programs: Readonly<Record<string, string>>): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'plumbline-chromium-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  for (const [name, script] of Object.entries(programs)) {
    await writeFile(join(folder, name), `#!/bin/sh\n${script}\n`)
    await chmod(join(folder, name), 0o755)
  }
  return folder
}

function setting(environment: Readonly<Record<string, string>>): void {
  for (const [name, value] of Object.entries(environment)) vi.stubEnv(name, value)
  onTestFinished(() => void vi.unstubAllEnvs())
}

test('the browser that is named is taken, and told to keep to itself', async () => {
  const folder = await folderWith({ 'my-browser': 'echo Chromium 1' })
  setting({ CHROMIUM_PATH: join(folder, 'my-browser') })

  const { executablePath, args } = await findChromium()

  expect(executablePath).toBe(join(folder, 'my-browser'))
  expect(args).toEqual(expect.arrayContaining(['--headless', '--disable-background-networking', '--disable-sync']))
})

test('a named browser that does not run is said, with what it says and what to do', async () => {
  const folder = await folderWith({ broken: 'echo "error while loading shared libraries: libnss3.so" >&2; exit 127' })
  setting({ CHROMIUM_PATH: join(folder, 'broken') })

  await expect(findChromium({ language: 'en' })).rejects.toThrow(
    /^CHROMIUM_PATH names .*broken, which does not run: .*libnss3\.so/,
  )
  await expect(findChromium({ language: 'de' })).rejects.toThrow(
    /^CHROMIUM_PATH nennt .*broken, das sich nicht starten lässt: .*libnss3\.so/,
  )
})

test('a signpost in the place of a browser is passed by', async () => {
  const signpost = await folderWith({ chromium: 'echo "please install the snap" >&2; exit 1' })
  const real = await folderWith({ 'google-chrome': 'echo Chrome 1' })
  // Without the machine's own folders: its browser would be found before the second name.
  setting({ CHROMIUM_PATH: '', PATH: [signpost, real].join(delimiter) })

  expect((await findChromium()).executablePath).toBe(join(real, 'google-chrome'))
})
