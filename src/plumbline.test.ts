import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { chmod, copyFile, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { expect, onTestFinished, test } from 'vitest'

const run = promisify(execFile)
const SCRIPT = fileURLToPath(new URL('../plumbline', import.meta.url))

/** Does what npm ci does, as far as it matters here: it takes a moment, says so, and leaves a Node. */
const NPM = `#!/bin/sh
echo npm "$@" >>"$NPM_LOG"
mkdir -p node_modules/.bin
[ ! -e "$NPM_HANGS" ] || sleep 60
[ ! -e "$NPM_FAILS" ] || exit 7
sleep 0.2
ln -s "$(cat "$NODE_PATH_FILE")" node_modules/.bin/node
`

/** A clone in which everything is as in the project except that npm is a stand-in and the program says what it was given. */
async function clone() {
  const base = await mkdtemp(join(tmpdir(), 'plumbline clone-'))
  onTestFinished(() => rm(base, { recursive: true, force: true }))
  const root = join(base, 'a clone')
  const bin = join(base, 'bin')
  await mkdir(join(root, 'src'), { recursive: true })
  await mkdir(bin)
  await copyFile(SCRIPT, join(root, 'plumbline'))
  await chmod(join(root, 'plumbline'), 0o755)
  for (const file of ['package.json', 'package-lock.json']) await writeFile(join(root, file), '{ "packages": {} }')
  await writeFile(join(root, '.npmrc'), '')
  await writeFile(join(root, 'src/main.ts'), 'console.log(JSON.stringify([process.cwd(), ...process.argv.slice(2)]))')
  await writeFile(join(bin, 'npm'), NPM)
  await writeFile(join(base, 'node'), process.execPath)
  await chmod(join(bin, 'npm'), 0o755)
  await symlink(process.execPath, join(bin, 'node'))
  const env = {
    PATH: bin + delimiter + '/usr/bin' + delimiter + '/bin',
    LANG: 'C',
    NPM_LOG: join(base, 'log'),
    NPM_HANGS: join(base, 'hangs'),
    NPM_FAILS: join(base, 'fails'),
    NODE_PATH_FILE: join(base, 'node'),
    NODE_COMPILE_CACHE: join(base, 'cache'),
  }
  return {
    base,
    root,
    env,
    call: (args: readonly string[] = [], { cwd = root, program = join(root, 'plumbline') } = {}) =>
      run(program, args, { cwd, env, timeout: 15_000 }),
    begin: () => spawn(join(root, 'plumbline'), [], { env, stdio: 'ignore', detached: true }),
    installations: async () =>
      (await readFile(env.NPM_LOG, 'utf8').catch(() => '')).trim().split('\n').filter(Boolean).length,
  }
}

test('a fresh clone installs what it needs, says so, and does not do it again', async () => {
  const { call, installations, root } = await clone()

  const first = await call(['start', 'a b'])
  const second = await call(['start'])

  expect(first.stderr).toContain('Installing what Plumbline needs')
  expect(JSON.parse(first.stdout)).toEqual([root, 'start', 'a b'])
  expect(second.stderr).toBe('')
  expect(await installations()).toBe(1)
  expect(existsSync(join(root, '.installing'))).toBe(false)
})

test('it runs where the caller stands, also by a link to it', async () => {
  const { base, call, root } = await clone()
  await symlink('a clone/plumbline', join(base, 'link'))
  await symlink(join(base, 'link'), join(base, 'link-to-link'))

  const { stdout } = await call(['import', 'file.csv'], { cwd: base, program: join(base, 'link-to-link') })

  expect(JSON.parse(stdout)).toEqual([base, 'import', 'file.csv'])
  expect(existsSync(join(root, 'node_modules'))).toBe(true)
})

test('a changed lockfile is installed anew', async () => {
  const { call, installations, root } = await clone()
  await call()
  await writeFile(join(root, 'package-lock.json'), '{ "packages": { "node_modules/new": { "version": "1.0.0" } } }')

  await call()

  expect(await installations()).toBe(2)
})

test('what somebody installed with npm is taken as it is', async () => {
  const { call, installations, root } = await clone()
  await mkdir(join(root, 'node_modules/.bin'), { recursive: true })
  await symlink(process.execPath, join(root, 'node_modules/.bin/node'))
  await writeFile(join(root, 'node_modules/.package-lock.json'), '{ "packages": {} }')

  await call()
  expect(await installations()).toBe(0)

  await writeFile(join(root, 'package-lock.json'), '{ "packages": { "node_modules/new": { "version": "1.0.0" } } }')
  await call()
  expect(await installations()).toBe(1)
})

test('an installation that fails says so and leaves what was there', async () => {
  const { call, env, root } = await clone()
  await call()
  await writeFile(join(root, 'node_modules/kept'), '')
  await writeFile(join(root, 'package-lock.json'), '{ "packages": { "node_modules/new": { "version": "1.0.0" } } }')
  await writeFile(env.NPM_FAILS, '')

  const failure = await call().catch((error: unknown) => error)

  expect(failure).toMatchObject({ code: 1, stdout: '', stderr: expect.stringContaining('npm ci ended with 7') })
  expect(existsSync(join(root, 'node_modules/kept'))).toBe(true)
  expect(existsSync(join(root, '.installing'))).toBe(false)
})

test.each(['SIGTERM', 'SIGKILL'] as const)('an installation cut off by %s is begun anew', async (signal) => {
  const { begin, call, env, installations, root } = await clone()
  await writeFile(env.NPM_HANGS, '')
  const child = begin()
  const ended = once(child, 'exit')
  await expect.poll(installations, { timeout: 10_000, interval: 10 }).toBe(1)
  // Killed with its npm, as by a machine that goes down; asked to end, it ends npm itself.
  process.kill(signal === 'SIGKILL' ? -Number(child.pid) : Number(child.pid), signal)
  await ended
  expect(existsSync(join(root, 'node_modules'))).toBe(false)
  await rm(env.NPM_HANGS)

  const { stdout } = await call(['start'])

  expect(JSON.parse(stdout)).toEqual([root, 'start'])
  expect(await installations()).toBe(2)
  expect(existsSync(join(root, '.installing'))).toBe(false)
})

test('of several that come at once, one installs and the others wait', async () => {
  const { call, installations } = await clone()

  const ends = await Promise.all([call(['1']), call(['2']), call(['3'])])

  expect(ends.map(({ stdout }) => (JSON.parse(stdout) as string[])[1])).toEqual(['1', '2', '3'])
  expect(await installations()).toBe(1)
})

test('without Node, or with one that is too old, it says where to get one', async () => {
  const { base, call, env } = await clone()
  await rm(join(base, 'bin/node'))
  await writeFile(join(base, 'bin/node'), '#!/bin/sh\n[ "$1" = -v ] && echo v18.20.0 || echo 18\n')
  await chmod(join(base, 'bin/node'), 0o755)

  await expect(call()).rejects.toMatchObject({ code: 1, stderr: expect.stringContaining('this is v18.20.0') })
  env.LANG = 'de_DE.UTF-8'
  await expect(call()).rejects.toMatchObject({ stderr: expect.stringContaining('dies ist v18.20.0') })
})

test('where the Node that was brought does not run, one of the machine does', async () => {
  const { base, call, root } = await clone()
  await writeFile(join(base, 'not-for-here'), '#!/nowhere\n')
  await chmod(join(base, 'not-for-here'), 0o755)
  await writeFile(join(base, 'node'), join(base, 'not-for-here'))

  const { stdout } = await call(['start'])

  expect(JSON.parse(stdout)).toEqual([root, 'start'])
})
