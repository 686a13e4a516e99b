import { useQuery } from '@tanstack/react-query'
import type { Clock, Incident } from '#api/incidents'
import { useState } from 'react'
import { TextButton } from '#web/ui/button.tsx'
import { useText } from '#web/ui/text.tsx'
import { useFormat } from '#web/ui/use-format.ts'
import { hasStopped } from './clock-standing.ts'
import { HeldBehind } from './held-behind.tsx'
import { HeldShares } from './held-shares.tsx'
import classes from './held-time-bar.module.css'
import { textChoice } from '#web/ui/text-choice.ts'
import { holdersQuery } from './queries.ts'

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
  if (shares.length < 2 && behind.length === 0 && !missed && !asked) return null
  if (counted.length === 0 && behind.length === 0)
    return asked ? <p className="pl-small pl-quiet">{t('incidents.held.none')}</p> : null
  const sum = counted.reduce((total, { countedSeconds }) => total + countedSeconds, 0)
  const left = told.clock.targetSeconds - sum
  const duration = (seconds: number) => format.duration(seconds * 1000)
  const metric = textChoice(clock.metric)
  return (
    <section className={classes.held}>
      <h2>{t('incidents.held.title', { sum: duration(sum), metric })}</h2>
      {hasStopped(clock) && told.clock.elapsedSeconds !== sum && (
        <p className="pl-small pl-quiet">
          {t('incidents.held.known-today', { told: duration(told.clock.elapsedSeconds) })}
        </p>
      )}
      <HeldShares
        shares={shares}
        stretches={stretches}
        zone={zone}
        missed={missed}
        left={hasStopped(clock) ? 0 : left}
        what={t('incidents.held.what')}
        whatNot={t('incidents.held.what-not')}
      />
      <HeldBehind behind={behind} zone={zone} />
    </section>
  )
}
