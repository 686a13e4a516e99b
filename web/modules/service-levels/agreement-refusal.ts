import { CallFailure } from '#web/http/call-failure.ts'

/**
 * What the server refused, at the fields of the form: `targets.2.metric` is at the place where that target was typed, which
 * `sentences` tells, and at the grid or the other targets as a whole.
 *
 * @param places Of the targets, in the order in which they were sent.
 */
export function placedRefusal(
  thrown: unknown,
  places: readonly string[],
): { readonly failure: unknown; readonly sentences: ReadonlyMap<string, string> } {
  if (!(thrown instanceof CallFailure)) return { failure: thrown, sentences: new Map() }
  const sentences = new Map<string, string>()
  const errors = thrown.errors.map(({ path, message }) => {
    const [first, second, third] = path.split('.')
    if (first === 'targets') {
      const place = places[Number(second)] ?? ''
      sentences.set(place, message)
      return { path: place.startsWith('other') ? 'others' : 'grid', message }
    }
    if (first === 'terms') return { path: second === 'levels' || second === 'atRisk' ? second : 'terms', message }
    if (first === 'party' || first === 'behind' || first === 'type') return { path: 'kind', message }
    return { path: third === undefined ? (first ?? path) : path, message }
  })
  const { status, code, message, requestId, retryAfterSeconds } = thrown
  return {
    failure: new CallFailure({ status, code, message, errors, ...(requestId && { requestId }), retryAfterSeconds }),
    sentences,
  }
}
