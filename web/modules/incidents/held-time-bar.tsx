import { useQuery } from '@tanstack/react-query'
import type { Clock, Incident } from '#api/incidents'
import { ShareBar } from '#web/ui/share-bar.tsx'
import { useText } from '#web/ui/text.tsx'
import { useFormat } from '#web/ui/use-format.ts'
import { useTeams } from './choices.ts'
import { hasStopped } from './clock-standing.ts'
import { heldByTeam } from './held-time.ts'
import { explanationQuery, timelineQuery } from './queries.ts'
import classes from './held-time-bar.module.css'

/** Who had the time that a clock counted; shown where more than one team had it. */
export function HeldTime({ incident, clock }: { readonly incident: Incident; readonly clock: Clock }) {
  const t = useText()
  const format = useFormat()
  const teams = useTeams()
  const { data: told } = useQuery(explanationQuery(incident.number, clock.id))
  const { data: history } = useQuery(timelineQuery(incident.number))
  if (told === undefined || history === undefined) return null
  const held = heldByTeam(told.steps, history)
  if (held.length < 2) return null
  const sum = held.reduce((total, { seconds }) => total + seconds, 0)
  const left = told.clock.targetSeconds - sum
  const figure = (seconds: number) => <b>{format.duration(seconds * 1000)}</b>
  const nameOf = (team: string | null) =>
    team === null ? t('incidents.nobody') : (teams.find(({ id }) => id === team)?.name ?? t('incidents.another-team'))
  return (
    <section className={classes.held}>
      <h2>{t('incidents.held.title', { sum: format.duration(sum * 1000) })}</h2>
      <ShareBar
        label={t('incidents.held.label')}
        shares={[
          ...held.map(({ team, seconds }) => ({
            key: team ?? '',
            label: nameOf(team),
            figure: figure(seconds),
            weight: seconds,
          })),
          ...(left > 0 && !hasStopped(clock)
            ? [{ key: 'left', label: t('incidents.held.left'), figure: figure(left), weight: left, left: true }]
            : []),
        ]}
      />
    </section>
  )
}
