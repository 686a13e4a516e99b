import type { HistoryEntry } from '#api/incidents'
import { useText } from '#web/ui/text.tsx'

/** Of these facts the moment counts; as the server says. */
const movable = ['incident.opened', 'incident.state', 'incident.responded', 'incident.priority', 'incident.assigned']

export function isMovable({ kind }: HistoryEntry): boolean {
  return movable.includes(kind)
}

export function beginsPause({ kind, facts }: HistoryEntry): boolean {
  return kind === 'incident.state' && facts['to'] === 'on-hold'
}

const states = ['new', 'assigned', 'in-progress', 'on-hold', 'restored', 'resolved', 'closed', 'cancelled'] as const

/** What a fact says, in a few words. */
export function useFactWords(): (fact: HistoryEntry) => string {
  const t = useText()
  return ({ kind, facts }) => {
    const to = states.find((state) => state === facts['to'])
    if (kind === 'incident.state' && to !== undefined) return t(`corrections.fact.state.${to}`)
    if (kind === 'incident.opened') return t('corrections.fact.opened')
    if (kind === 'incident.responded') return t('corrections.fact.responded')
    if (kind === 'incident.priority') return t('corrections.fact.priority', { to: String(facts['to']).toUpperCase() })
    return t('corrections.fact.assigned')
  }
}
