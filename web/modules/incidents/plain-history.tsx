import type { HistoryEntry } from '#api/incidents'
import { History } from '#web/ui/history.tsx'
import { useText } from '#web/ui/text.tsx'
import { FactWords } from './fact-words.tsx'
import { textOf } from './history-facts.ts'
import type { NameOf } from './record-words.tsx'

interface PlainHistoryProps {
  readonly facts: readonly HistoryEntry[]
  readonly nameOf: NameOf
  readonly zone: string
}

/** What happened to an incident, the latest first, as it was written down: to be read where nothing else of it is shown. */
export function PlainHistory({ facts, nameOf, zone }: PlainHistoryProps) {
  const t = useText()
  return (
    <History
      zone={zone}
      entries={facts.toReversed().map((fact) => ({
        id: fact.id,
        at: fact.occurredAt,
        who:
          textOf(fact.facts['author']) ||
          (fact.actor ?? t('incidents.history.kind', { kind: fact.kind.replace('incident.', '') })),
        what: <FactWords fact={fact} nameOf={nameOf} />,
      }))}
    />
  )
}
