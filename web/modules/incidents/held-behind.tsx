import { Link } from '@tanstack/react-router'
import type { Holders } from '#api/incidents'
import { State } from '#web/ui/state.tsx'
import { useText } from '#web/ui/text.tsx'
import { useFormat } from '#web/ui/use-format.ts'
import { standingOf } from './clock-standing.ts'
import classes from './held-time-bar.module.css'

interface HeldBehindProps {
  readonly behind: Holders['behind']
  /** In which moments are told. */
  readonly zone: string
}

/** How far the promises of teams and suppliers behind one to a customer have come; nothing where there are none. */
export function HeldBehind({ behind, zone }: HeldBehindProps) {
  const t = useText()
  const format = useFormat()
  const duration = (seconds: number) => format.duration(seconds * 1000)
  if (behind.length === 0) return null
  return (
    <>
      <h3 className={classes.behind}>{t('incidents.held.behind')}</h3>
      <ul className={classes.agreements}>
        {behind.map(({ agreementId, name, state, elapsedSeconds, targetSeconds, dueAt }) => (
          <li key={agreementId}>
            <Link to="/agreements/$id" params={{ id: agreementId }}>
              {name}
            </Link>{' '}
            <State is={standingOf({ state, elapsedSeconds, targetSeconds })}>
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
  )
}
