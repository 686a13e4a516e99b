import { createStore, del, entries, set } from 'idb-keyval'
import { headersOf } from '#web/http/call.ts'

/** What waits to be sent, or was refused when it was. */
export interface KeptWrite {
  /** Its Idempotency-Key. */
  readonly id: string
  readonly personId: string
  readonly url: string
  readonly body: unknown
  readonly what: 'note' | 'step' | 'incident'
  /** Of what: a number or a title. */
  readonly about: string
  readonly at: Date
  /** The server's sentence, where it said no. */
  readonly refusal: string | null
}

/** What became of one that was sent. */
export type Sent = 'done' | 'refused' | 'later'

/** How often it is tried while something waits; the event that the network is back does not always come. */
const TRY_MS = 20_000

let all: readonly KeptWrite[] = []
let owner: string | null = null
let sending = false
const listeners = new Set<() => void>()
const store = typeof indexedDB === 'undefined' ? null : createStore('plumbline-outbox', 'writes')

export function subscribeToOutbox(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/** Those of whoever is signed in, the first written first. */
export function keptWrites(): readonly KeptWrite[] {
  return all
}

function show(next: readonly KeptWrite[]): void {
  all = next.toSorted((one, other) => one.at.getTime() - other.at.getTime())
  for (const listener of listeners) listener()
}

/** Opens the outbox of a person: nobody sees or sends what another wrote. */
export async function openOutbox(personId: string): Promise<void> {
  owner = personId
  const kept = store === null ? [] : await entries<string, KeptWrite>(store)
  show(kept.map(([, write]) => write).filter((write) => write.personId === personId))
}

export async function keepWrite(write: KeptWrite): Promise<void> {
  // One that is typed and sent twice waits once.
  const same = all.find(({ url, body }) => url === write.url && JSON.stringify(body) === JSON.stringify(write.body))
  if (same !== undefined) return
  if (store !== null) await set(write.id, write, store)
  show([...all, write])
}

export async function dropWrite(id: string): Promise<void> {
  if (store !== null) await del(id, store)
  show(all.filter((write) => write.id !== id))
}

/** Sends what waits, in the order in which it was written; stops at the first that finds no server. */
export async function sendKept(tell: (write: KeptWrite, sent: Sent) => void): Promise<void> {
  if (sending || owner === null) return
  sending = true
  try {
    for (const write of all.filter(({ refusal }) => refusal === null)) {
      const { sent, refusal } = await send(write)
      if (sent === 'later') return
      if (sent === 'done') await dropWrite(write.id)
      else {
        const refused = { ...write, refusal }
        if (store !== null) await set(write.id, refused, store)
        show(all.map((each) => (each.id === write.id ? refused : each)))
      }
      tell(write, sent)
    }
  } finally {
    sending = false
  }
}

/** Lets one that was refused wait again. */
export async function retryWrite(id: string): Promise<void> {
  const write = all.find((each) => each.id === id)
  if (write === undefined) return
  const again = { ...write, refusal: null }
  if (store !== null) await set(id, again, store)
  show(all.map((each) => (each.id === id ? again : each)))
}

async function send({ id, url, body }: KeptWrite): Promise<{ sent: Sent; refusal: string | null }> {
  const headers = { ...headersOf(), 'content-type': 'application/json', 'idempotency-key': id }
  const response = await fetch(url, { method: 'POST', body: JSON.stringify(body), headers }).catch(() => null)
  if (response === null) return { sent: 'later', refusal: null }
  if (response.ok) return { sent: 'done', refusal: null }
  return afterRefusal(response.status, await response.text())
}

/** Whether a no is final: a server that is away, busy or wants a sign-in is asked again. */
export function afterRefusal(status: number, text: string): { sent: Sent; refusal: string | null } {
  if (status === 401 || status === 408 || status === 429 || status >= 500) return { sent: 'later', refusal: null }
  let detail: unknown
  try {
    detail = (JSON.parse(text) as { readonly detail?: unknown }).detail
  } catch {
    // Something else than our server answered.
    return { sent: 'later', refusal: null }
  }
  return { sent: 'refused', refusal: typeof detail === 'string' ? detail : String(status) }
}

/** Sends when the network is back, and now and then. Returns what stops it. */
export function watchOutbox(tell: (write: KeptWrite, sent: Sent) => void): () => void {
  const go = () => void sendKept(tell)
  const timer = setInterval(() => {
    if (all.some(({ refusal }) => refusal === null)) go()
  }, TRY_MS)
  addEventListener('online', go)
  go()
  return () => {
    clearInterval(timer)
    removeEventListener('online', go)
  }
}
