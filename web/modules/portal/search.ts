import { listIncidents } from '#api/incidents'
import { listServices } from '#api/services'
import { call } from '#web/http/call.ts'

/** So many of a kind are shown. */
const LIMIT = 5

/** What a customer's people find by words: what they reported, and what they can report about. */
export async function searchPortal(words: string, signal: AbortSignal) {
  const query = { q: words, limit: LIMIT }
  const [reports, services] = await Promise.all([
    call(listIncidents, { query: { ...query, requester: 'me' } }, signal),
    call(listServices, { query }, signal),
  ])
  return { reports: reports.items, services: services.items.filter(({ lifecycle }) => lifecycle !== 'retired') }
}
