/** One connection for all of a page: a browser has few of them for each server. */
const STREAM = '/api/v1/events/stream'

type Heard = (data: unknown) => void

const listeners = new Map<string, Set<Heard>>()
let stream: EventSource | null = null

/**
 * Hears the server-sent events of a name until the returned function is called. What is out of sight is not told: while
 * the page is hidden there is no connection. `open` is heard whenever there is one again, for whatever was missed.
 */
export function listenTo(event: string, heard: Heard): () => void {
  const known = listeners.get(event)
  if (known === undefined) {
    listeners.set(event, new Set([heard]))
    if (stream !== null) attach(stream, event)
  } else known.add(heard)
  renew()
  return () => {
    listeners.get(event)?.delete(heard)
    renew()
  }
}

function attach(to: EventSource, event: string): void {
  to.addEventListener(event, (told: Event) => {
    const { data } = told as MessageEvent<string>
    const read: unknown = typeof data === 'string' && data !== '' ? JSON.parse(data) : null
    for (const heard of listeners.get(event) ?? []) heard(read)
  })
}

function renew(): void {
  const wanted = !document.hidden && [...listeners.values()].some(({ size }) => size > 0)
  if (!wanted) {
    stream?.close()
    stream = null
  } else if (stream === null) {
    stream = new EventSource(STREAM)
    for (const event of listeners.keys()) attach(stream, event)
  }
}

document.addEventListener('visibilitychange', renew)
