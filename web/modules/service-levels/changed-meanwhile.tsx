import { useText } from '#web/ui/text.tsx'
import { type ConflictLine, TheirsAndMine } from '#web/ui/theirs-and-mine.tsx'

interface ChangedMeanwhileProps {
  readonly lines: readonly ConflictLine[]
  /** Mine is kept in addition to theirs and not in its place. */
  readonly inAddition?: boolean
}

/** An agreement or a calendar that somebody else has changed. */
export function ChangedMeanwhile({ lines, inAddition = false }: ChangedMeanwhileProps) {
  const t = useText()
  return (
    <TheirsAndMine title={t('agreements.conflict.title')} lines={lines} none={t('agreements.conflict.none')}>
      {t(inAddition ? 'agreements.conflict.what-beside' : 'agreements.conflict.what')}
    </TheirsAndMine>
  )
}
