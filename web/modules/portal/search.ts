import { listIncidents } from '#api/incidents'
import { listArticles } from '#api/knowledge'
import { listServices } from '#api/services'
import { call } from '#web/http/call.ts'

/** So many of a kind are shown. */
const LIMIT = 5

/** What a customer's people find by words: what they reported, what they can report about, and what helps. */
export async function searchPortal(words: string, signal: AbortSignal) {
  const query = { q: words, limit: LIMIT }
  const [reports, services, articles] = await Promise.all([
    call(listIncidents, { query: { ...query, requester: 'me' } }, signal),
    call(listServices, { query }, signal),
    call(listArticles, { query: { ...query, state: 'published' } }, signal),
  ])
  return {
    reports: reports.items,
    articles: articles.items,
    services: services.items.filter(({ lifecycle }) => lifecycle !== 'retired'),
  }
}
