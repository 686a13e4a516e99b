import { fork, type ForkOptions } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import type { PageSource } from './typst.ts'

/**
 * How a process is begun that sets a document and ends: code of the compiler of pages is used once, so it is translated once
 * and fast, for less than half of the time and a fifth less memory; what lives for a moment is collected soon, or when they
 * say so; and its threads share what was given back.
 */
export const SHORT_LIVED: ForkOptions = {
  serialization: 'advanced',
  stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  execArgv: ['--liftoff-only', '--max-semi-space-size=4', '--expose-gc'],
  env: { ...process.env, MALLOC_ARENA_MAX: '2' },
}

let before: Promise<unknown> = Promise.resolve()

/**
 * A tagged PDF from a Typst template and data, made in a process of its own, one at a time: some hundred megabytes for a
 * second or two. Throws when the template does not compile.
 */
export function pdfApart(source: PageSource): Promise<Buffer> {
  const made = before.then(() => set(source))
  before = made.catch(() => undefined)
  return made
}

function set(source: PageSource): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const child = fork(fileURLToPath(new URL('pdf-process.ts', import.meta.url)), SHORT_LIVED)
    child.once('error', reject)
    child.once('exit', () => reject(new Error('The document was not finished.')))
    child.once('message', (answer) => {
      const { pdf, message } = answer as { readonly pdf?: Uint8Array; readonly message?: string }
      if (pdf === undefined) reject(new Error(message))
      else resolve(Buffer.from(pdf))
    })
    child.send(source, (error) => {
      if (error) reject(error)
    })
  })
}
