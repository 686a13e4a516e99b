import { once } from 'node:events'
import { createReadStream } from 'node:fs'
import { connect } from 'node:net'
import { Failure } from '#core/failure.ts'

/** So long for the next word of the scanner. */
const PATIENCE_MS = 120_000
/** More than a verdict is never said. */
const LONGEST_ANSWER = 4096

/**
 * Has a clamd look at a file of the disk.
 *
 * @param at `host:port`, or the path of its socket.
 * @returns What it found, by its name there; null for nothing.
 * @throws `file.scanner-away` when it does not answer, and `file.too-large-to-scan` when it does not take so much: what
 *   was not looked at is not let in.
 */
export async function foundIn(path: string, at: string): Promise<string | null> {
  const { said, trouble } = await ask(at, 'zINSTREAM\0', async function* pieces() {
    for await (const piece of createReadStream(path) as AsyncIterable<Buffer>) {
      const length = Buffer.alloc(4)
      length.writeUInt32BE(piece.length)
      yield length
      yield piece
    }
    yield Buffer.alloc(4)
  })
  const found = /^stream: (.+) FOUND$/.exec(said)?.[1]
  if (found !== undefined) return found
  if (said === 'stream: OK') return null
  // What it says of too much is often lost, since it hangs up in the middle of ours: then it is there, and was before.
  if (said === '') await requireScanner(at, trouble)
  if (said === '' || /size limit exceeded/i.test(said)) throw new Failure('too-large', 'file.too-large-to-scan')
  throw away(said)
}

/** Throws `file.scanner-away` when the scanner does not answer. */
export async function requireScanner(at: string, before?: string): Promise<void> {
  const { said, trouble } = await ask(at, 'zPING\0')
  if (said !== 'PONG') throw away(said || (before ?? trouble))
}

interface Answer {
  /** Empty when it hung up without a word. */
  readonly said: string
  readonly trouble: string
}

/** What it answers to one command, and what comes with it (clamd(8), the forms that begin with `z`). */
async function ask(at: string, command: string, more: () => AsyncIterable<Buffer> = none): Promise<Answer> {
  const [, host, port] = /^(.+):(\d+)$/.exec(at) ?? []
  const socket = connect(host === undefined ? { path: at } : { host, port: Number(port) })
  const over = Promise.withResolvers<void>()
  let said = ''
  let trouble = 'closed'
  socket.setTimeout(PATIENCE_MS, () => socket.destroy(new Error('timeout')))
  socket.on('data', (piece: Buffer) => {
    said += piece.toString('latin1')
    if (said.includes('\0') || said.length > LONGEST_ANSWER) over.resolve()
  })
  socket.on('error', ({ message }) => (trouble = message))
  socket.on('close', over.resolve)

  let isOver = false
  const ended = over.promise.then(() => (isOver = true))
  async function speak(): Promise<void> {
    socket.write(command, 'latin1')
    for await (const piece of more()) {
      if (isOver) return
      // Whoever has heard enough hangs up while we still speak.
      if (!socket.write(piece)) await Promise.race([once(socket, 'drain').catch(() => undefined), ended])
    }
  }
  try {
    await Promise.all([speak(), ended])
  } finally {
    socket.destroy()
  }
  return { said: said.replace(/\0.*$/s, '').trim(), trouble }
}

async function* none(): AsyncGenerator<Buffer> {}

function away(detail: string): Failure {
  return new Failure('unavailable', 'file.scanner-away', { detail })
}
