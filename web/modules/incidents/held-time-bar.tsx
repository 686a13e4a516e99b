import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { Clock, Holders, Incident } from '#api/incidents'
import { useState } from 'react'
import { TextButton } from '#web/ui/button.tsx'
import { Door } from '#web/ui/door.tsx'
import { ShareBar } from '#web/ui/share-bar.tsx'
import { State } from '#web/ui/state.tsx'
import { useText } from '#web/ui/text.tsx'
import { useFormat } from '#web/ui/use-format.ts'
import { hasStopped, standingOf } from './clock-standing.ts'
import { percentParts } from './held-parts.ts'
import classes from './held-time-bar.module.css'
import { textChoice } from '#web/ui/text-choice.ts'
import { holdersQuery } from './queries.ts'

type Share = Holders['shares'][number]

interface HeldTimeProps {
  readonly incident: Incident
  readonly clock: Clock
  /** In which moments are told. */
  readonly zone: string
  /** Of the clock that leads it is told at once, of another one that was kept only when it is asked for. */
  readonly leads: boolean
}

/** Who had the time of a clock. */
export function HeldTime({ leads, ...rest }: HeldTimeProps) {
  const t = useText()
  const [open, setOpen] = useState(leads || rest.clock.state.startsWith('breached'))
  if (open) return <Held {...rest} asked={!leads} />
  return (
    <p className="pl-small">
      <TextButton aria-expanded={false} onClick={() => setOpen(true)}>
        {t('incidents.held.ask')}
      </TextButton>
    </p>
  )
}

/**
 * Who had the time that a clock counted: teams, suppliers, the customer, nobody; the parts add up to what was counted. Shown
 * where there is something to tell: more than one had it, the clock is missed, or agreements stand behind it.
 */
function Held({ incident, clock, zone, asked }: Omit<HeldTimeProps, 'leads'> & { readonly asked: boolean }) {
  const t = useText()
  const format = useFormat()
  const { data: told } = useQuery(holdersQuery(incident.number, clock.metric))
  if (told === undefined || told.clock === null) return null
  const { missed, shares, stretches, behind } = told
  const counted = shares.filter(({ countedSeconds }) => countedSeconds > 0)
  const uncounted = shares.filter(({ countedSeconds, wallSeconds }) => countedSeconds === 0 && wallSeconds > 0)
  if (shares.length < 2 && behind.length === 0 && !missed && !asked) return null
  if (counted.length === 0 && behind.length === 0)
    return asked ? <p className="pl-small pl-quiet">{t('incidents.held.none')}</p> : null
  const sum = counted.reduce((total, { countedSeconds }) => total + countedSeconds, 0)
  const left = told.clock.targetSeconds - sum
  const duration = (seconds: number) => format.duration(seconds * 1000)
  const metric = textChoice(clock.metric)
  const percents = percentParts(counted.map(({ countedSeconds }) => countedSeconds))
  const door = (share: Share) => (
    <HolderDoor
      share={share}
      percent={missed ? percents[counted.indexOf(share)] : undefined}
      stretches={stretches}
      zone={zone}
      metric={metric}
    />
  )
  return (
    <section className={classes.held}>
      <h2>{t('incidents.held.title', { sum: duration(sum), metric })}</h2>
      {hasStopped(clock) && told.clock.elapsedSeconds !== sum && (
        <p className="pl-small pl-quiet">
          {t('incidents.held.known-today', { told: duration(told.clock.elapsedSeconds) })}
        </p>
      )}
      {counted.length > 0 && (
        <ShareBar
          label={t('incidents.held.label')}
          shares={[
            ...counted.map((share) => ({
              key: keyOf(share),
              label: <HolderName holder={share.holder} />,
              figure: door(share),
              weight: share.countedSeconds,
            })),
            ...(left > 0 && !hasStopped(clock)
              ? [
                  {
                    key: 'left',
                    label: t('incidents.held.left'),
                    figure: <b>{duration(left)}</b>,
                    weight: left,
                    left: true,
                  },
                ]
              : []),
          ]}
        />
      )}
      {uncounted.map((share) => (
        <p key={keyOf(share)} className="pl-small">
          <HolderName holder={share.holder} />: {door(share)}{' '}
          <span className="pl-quiet">{t('incidents.held.uncounted')}</span>
        </p>
      ))}
      {behind.length > 0 && (
        <>
          <h3 className={classes.behind}>{t('incidents.held.behind')}</h3>
          <ul className={classes.agreements}>
            {behind.map(({ agreementId, name, state, elapsedSeconds, targetSeconds, dueAt }) => (
              <li key={agreementId}>
                <Link to="/agreements/$id" params={{ id: agreementId }}>
                  {name}
                </Link>{' '}
                <State is={standingOf({ ...clock, state, elapsedSeconds, targetSeconds })}>
                  {t(`incidents.held.state.${state}`)}
                </State>{' '}
                <span className="pl-quiet">
                  {state !== 'not-started' &&
                    t('incidents.held.used', { used: duration(elapsedSeconds), target: duration(targetSeconds) })}
                  {state === 'running' && dueAt !== null && (
                    <>, {t('incidents.held.due', { at: format.instant(dueAt, zone) })}</>
                  )}
                </span>
              </li>
            ))}
          </ul>
        </>
      )}
    </section>
  )
}

function keyOf({ holder: { kind, id } }: Share): string {
  return `${kind} ${id ?? ''}`
}

function HolderName({ holder: { kind, name } }: { readonly holder: Share['holder'] }) {
  const t = useText()
  return name ?? t(`incidents.held.holder.${kind}`)
}

interface HolderDoorProps {
  readonly share: Share
  /** Of what was counted; told of a clock that is missed. */
  readonly percent: number | undefined
  readonly stretches: Holders['stretches']
  readonly zone: string
  readonly metric: string
}

const STRETCHES_AT_MOST = 12

/** A holder's time; opens to when it had the incident. */
function HolderDoor({ share, percent, stretches, zone, metric }: HolderDoorProps) {
  const t = useText()
  const format = useFormat()
  const { holder, countedSeconds, wallSeconds } = share
  const counts = countedSeconds > 0
  const time = format.duration((counts ? countedSeconds : wallSeconds) * 1000)
  const label = percent === undefined ? time : t('incidents.held.part', { time, percent: format.number(percent) })
  const own = stretches.filter((each) => each.holder.kind === holder.kind && each.holder.id === holder.id)
  return (
    <Door
      label={label}
      title={label}
      definition={t(counts ? 'incidents.held.what' : 'incidents.held.what-not', { metric })}
    >
      <ul className={classes.stretches}>
        {own.slice(0, STRETCHES_AT_MOST).map((each) => (
          <li key={each.from.getTime()}>
            <span>
              {t('incidents.held.from-to', {
                from: format.instant(each.from, zone),
                to: format.instant(each.to, zone),
              })}
            </span>
            <span className="pl-number">
              {format.duration((counts ? each.countedSeconds : each.wallSeconds) * 1000)}
            </span>
          </li>
        ))}
        {own.length > STRETCHES_AT_MOST && (
          <li className="pl-quiet">{t('incidents.held.more', { count: own.length - STRETCHES_AT_MOST })}</li>
        )}
      </ul>
    </Door>
  )
}
