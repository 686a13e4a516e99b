import { Fragment, useId } from 'react'
import { type Level, levels } from '#api/service-levels'
import { useAppearance } from '#web/app/appearance.ts'
import { useText } from '#web/ui/text.tsx'
import { useFormat } from '#web/ui/use-format.ts'
import { type Promised, priorityOf, targetsFor } from './promise.ts'
import classes from './rating-grid.module.css'

export interface Rating {
  readonly impact: Level
  readonly urgency: Level
}

interface RatingGridProps {
  readonly value: Rating
  readonly onChange: (rating: Rating) => void
  /** By whose matrix the priority is told, and what it promises. */
  readonly promised: Promised | null
  /** Not known yet whether something is promised: nothing is said about it. */
  readonly undecided?: boolean
}

/** Impact by urgency, with the priority that results in each cell, and what is promised for the chosen one. */
export function RatingGrid({ value, onChange, promised, undecided = false }: RatingGridProps) {
  const t = useText()
  const usual = useAppearance()?.matrix
  const name = useId()
  return (
    <fieldset>
      <legend className={classes.legend}>{t('incidents.rating')}</legend>
      <div className={classes.grid}>
        <span />
        <span className={classes.axis} aria-hidden>
          {t('incidents.urgency')}
        </span>
        <span className={`${classes.head} ${classes.impact}`} aria-hidden>
          {t('incidents.impact')}
        </span>
        {levels.map((urgency) => (
          <span key={urgency} className={classes.head} aria-hidden>
            {t('incidents.level', { level: urgency })}
          </span>
        ))}
        {levels.map((impact) => (
          <Fragment key={impact}>
            <span className={classes.row} aria-hidden>
              {t('incidents.level', { level: impact })}
            </span>
            {levels.map((urgency) => {
              const priority = priorityOf(promised, impact, urgency, usual).toUpperCase()
              return (
                <label key={urgency} className={classes.cell}>
                  <input
                    type="radio"
                    name={name}
                    aria-label={t('incidents.rating.cell', { priority, impact, urgency })}
                    checked={impact === value.impact && urgency === value.urgency}
                    onChange={() => onChange({ impact, urgency })}
                  />
                  <span aria-hidden>{priority}</span>
                </label>
              )
            })}
          </Fragment>
        ))}
      </div>
      {!undecided && <PromiseLine value={value} promised={promised} />}
    </fieldset>
  )
}

function PromiseLine({ value: { impact, urgency }, promised }: Pick<RatingGridProps, 'value' | 'promised'>) {
  const t = useText()
  const format = useFormat()
  const priority = priorityOf(promised, impact, urgency, useAppearance()?.matrix)
  const targets = targetsFor(promised, priority)
  const said = targets.map(({ metric, targetSeconds }) =>
    t('incidents.promise.target', { metric, target: format.duration(targetSeconds * 1000) }),
  )
  return (
    <p className={classes.promise} aria-live="polite">
      {targets.length > 0
        ? t('incidents.promise', {
            priority: priority.toUpperCase(),
            targets: format.list(said),
            agreement: promised?.agreement ?? '',
            calendar: promised?.version.calendarName ?? '',
          })
        : t('incidents.promise.none', { priority: priority.toUpperCase(), agreed: promised === null ? 'no' : 'yes' })}
    </p>
  )
}
