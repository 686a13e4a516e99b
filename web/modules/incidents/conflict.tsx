import type { IncidentPage } from '#api/incidents'
import { useText } from '#web/ui/text.tsx'
import { type ConflictLine, TheirsAndMine } from '#web/ui/theirs-and-mine.tsx'
import { useFormat } from '#web/ui/use-format.ts'

interface ConflictProps {
  readonly moved: IncidentPage
  readonly lines: readonly ConflictLine[]
}

/** An incident that somebody else has changed. */
export function Conflict({ moved, lines }: ConflictProps) {
  const t = useText()
  const format = useFormat()
  return (
    <TheirsAndMine title={t('incidents.conflict.title', { at: format.time(moved.updatedAt) })} lines={lines}>
      {t('incidents.conflict.what')}
    </TheirsAndMine>
  )
}
