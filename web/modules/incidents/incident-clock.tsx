import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { Clock as ClockFacts, ClockExplanation } from '#api/incidents'
import { TextButton } from '#web/ui/button.tsx'
import { Clock, ClockBar } from '#web/ui/clock-bar.tsx'
import { ClockLedger } from '#web/ui/clock-ledger.tsx'
import { clockPicture } from '#web/ui/clock-stretches.ts'
import { Door } from '#web/ui/door.tsx'
import { Facts } from '#web/ui/facts.tsx'
import { Problem } from '#web/ui/problem.tsx'
import { State } from '#web/ui/state.tsx'
import { useText } from '#web/ui/text.tsx'
import { useFormat } from '#web/ui/use-format.ts'
import { ClockEvidence } from './clock-evidence.tsx'
import { textChoice } from '#web/ui/text-choice.ts'
import { hasStopped, overMs, standingOf, usedShare } from './clock-standing.ts'
import { explanationQuery } from './queries.ts'
import classes from './incident-clock.module.css'

interface IncidentClockProps {
  readonly incidentId: string
  readonly clock: ClockFacts
  readonly now: Date
  /** In which the page tells its moments; the clock tells its own in the hours of the agreement. */
  readonly zone: string
  /** The one that leads shows its ledger at once; the others on request. */
  readonly leads: boolean
}

/** A promise and its time: the picture, what was used of what, and each stretch in a sentence. */
export function IncidentClock({ incidentId, clock, now, zone, leads }: IncidentClockProps) {
  const t = useText()
  const format = useFormat()
  const [open, setOpen] = useState(leads)
  const { data: told, error } = useQuery(explanationQuery(incidentId, clock.id))
  const title = t('incidents.clock.name', { metric: textChoice(clock.metric) })
  return (
    <Clock
      title={title}
      standing={<ClockState clock={clock} />}
      figure={<ClockFigure clock={clock} now={now} />}
      used={<UsedDoor clock={clock} told={told} />}
      aside={
        !leads && (
          <TextButton aria-expanded={open} onClick={() => setOpen(!open)}>
            {t(open ? 'incidents.clock.less' : 'incidents.clock.more')}
          </TextButton>
        )
      }
    >
      {error && told === undefined && <Problem failure={error} />}
      {told ? (
        <>
          <Picture told={told} title={title} open={open} low={!leads} />
          <ClockEvidence incidentId={incidentId} told={told} />
          {told.timeZone !== zone && open && (
            <p className={`${classes.zone} pl-quiet pl-tiny`}>
              {t('incidents.clock.zone-note', { zone: format.zone(told.timeZone, told.asOf) })}
            </p>
          )}
        </>
      ) : (
        <div className={classes.coming} data-low={!leads || undefined} />
      )}
    </Clock>
  )
}

function Picture({
  told,
  title,
  open,
  low,
}: {
  readonly told: ClockExplanation
  readonly title: string
  readonly open: boolean
  readonly low: boolean
}) {
  const t = useText()
  const format = useFormat()
  const { clock, steps, timeZone, asOf } = told
  const { metric, dueAt, stoppedAt, targetSeconds } = clock
  const { stretches, lines } = clockPicture({ steps, targetSeconds, dueAt, stoppedAt })
  const now = hasStopped(clock) ? null : asOf
  const label = t('incidents.clock.picture', {
    title,
    used: format.duration(clock.elapsedSeconds * 1000),
    target: format.duration(targetSeconds * 1000),
    hasDue: dueAt === null ? 'no' : 'yes',
    due: dueAt === null ? '' : format.instant(dueAt, timeZone),
  })
  return (
    <>
      <ClockBar
        stretches={stretches}
        label={label}
        dueAt={dueAt}
        now={now}
        {...(stoppedAt && {
          stopped: t('incidents.clock.stopped', {
            metric: textChoice(metric),
            time: format.timeNear(stoppedAt, clock.startedAt ?? stoppedAt, timeZone),
          }),
        })}
        zone={timeZone}
        low={low}
      />
      {open && <ClockLedger lines={lines} label={t('incidents.clock.ledger', { title })} now={now} zone={timeZone} />}
    </>
  )
}

function ClockState({ clock }: { readonly clock: ClockFacts }) {
  const t = useText()
  const format = useFormat()
  const { state, dueAt } = clock
  const text =
    state === 'running' && dueAt !== null
      ? t('incidents.clock.due-in')
      : t(`incidents.clock.state.${state}`, { over: format.duration(overMs(clock)) })
  return <State is={standingOf(clock)}>{text}</State>
}

/** The figure that leads: how long still on the wall clock, or by how much it is over. */
function ClockFigure({ clock, now }: { readonly clock: ClockFacts; readonly now: Date }) {
  const format = useFormat()
  const { state, dueAt } = clock
  if (state === 'running' && dueAt !== null) return format.duration(Math.max(0, dueAt.getTime() - now.getTime()))
  if (state === 'breached-running') return format.duration(overMs(clock))
  return null
}

function UsedDoor({ clock, told }: { readonly clock: ClockFacts; readonly told: ClockExplanation | undefined }) {
  const t = useText()
  const format = useFormat()
  const used = format.duration(clock.elapsedSeconds * 1000)
  const target = format.duration(clock.targetSeconds * 1000)
  const label = t('incidents.clock.used', { used, target, percent: format.number(Math.floor(usedShare(clock) * 100)) })
  const { metric } = clock
  return (
    <Door
      label={label}
      title={t('incidents.clock.how')}
      definition={t('incidents.clock.definition', { metric: textChoice(metric), target })}
    >
      {told && (
        <Facts
          small
          facts={[
            { name: t('incidents.agreement'), value: t('incidents.clock.version', told.agreement) },
            { name: t('incidents.clock.target'), value: told.target.sentence },
            { name: t('incidents.clock.calendar'), value: told.hours.sentence },
            { name: t('incidents.clock.zone'), value: format.zone(told.timeZone, told.asOf) },
            ...(clock.gaps
              ? [{ name: t('incidents.clock.gaps'), value: t('incidents.clock.gaps-of', clock.gaps) }]
              : []),
            ...(clock.startedAt
              ? [{ name: t('incidents.clock.began'), value: format.instant(clock.startedAt, told.timeZone) }]
              : []),
            ...(clock.dueAt ? [{ name: t('incidents.due'), value: format.instant(clock.dueAt, told.timeZone) }] : []),
            ...(clock.stoppedAt
              ? [{ name: t('incidents.clock.ended'), value: format.instant(clock.stoppedAt, told.timeZone) }]
              : []),
            ...(hasStopped(clock)
              ? []
              : [{ name: t('incidents.clock.as-of'), value: format.instant(told.asOf, told.timeZone) }]),
          ]}
        />
      )}
    </Door>
  )
}
