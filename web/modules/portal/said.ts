import type { HistoryEntry } from '#api/incidents'

/** What is said of a report, the oldest first: their words, ours, files, and steps that mean something to them. */
export type Said = {
  readonly id: string
  readonly at: Date
} & (
  | { readonly kind: 'theirs'; readonly by: string | null; readonly text: string; readonly quoted: string }
  | { readonly kind: 'ours'; readonly text: string }
  | { readonly kind: 'solved'; readonly text: string }
  | { readonly kind: 'file'; readonly name: string }
  | { readonly kind: 'step'; readonly step: 'begun' | 'again' | 'closed' | 'cancelled' | 'restored' }
)

/** Of all facts those that say something to whoever reported it. */
export function saidOf(facts: readonly HistoryEntry[]): readonly Said[] {
  return facts.flatMap((fact): readonly Said[] => {
    const { id, kind, occurredAt: at } = fact
    const text = (name: string) => (typeof fact.facts[name] === 'string' ? fact.facts[name] : '')
    switch (kind) {
      case 'incident.answer':
        return [{ id, at, kind: 'theirs', by: text('author') || null, text: text('text'), quoted: text('quoted') }]
      case 'incident.note':
        // What we keep to ourselves is not theirs to read, whoever looks at their page.
        return fact.visibility === 'public' ? [{ id, at, kind: 'ours', text: text('text') }] : []
      case 'incident.attached':
        return fact.visibility === 'public' ? [{ id, at, kind: 'file', name: text('name') }] : []
      case 'incident.state':
        return stepOf(id, at, { from: text('from'), to: text('to'), note: text('note') })
      default:
        return []
    }
  })
}

interface Step {
  readonly from: string
  readonly to: string
  readonly note: string
}

/** That it waits and goes on again is said by the sentence above; here it would only be noise. */
function stepOf(id: string, at: Date, { from, to, note }: Step): readonly Said[] {
  // With words it is a question, and without them their answer would stand alone.
  if (to === 'on-hold' && note !== '') return [{ id, at, kind: 'ours', text: note }]
  if (to === 'resolved') return [{ id, at, kind: 'solved', text: note }]
  if (to === 'closed' || to === 'cancelled' || to === 'restored') return [{ id, at, kind: 'step', step: to }]
  if (to !== 'in-progress') return []
  if (from === 'new' || from === 'assigned') return [{ id, at, kind: 'step', step: 'begun' }]
  if (from === 'resolved' || from === 'closed') return [{ id, at, kind: 'step', step: 'again' }]
  return []
}
