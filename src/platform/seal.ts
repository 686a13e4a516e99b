import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from 'node:crypto'
import { access, link, mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Failure } from '#core/failure.ts'
import { configurationOf } from '#platform/configuration.ts'

/*
 * Secrets that the program needs again in clear (one-time code secrets, client secrets) lie in the database sealed by
 * AES-256-GCM. The key is not in the database: it is in the environment, or in a file of the data folder made at the first
 * start. Whoever has a copy of the database alone can read none of them, and nor can we without the key: it belongs into
 * the backup, apart from the database.
 */

const KEY_BYTES = 32
const NONCE_BYTES = 12
const TAG_BYTES = 16
const SEALED = 's1.'

const keys = new Map<string, Promise<Buffer>>()

/** Where the key is kept when the environment has none. */
function keyFile(): string {
  return join(configurationOf(process.env).dataFolder, 'secret.key')
}

/** Whether there is a key already: without one nothing was ever sealed or signed. */
export async function hasKey(): Promise<boolean> {
  if (process.env['PLUMBLINE_SECRET']) return true
  return access(keyFile()).then(
    () => true,
    () => false,
  )
}

/** The key of this installation; made when there is none. Throws when there is something that is no key. */
async function installationKey(): Promise<Buffer> {
  const given = process.env['PLUMBLINE_SECRET']
  if (given) return keyOf(given)
  const path = keyFile()
  let key = keys.get(path)
  if (key === undefined) {
    key = readOrMake(path)
    keys.set(path, key)
    // Not remembered when it failed: somebody may mend it meanwhile.
    key.catch(() => keys.delete(path))
  }
  return key
}

async function readOrMake(path: string): Promise<Buffer> {
  const there = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null
    throw error
  })
  if (there !== null) return keyIn(there, path)
  await mkdir(join(path, '..'), { recursive: true })
  const part = `${path}.${randomBytes(6).toString('hex')}`
  await writeFile(part, `${randomBytes(KEY_BYTES).toString('base64url')}\n`, { mode: 0o600 })
  try {
    // Whole or not at all, and never over another: of two that start at the same time one makes it.
    await link(part, path)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  } finally {
    await rm(part, { force: true })
  }
  return keyIn(await readFile(path, 'utf8'), path)
}

/** Fewer characters are guessed sooner or later. */
const SHORTEST_SECRET = 24

/** Of the environment: a key as it is, or any other text that is long enough, from which one is made. */
function keyOf(secret: string): Buffer {
  const key = Buffer.from(secret.trim(), 'base64url')
  if (key.length === KEY_BYTES) return key
  if (secret.trim().length < SHORTEST_SECRET)
    throw new Failure('invalid', 'secret.too-short', { least: SHORTEST_SECRET })
  return Buffer.from(hkdfSync('sha256', secret.trim(), '', 'key of the installation', KEY_BYTES))
}

/** Throws when there is a key that is none, so that it is said at the start and not in the midst of work. */
export async function requireKey(): Promise<void> {
  await installationKey()
}

function keyIn(text: string, where: string): Buffer {
  const key = Buffer.from(text.trim(), 'base64url')
  if (key.length !== KEY_BYTES) throw new Error(`${where} holds no key: it takes 32 bytes in base64.`)
  return key
}

/**
 * Seals a text.
 *
 * @param purpose What it is and whose; it opens for that alone, so that nobody moves it from one row into another.
 */
export async function seal(text: string, purpose: string): Promise<string> {
  const nonce = randomBytes(NONCE_BYTES)
  const cipher = createCipheriv('aes-256-gcm', await installationKey(), nonce)
  cipher.setAAD(Buffer.from(purpose))
  const sealed = Buffer.concat([nonce, cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()])
  return SEALED + sealed.toString('base64url')
}

/** The text that was sealed for this purpose. Fails when the key is another one or the sealed text was touched. */
export async function unseal(sealed: string, purpose: string): Promise<string> {
  const bytes = Buffer.from(sealed.slice(SEALED.length), 'base64url')
  try {
    const decipher = createDecipheriv('aes-256-gcm', await installationKey(), bytes.subarray(0, NONCE_BYTES))
    decipher.setAAD(Buffer.from(purpose))
    decipher.setAuthTag(bytes.subarray(bytes.length - TAG_BYTES))
    return decipher.update(bytes.subarray(NONCE_BYTES, -TAG_BYTES), undefined, 'utf8') + decipher.final('utf8')
  } catch {
    throw new Failure('unavailable', 'secret.key-missing')
  }
}

export function isSealed(text: string): boolean {
  return text.startsWith(SEALED)
}

/**
 * Signs texts for one purpose, so that they are known again when they come back from outside. The same text has the same
 * signature as long as the installation has the same key; it says nothing about the key, and none is good for two purposes.
 */
export async function signer(purpose: string): Promise<(text: string) => Buffer> {
  const key = Buffer.from(hkdfSync('sha256', await installationKey(), '', `signature of ${purpose}`, KEY_BYTES))
  return (text) => createHmac('sha256', key).update(text).digest()
}
