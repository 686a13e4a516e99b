import { onTestFinished } from 'vitest'
import type { Actor } from '#platform/context.ts'
import type { Database } from '#platform/database.ts'
import { httpServer, type Route } from '#platform/http.ts'
import { silent } from '#platform/log.ts'

/** Tells the next that is heard: a whole event whose text holds `what`, or nothing once the stream has ended. */
export type Hear = (what?: string) => Promise<string>

/** Servers of live events, on a port: as the browsers of several people, who each hold a stream. */
export async function testStreams(
  { db }: Pick<Database, 'db'>,
  routes: readonly Route[],
  people: Readonly<Record<string, Actor>>,
): Promise<{ readonly listen: (who: string) => Promise<Hear>; readonly close: () => Promise<void> }> {
  const server = httpServer({
    db,
    routes,
    listeners: {},
    authenticate: async (request) => people[String(request.headers['x-who'])]!,
    enqueue: async () => undefined,
    now: () => new Date(),
    log: silent,
  })
  const address = await server.listen({ port: 0, host: '127.0.0.1' })
  onTestFinished(() => server.close())
  const listen = async (who: string): Promise<Hear> => {
    const reply = await fetch(`${address}/api/v1/events/stream`, { headers: { 'x-who': who } })
    if (reply.headers.get('content-type') !== 'text/event-stream') throw new Error(`${who} holds no stream`)
    const heard = reply.body!.pipeThrough(new TextDecoderStream()).getReader()
    return async (what = 'data:') => {
      for (;;) {
        const { value = '', done } = await heard.read()
        if (done || value.includes(what)) return value
      }
    }
  }
  return { listen, close: () => server.close() }
}
