import { once } from 'node:events'
import { type AddressInfo, connect as dial, createServer } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'
import { expect, onTestFinished, test } from 'vitest'
import { connect } from '#platform/database.ts'
import { testDatabase } from '#platform/testing.ts'
import { whenItAnswers } from './database-address.ts'

/** An address of a database that nobody serves until it is told to. */
async function late() {
  const there = new URL((await testDatabase()).url.replace('@/', '@localhost/'))
  const socket = `${there.searchParams.get('host')}/.s.PGSQL.${there.searchParams.get('port')}`
  const door = createServer((client) => {
    const server = dial(socket)
    server.on('error', () => client.destroy()).pipe(client)
    client.on('error', () => server.destroy()).pipe(server)
  })
  door.listen(0, '127.0.0.1')
  await once(door, 'listening')
  const { port } = door.address() as AddressInfo
  door.close()
  await once(door, 'close')
  const { username, password, pathname } = there
  const database = connect(`postgres://${username}:${password}@127.0.0.1:${port}${pathname}?sslmode=disable`)
  onTestFinished(async () => {
    await database.close()
    door.close()
  })
  return { db: database.db, open: () => door.listen(port, '127.0.0.1') }
}

test('a database that is on its way is awaited, which is said once', async () => {
  const { db, open } = await late()
  const said: string[] = []
  const there = whenItAnswers(db, {
    seconds: 30,
    stop: new AbortController().signal,
    onWaiting: () => said.push('waits'),
  })
  await pause(1200)
  expect(said).toEqual(['waits'])
  open()
  await there
  expect(said).toEqual(['waits'])
})

test('one that does not come is said to be away, and nobody who is to stop waits for it', async () => {
  const { db } = await late()
  const stop = AbortSignal.abort()
  await whenItAnswers(db, { seconds: 30, stop, onWaiting: () => undefined })
  const forever = new AbortController().signal
  const never = whenItAnswers(db, { seconds: 0.1, stop: forever, onWaiting: () => undefined })
  await expect(never).rejects.toMatchObject({ code: 'ECONNREFUSED' })
})

test('what is wrong with the address itself is said at once', async () => {
  const { url } = await testDatabase()
  const { db, close } = connect(url.replace(/@\/[^?]*/, '@/nowhere'))
  onTestFinished(close)
  const waits: string[] = []
  const stop = new AbortController().signal
  const asked = whenItAnswers(db, { seconds: 30, stop, onWaiting: () => waits.push('waits') })
  await expect(asked).rejects.toMatchObject({ code: '3D000' })
  expect(waits).toEqual([])
})
