import { getAppearance } from '#api/organisation'
import { getSession } from '#api/people'
import { getToday } from '#api/today'
import type { Endpoint, ReplyOf } from '#core/endpoint.ts'
import { appearanceQuery } from '#web/app/appearance.ts'
import { rewordWith } from '#web/app/own-words.ts'
import { queryClient } from '#web/app/query-client.ts'
import { todayQuery } from '#web/app/today-queries.ts'
import { call, decoded } from '#web/http/call.ts'
import { askNobodyBefore } from '#web/http/session-end.ts'
import { sessionQuery } from '#web/modules/people/session.ts'
import { READ_CACHE } from '#web/worker/kept-reads.ts'

declare global {
  interface Window {
    /** From `theme.js`, of what the service worker keeps: whether it is in doubt whose it is, whose, session, appearance, Today. */
    lastVisit?: Promise<readonly (Response | undefined)[]>
  }
}

/**
 * What was said longer ago is not shown before the server has spoken: it would only be taken away again. No session ends by
 * itself within this time of being used.
 */
const LONGEST_MS = 60 * 60 * 1000

/** What somebody saw last, as far as it is theirs and young enough. */
interface LastVisit {
  readonly session: ReplyOf<typeof getSession> & { readonly person: { readonly id: string } }
  readonly appearance: ReplyOf<typeof getAppearance>
  readonly today: ReplyOf<typeof getToday>
}

/**
 * Shows what the last visit showed, so that nobody waits for the server to see their day, and brings what it says now as
 * soon as it has said that the same person still is there. Whoever is not sees the page anew, with nothing in it.
 */
export async function showLastVisit(): Promise<void> {
  if (window.lastVisit === undefined) return
  const last = await readLastVisit(await window.lastVisit, Date.now())
  if (last === null) return
  const { session, appearance, today } = last
  const address = new URLSearchParams(location.search)
  const chosen = { customer: address.get('customer') ?? undefined, site: address.get('site') ?? undefined }
  queryClient.setQueryData(sessionQuery().queryKey, session)
  queryClient.setQueryData(appearanceQuery().queryKey, appearance)
  queryClient.setQueryData(todayQuery(chosen).queryKey, today)
  await rewordWith(appearance.words)
  askNobodyBefore(confirm(session.person.id))
}

/** What the kept answers say; null where one is missing, too old, somebody else's or of another version. */
export async function readLastVisit(kept: readonly (Response | undefined)[], now: number): Promise<LastVisit | null> {
  const [inDoubt, owner, ...answers] = kept
  if (inDoubt !== undefined || owner === undefined) return null
  const [session, appearance, today] = await Promise.all([
    read(getSession, answers[0], now),
    read(getAppearance, answers[1], now),
    read(getToday, answers[2], now),
  ])
  if (!session?.signedIn || !session.person || !appearance || !today) return null
  const { person } = session
  return person.id === (await owner.text()) ? { session: { ...session, person }, appearance, today } : null
}

async function read<E extends Endpoint>(
  endpoint: E,
  answer: Response | undefined,
  now: number,
): Promise<ReplyOf<E> | null> {
  if (answer === undefined || !(now - Date.parse(answer.headers.get('date') ?? '') < LONGEST_MS)) return null
  try {
    return decoded(endpoint, answer.status, await answer.json())
  } catch {
    return null
  }
}

async function confirm(personId: string): Promise<void> {
  const session = await call(getSession, {}).catch(() => null)
  if (session !== null && session.person?.id !== personId) {
    await caches.delete(READ_CACHE)
    location.reload()
    // What is shown until then asks nobody for anything.
    return new Promise(() => undefined)
  }
  // Without a network what was kept is all there is.
  if (session !== null) queryClient.setQueryData(sessionQuery().queryKey, session)
  void queryClient.invalidateQueries({ queryKey: appearanceQuery().queryKey })
  void queryClient.invalidateQueries({ queryKey: ['what-is'] })
}
