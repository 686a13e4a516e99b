import { type ChildProcess, spawn } from 'node:child_process'
import { connect, createServer, type Socket } from 'node:net'
import { fileURLToPath } from 'node:url'
import { expect, onTestFinished, test, vi } from 'vitest'
import { readAccounts } from './account.ts'
import {
  account,
  dovecot,
  hasMailboxes,
  keptIn,
  mail,
  mailWorld as world,
  missing,
  reading,
  received,
  soon,
} from './intake-testing.ts'
import { openMailbox, somethingNew, waitingIn } from './mailbox.ts'

hasMailboxes()

test.skipIf(missing !== null)(
  'another program takes over when one dies, and a server that was away is read on',
  async () => {
    const { database, customerId } = await world()
    const id = await account(database, { address: 'e@dienst.example', customerId })
    const first = reading(database)
    await dovecot().deliver('e@dienst.example', mail('1'))
    await vi.waitFor(async () => expect(await received(database)).toHaveLength(1), soon)
    // As if it were killed: the database notices that the connection with its locks is gone.
    await database.pool.query(`
      select pg_terminate_backend(pid) from pg_locks
      where locktype = 'advisory' and database = (select oid from pg_database where datname = current_database())`)
    await expect(first.done).rejects.toThrow(/connection|terminat/i)
    reading(database)
    await dovecot().deliver('e@dienst.example', mail('2'))
    await vi.waitFor(async () => expect(await received(database)).toHaveLength(2), soon)

    await dovecot().stop()
    const problem = () =>
      database.db.selectFrom('mailAccount').select('problem').where('id', '=', id).executeTakeFirst()
    await vi.waitFor(async () => expect((await problem())?.problem).not.toBeNull(), soon)
    await dovecot().start()
    await dovecot().deliver('e@dienst.example', mail('3'))
    await vi.waitFor(async () => expect(await received(database)).toHaveLength(3), soon)
    await vi.waitFor(async () => expect((await problem())?.problem).toBeNull(), soon)
  },
)

test.skipIf(missing !== null)('a server that hung up before anybody listened is missed at once', async () => {
  const { database, customerId } = await world()
  await account(database, { address: 'g@dienst.example', customerId })
  const [row] = await readAccounts(database.db)
  const client = await openMailbox(database.db, row!)
  try {
    await dovecot().stop()
    await vi.waitFor(() => expect(client.usable).toBe(false), soon)
    const signal = new AbortController().signal
    await expect(somethingNew(client, signal)).rejects.toMatchObject({ code: 'NoConnection' })
    await expect(waitingIn(client, 0, { unread: true })).rejects.toMatchObject({ code: 'NoConnection' })
  } finally {
    client.close()
    await dovecot().start()
  }
})

/** The server as it is seen through a network that breaks in the midst of the first long answers. @returns its port. */
async function breaking(
  times: number,
  afterBytes: number,
): Promise<{ readonly port: number; readonly broke: () => number }> {
  let broke = 0
  const sockets = new Set<Socket>()
  const proxy = createServer((client) => {
    const behind = connect(dovecot().port, '127.0.0.1')
    let sent = 0
    for (const socket of [client, behind]) {
      sockets.add(socket)
      socket.on('error', () => undefined).on('close', () => [client, behind].forEach((each) => each.destroy()))
    }
    client.pipe(behind)
    behind.on('data', (piece: Buffer) => {
      sent += piece.length
      client.write(piece)
      if (sent < afterBytes || broke >= times) return
      broke += 1
      client.destroy()
    })
  })
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    proxy.close()
    for (const socket of sockets) socket.destroy()
  })
  return { port: (proxy.address() as { readonly port: number }).port, broke: () => broke }
}

test.skipIf(missing !== null)(
  'a mailbox that vanishes in the midst of a mail gives it whole and once when it is back',
  async () => {
    const { database, customerId } = await world()
    const { port, broke } = await breaking(2, 1_000_000)
    await account(database, { address: 'm@dienst.example', customerId, port })
    // One that is written to the disk as it comes, and one that is fetched with others.
    const long = 'Zeile um Zeile.\r\n'.repeat(180_000)
    await dovecot().deliver('m@dienst.example', mail('Lang', {}, long), mail('Kurz'))
    reading(database)
    await vi.waitFor(async () => expect(await received(database)).toHaveLength(2), { timeout: 30_000, interval: 50 })
    expect(broke()).toBe(2)
    expect((await received(database)).map(({ subject, outcome }) => [subject, outcome])).toEqual([
      ['Kurz', 'ticket'],
      ['Lang', 'ticket'],
    ])
    const { rows } = await database.pool.query<{ size: number }>('select max(size)::int as size from received_mail')
    expect(rows[0]!.size).toBeGreaterThan(long.length)
  },
)

const PROGRAM = fileURLToPath(new URL('program-testing.ts', import.meta.url))
const KILLS = 5
const MANY = 130

test.skipIf(missing !== null)(
  // Ten times, with the whole program: `npm run bench -- mail-kills`.
  'two programs that are killed again and again neither lose nor double a mail',
  async () => {
    const { database, customerId } = await world()
    await account(database, { address: 'k@dienst.example', customerId })
    const mails = Array.from({ length: MANY }, (_, index) => mail(`Nr. ${index}`, { From: `p${index}@kunde.example` }))
    const begin = () => spawn(process.execPath, [PROGRAM, database.url, keptIn()], { stdio: 'ignore' })
    const programs: ChildProcess[] = [begin(), begin()]
    onTestFinished(() => programs.forEach((each) => each.kill('SIGKILL')))
    const taken = async () =>
      (await database.pool.query<{ many: number }>('select count(*)::int as many from received_mail')).rows[0]!.many
    for (let kill = 0; kill < KILLS; kill += 1) {
      const before = await taken()
      await dovecot().deliver('k@dienst.example', ...mails.splice(0, MANY / KILLS))
      // In the midst of it: the one that was not killed last reads by now.
      await vi.waitFor(async () => expect(await taken()).toBeGreaterThan(before), { timeout: 60_000, interval: 10 })
      programs[kill % 2]!.kill('SIGKILL')
      programs[kill % 2] = begin()
    }
    await vi.waitFor(async () => expect(await taken()).toBe(MANY), { timeout: 60_000, interval: 50 })
    const { rows } = await database.pool.query(
      'select count(*)::int as many, count(distinct title)::int as titles from incident',
    )
    expect(rows).toEqual([{ many: MANY, titles: MANY }])
  },
  // Some programs begin, which takes a while where others work, too.
  240_000,
)
