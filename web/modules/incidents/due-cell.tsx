import { type Incident, openStates } from '#api/incidents'
import { UsedBar } from '#web/ui/share-bar.tsx'
import { State } from '#web/ui/state.tsx'
import { useText } from '#web/ui/text.tsx'
import { useFormat } from '#web/ui/use-format.ts'
import { hasStopped, leadingClock, overMs, standingOf, usedShare } from './clock-standing.ts'
import { dueText, overText } from './when-text.ts'

interface CellProps {
  readonly incident: Incident
  readonly now: Date
}

/** How the clock that matters most stands: by how much it is late, when it is due, or how it ended. */
export function DueCell({ incident, now }: CellProps) {
  const t = useText()
  const format = useFormat()
  const clock = leadingClock(incident.clocks)
  if (clock === null) {
    const untold = incident.service === null && openStates.includes(incident.state)
    return <State is="none">{t(untold ? 'incidents.due.no-service' : 'incidents.due.none')}</State>
  }
  const standing = standingOf(clock)
  if (standing === 'paused') return <State is="paused">{t('incidents.due.paused')}</State>
  if (hasStopped(clock)) {
    if (standing === 'met') return <State is="met">{t('incidents.due.met')}</State>
    return (
      <State is="miss">
        {t(clock.metric === 'response' ? 'incidents.due.missed-response' : 'incidents.due.missed')}
      </State>
    )
  }
  if (standing === 'miss')
    return <State is="miss">{t('incidents.due.late', { by: overText(overMs(clock), format) })}</State>
  return (
    <State is={standing}>
      {clock.dueAt === null ? t('incidents.due.open') : dueText(clock.dueAt, { format, now })}
    </State>
  )
}

/** How much of its time is used, as a bar. */
export function UsedCell({ incident: { clocks } }: Pick<CellProps, 'incident'>) {
  const t = useText()
  const format = useFormat()
  const clock = leadingClock(clocks)
  if (clock === null) return <span className="pl-hidden">{t('incidents.used.none')}</span>
  const standing = standingOf(clock)
  const share = usedShare(clock)
  // A clock that was kept is drawn like one that runs: the word beside it says that it ended.
  const drawn = standing === 'met' || standing === 'none' ? 'runs' : standing
  return (
    <UsedBar
      share={share}
      standing={drawn}
      label={t('incidents.used', { percent: format.number(Math.floor(share * 100)) })}
    />
  )
}
