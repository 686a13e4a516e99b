import type { Clock, Incident, IncidentPage } from '#api/incidents'
import { Text, useText } from '#web/ui/text.tsx'
import { useFormat } from '#web/ui/use-format.ts'
import { textChoice } from '#web/ui/text-choice.ts'
import { byConsequence, overMs } from './clock-standing.ts'
import { whenText } from './when-text.ts'
import { waitWords } from './words.ts'

interface CaseProps {
  readonly incident: Incident & Partial<Pick<IncidentPage, 'resumeAt' | 'closesAt'>>
  readonly now: Date
  /** In which moments are told. */
  readonly zone: string
}

/** What is the case with an incident: where it stands, then what each promise says. */
export function CaseSentence({ incident, now, zone }: CaseProps) {
  const t = useText()
  const format = useFormat()
  const { state, team, pauseReason, resolvedAt, closedAt, resumeAt, closesAt } = incident
  const at = state === 'closed' ? closedAt : resolvedAt
  return (
    <>
      <Text
        id={`incidents.case.${state}`}
        values={{
          team: team?.name ?? '',
          hasTeam: team === null ? 'no' : 'yes',
          wait: waitWords(t, pauseReason),
          when: at === null ? '' : whenText(at, { t, format, now, zone }),
        }}
        components={{ b: <b /> }}
      />
      {resumeAt && <> {t('incidents.resumes', { when: whenText(resumeAt, { t, format, now, zone }) })}</>}
      {closesAt && <> {t('incidents.closes', { when: whenText(closesAt, { t, format, now, zone }) })}</>}
      {byConsequence(incident.clocks).map((clock) => (
        <ClockSentence key={clock.id} clock={clock} now={now} zone={zone} />
      ))}
      {/* Whoever has another time of day would take these for theirs. */}
      {format.time(now, zone) !== format.time(now) && (
        <> {t('incidents.case.zone', { zone: format.zone(zone, at ?? now) })}</>
      )}
    </>
  )
}

function ClockSentence({ clock, now, zone }: { readonly clock: Clock; readonly now: Date; readonly zone: string }) {
  const t = useText()
  const format = useFormat()
  const { state, metric, dueAt } = clock
  if (state === 'cancelled' || state === 'not-started') return null
  const over = overMs(clock)
  return (
    <>
      {' '}
      <Text
        id={`incidents.case.clock.${state}`}
        values={{
          metric: textChoice(metric),
          over: format.duration(over),
          left: format.duration(dueAt === null || state === 'paused' ? over : dueAt.getTime() - now.getTime()),
          hasDue: dueAt === null ? 'no' : 'yes',
          due: dueAt === null ? '' : whenText(dueAt, { t, format, now, zone }),
        }}
        components={{ b: <b /> }}
      />
    </>
  )
}
