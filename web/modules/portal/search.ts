import * as api from '#api/portal'
import type { Found } from '#api/portal'
import { call } from '#web/http/call.ts'

/** What a customer's people find by words, each kind in one answer: disturbances first, what can be reported about last. */
export async function searchPortal(words: string, signal: AbortSignal): Promise<readonly Found[]> {
  return (await call(api.searchPortal, { query: { q: words } }, signal)).items
}

/** Counts a search that somebody was done with, whatever came of it. Nobody waits for it. */
export function countSearch(words: string): void {
  void call(api.countSearch, { body: { q: words } }).catch(() => undefined)
}
