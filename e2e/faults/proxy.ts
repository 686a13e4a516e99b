import { createConnection, createServer, type Socket } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'

/** What stands between the program and its database, and can do to them what networks do. */
export interface Proxy {
  /** The database's address through it. */
  readonly url: string
  /** Everything takes so long from now on, in each direction. */
  readonly delay: (milliseconds: number) => void
  /** Every connection ends without a word, and no other is let through until {@link heal}. */
  readonly split: () => void
  readonly heal: () => void
  /** The next commits that the program sends reach the database, and their answers never the program. */
  readonly loseNextCommits: (many: number) => void
  /** So many commits were lost so far. */
  readonly lost: () => number
  readonly stop: () => Promise<void>
}

/** A simple query that is `commit` and nothing else, as PostgreSQL's protocol writes it: its kind, its length, its text. */
const COMMIT = Buffer.from('Q\0\0\0\u000bcommit\0')

/** Passes what comes one after the other, however long each takes. */
function inTurn(socket: Socket, pass: (bytes: Buffer) => Promise<void>): void {
  let turn = Promise.resolve()
  socket.on('data', (bytes: Buffer) => {
    turn = turn.then(() => pass(bytes))
  })
}

/** Long enough for the database to do what it was sent. */
const UNTIL_DONE_MS = 150

/** @param url Of the database, whose socket it names. */
export async function startProxy(url: string): Promise<Proxy> {
  const address = new URL(url.replace('@/', '@localhost/'))
  const socketPath = `${address.searchParams.get('host')!}/.s.PGSQL.${address.searchParams.get('port')!}`
  const pairs = new Set<readonly [Socket, Socket]>()
  let delayMs = 0
  let isSplit = false
  let toLose = 0
  let lost = 0

  function end([near, far]: readonly [Socket, Socket]): void {
    near.destroy()
    far.destroy()
  }

  const server = createServer((near) => {
    if (isSplit) {
      near.destroy()
      return
    }
    const far = createConnection(socketPath)
    const pair = [near, far] as const
    pairs.add(pair)
    let isLosing = false
    for (const each of pair) {
      each.on('error', () => end(pair))
      each.on('close', () => {
        pairs.delete(pair)
        // What was lost is lost only once the database has it.
        if (!isLosing) end(pair)
      })
    }
    inTurn(near, async (bytes) => {
      if (delayMs > 0) await sleep(delayMs)
      far.write(bytes)
      if (toLose === 0 || isLosing || !bytes.includes(COMMIT)) return
      toLose -= 1
      lost += 1
      isLosing = true
      near.destroy()
      await sleep(UNTIL_DONE_MS)
      far.destroy()
    })
    inTurn(far, async (bytes) => {
      if (delayMs > 0) await sleep(delayMs)
      if (!near.destroyed) near.write(bytes)
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as { readonly port: number }
  address.searchParams.delete('host')
  address.searchParams.delete('port')
  address.host = `127.0.0.1:${port}`
  return {
    url: address.href,
    delay: (milliseconds) => void (delayMs = milliseconds),
    split: () => {
      isSplit = true
      for (const pair of pairs) end(pair)
    },
    heal: () => void (isSplit = false),
    loseNextCommits: (many) => void (toLose = many),
    lost: () => lost,
    stop: async () => {
      for (const pair of pairs) end(pair)
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
