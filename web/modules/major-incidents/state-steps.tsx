import type { MajorIncidentPage, MajorIncidentState } from '#api/major-incidents'
import { Glyph, State } from '#web/ui/state.tsx'
import { useText } from '#web/ui/text.tsx'
import { useFormat } from '#web/ui/use-format.ts'
import { useNow } from '#web/ui/use-now.ts'
import { nextUpdateOf, standingOf, zoneOf } from './words.ts'
import classes from './room.module.css'

const line: readonly MajorIncidentState[] = [
  'declared',
  'investigating',
  'mitigated',
  'restored',
  'monitoring',
  'stood-down',
  'review-open',
  'review-done',
]

/** Where it stands on its way, when it came there, and when the next word is owed. */
export function StateSteps({ major }: { readonly major: MajorIncidentPage }) {
  const t = useText()
  const format = useFormat()
  const now = useNow(10_000)
  const zone = zoneOf(major)
  const at = line.indexOf(major.state)
  const moments: Readonly<Partial<Record<MajorIncidentState, Date | null>>> = {
    declared: major.declaredAt,
    mitigated: major.mitigatedAt,
    restored: major.restoredAt,
    'stood-down': major.stoodDownAt,
  }
  const next = nextUpdateOf(major, now)
  if (at === -1) {
    return (
      <p className={classes.aside}>
        <State is={standingOf[major.state]}>{t(`major-incidents.state.${major.state}`)}</State>{' '}
        {major.dismissedReason ?? t('major-incidents.candidate-more')}
      </p>
    )
  }
  return (
    <div className={classes.stand}>
      {next && (
        <div className={classes.next} data-is={next.is} role="timer" aria-live="off">
          <span>{t('major-incidents.next-update')}</span>
          <b className={classes.big}>
            <Glyph is={next.is} />{' '}
            {t(next.is === 'miss' ? 'major-incidents.next.late' : 'major-incidents.next.in', {
              duration: format.duration(Math.abs(next.leftMs)),
            })}
          </b>
          <span className="pl-quiet pl-small">
            {t('major-incidents.next.by', { time: format.timeNear(next.due, now, zone) })}
          </span>
        </div>
      )}
      <ol className={classes.steps} aria-label={t('major-incidents.steps')}>
        {line.map((state, index) => (
          <li
            key={state}
            data-is={index < at ? 'done' : index === at ? 'now' : 'ahead'}
            {...(index === at && { 'aria-current': 'step' })}
          >
            <span className={classes.mark}>
              {index < at && <Glyph is="met" />}
              {index === at && <Glyph is={standingOf[state]} />}
            </span>
            <span>{t(`major-incidents.state.${state}`)}</span>
            {moments[state] && (
              <time className="pl-tiny pl-quiet" dateTime={moments[state].toISOString()}>
                {format.timeNear(moments[state], now, zone)}
              </time>
            )}
          </li>
        ))}
      </ol>
      {major.state === 'monitoring' && major.monitoringUntil && (
        <p className={classes.watch}>
          {t('major-incidents.watch', {
            over: major.monitoringUntil > now ? 'no' : 'yes',
            until: format.timeNear(major.monitoringUntil, now, zone),
          })}
        </p>
      )}
    </div>
  )
}
