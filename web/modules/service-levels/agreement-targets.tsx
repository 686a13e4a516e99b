import { TextInput } from '@mantine/core'
import { useState } from 'react'
import type { CalendarVersion } from '#core/calendar.ts'
import { DAY_MS, dateOf, weekdayOf } from '#core/calendar-rules.ts'
import { localAt } from '#core/zone.ts'
import { metrics, priorities } from '#api/service-levels'
import { TextButton } from '#web/ui/button.tsx'
import { useText } from '#web/ui/text.tsx'
import { ShareFields, TimeField } from './agreement-target-fields.tsx'
import { type TargetGrid, type TypedTarget, withCell } from './agreements-draft.ts'
import classes from './agreement-targets.module.css'
import { readClock } from './calendar-draft.ts'
import type { SayDue } from './use-due.ts'

/** When the sample ticket comes, on the clocks of the hours' zone; the time as it is typed. */
export interface Sample {
  /** `2026-11-20` */
  readonly day: string
  readonly time: string
}

const FRIDAY = 4

/** The last Friday, twenty to five: late enough that the night and the weekend have their say. */
export function usualSample(): Sample {
  const today = Math.floor(Date.now() / DAY_MS)
  return { day: dateOf(today - ((weekdayOf(today) - FRIDAY + 7) % 7)), time: '16:40' }
}

/** This very minute, on the clocks of a zone. */
function sampleNow(zone: string): Sample {
  const local = new Date(localAt(zone, Date.now())).toISOString()
  return { day: local.slice(0, 10), time: local.slice(11, 16) }
}

interface TargetFieldsProps {
  readonly grid: TargetGrid
  readonly onChange: (grid: TargetGrid) => void
  /** The hours in which clocks will run; null while there are none yet. */
  readonly hours: readonly CalendarVersion[] | null
  readonly due: SayDue | null
  readonly sample: Sample
  readonly onSample: (sample: Sample) => void
  readonly error: string | undefined
  /** What the server refused, by place: `p1 response`. */
  readonly refused: ReadonlyMap<string, string>
}

/** What is promised, priority by priority, and for each promise when a sample ticket would be due. */
export function TargetFields({ grid, onChange, hours, due, sample, onSample, error, refused }: TargetFieldsProps) {
  const t = useText()
  // Said where it was typed already.
  const atPlaces = new Set(refused.values())
  const zone = hours?.at(-1)?.rules.timeZone
  const typed = priorities.flatMap((priority) => metrics.map((metric) => grid[priority][metric]))
  const [finer, setFiner] = useState(typed.some(({ expected, minimum }) => expected !== '' || minimum !== ''))
  return (
    <div className={classes.targets}>
      <div className={classes.sample}>
        <TextInput
          type="date"
          label={t('agreements.sample')}
          description={t('agreements.sample-hint')}
          value={sample.day}
          onChange={({ currentTarget }) => onSample({ ...sample, day: currentTarget.value })}
        />
        <TextInput
          w={84}
          label={t('agreements.sample-time')}
          value={sample.time}
          error={readClock(sample.time) === null}
          inputMode="numeric"
          maxLength={8}
          onChange={({ currentTarget }) => onSample({ ...sample, time: currentTarget.value })}
        />
        <span className={classes.now}>
          <TextButton onClick={() => onSample(usualSample())}>{t('agreements.sample-friday')}</TextButton>
          {zone !== undefined && (
            <TextButton onClick={() => onSample(sampleNow(zone))}>{t('agreements.sample-now')}</TextButton>
          )}
        </span>
      </div>
      <table aria-label={t('agreements.targets')} className={classes.grid}>
        <thead>
          <tr>
            <th scope="col" rowSpan={2}>
              {t('agreements.priority')}
            </th>
            {metrics.map((metric) => (
              <th key={metric} scope="colgroup" colSpan={2}>
                {t(`agreements.metric.${metric}`)}
                <span className={classes.meaning}>{t(`agreements.metric.${metric}-meaning`)}</span>
              </th>
            ))}
          </tr>
          <tr>
            {metrics.map((metric) => [
              <th key={`${metric} time`} scope="col">
                {t('agreements.within')}
              </th>,
              <th key={`${metric} share`} scope="col">
                {t('agreements.share')}
              </th>,
            ])}
          </tr>
        </thead>
        <tbody>
          {priorities.map((priority) => (
            <tr key={priority}>
              <th scope="row">
                <b>{priority.toUpperCase()}</b>
                <span className={classes.meaning}>{t(`agreements.priority.${priority}`)}</span>
              </th>
              {metrics.map((metric) => {
                const names = { metric: t(`agreements.metric.${metric}`), priority: priority.toUpperCase() }
                const place = `${priority} ${metric}`
                const cell = {
                  typed: grid[priority][metric],
                  names,
                  onChange: (changed: Partial<TypedTarget>) => onChange(withCell(grid, priority, metric, changed)),
                }
                return [
                  <td key={`${place} time`} className={classes.time} data-metric={names.metric}>
                    <TimeField
                      {...cell}
                      due={due}
                      placeholder={t('agreements.no-target')}
                      refused={refused.get(place)}
                    />
                  </td>,
                  <td key={`${place} share`} className={classes.share}>
                    <ShareFields {...cell} finer={finer} />
                  </td>,
                ]
              })}
            </tr>
          ))}
        </tbody>
      </table>
      {!finer && (
        <p className="pl-small">
          <TextButton onClick={() => setFiner(true)}>{t('agreements.finer-shares')}</TextButton>{' '}
          <span className="pl-quiet">{t('agreements.finer-shares-what')}</span>
        </p>
      )}
      {error !== undefined && !atPlaces.has(error) && (
        <p className={classes.wrong} role="alert">
          {error}
        </p>
      )}
    </div>
  )
}
