import { TextInput } from '@mantine/core'
import { useMemo } from 'react'
import { type Boundary, type CalendarVersion, compileVersions, dueAfter } from '#core/calendar.ts'
import { DAY_MS, dateOf, MINUTE_MS, weekdayOf } from '#core/calendar-rules.ts'
import { instantAt, localAt } from '#core/zone.ts'
import { type Metric, metrics, priorities, type Priority } from '#api/service-levels'
import { TextButton } from '#web/ui/button.tsx'
import { useText } from '#web/ui/text.tsx'
import { useFormat } from '#web/ui/use-format.ts'
import { problemOf, readTime, type TargetGrid, withCell } from './agreements-draft.ts'
import classes from './agreement-targets.module.css'
import { readClock } from './calendar-draft.ts'

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
  /** Whether what ends at closing time is due then or at the next opening. */
  readonly boundary: Boundary
  readonly sample: Sample
  readonly onSample: (sample: Sample) => void
  readonly error: string | undefined
}

/** What is promised, priority by priority, and for each promise when a sample ticket would be due. */
export function TargetFields({ grid, onChange, hours, boundary, sample, onSample, error }: TargetFieldsProps) {
  const t = useText()
  const due = useDue(hours, sample, boundary)
  const zone = hours?.at(-1)?.rules.timeZone
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
              {metrics.map((metric) => (
                <Cell
                  key={metric}
                  priority={priority}
                  metric={metric}
                  grid={grid}
                  due={due}
                  onChange={(changed) => onChange(withCell(grid, priority, metric, changed))}
                />
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      {error !== undefined && (
        <p className={classes.wrong} role="alert">
          {error}
        </p>
      )}
    </div>
  )
}

interface CellProps {
  readonly priority: Priority
  readonly metric: Metric
  readonly grid: TargetGrid
  readonly due: ((seconds: number) => string) | null
  readonly onChange: (changed: { readonly time?: string; readonly share?: string }) => void
}

function Cell({ priority, metric, grid, due, onChange }: CellProps) {
  const t = useText()
  const cell = grid[priority][metric]
  const problem = problemOf(cell)
  const seconds = readTime(cell.time)
  const names = { metric: t(`agreements.metric.${metric}`), priority: priority.toUpperCase() }
  const under = problem
    ? { wrong: true, text: t(`agreements.wrong.${problem}`) }
    : typeof seconds === 'number' && due !== null
      ? { wrong: false, text: due(seconds) }
      : null
  return (
    <>
      <td className={classes.time} data-metric={names.metric}>
        <TextInput
          aria-label={t('agreements.time-of', names)}
          placeholder={t('agreements.no-target')}
          value={cell.time}
          error={problem === 'time' || problem === 'days'}
          maxLength={20}
          onChange={({ currentTarget }) => onChange({ time: currentTarget.value })}
        />
        {under && (
          <span className={under.wrong ? classes.wrong : classes.due} aria-live="polite">
            {under.text}
          </span>
        )}
      </td>
      <td className={classes.share}>
        <TextInput
          aria-label={t('agreements.share-of', names)}
          value={cell.share}
          error={problem === 'share'}
          disabled={cell.time.trim() === ''}
          rightSection={<span className="pl-faint">%</span>}
          inputMode="decimal"
          maxLength={8}
          onChange={({ currentTarget }) => onChange({ share: currentTarget.value })}
        />
      </td>
    </>
  )
}

/** When the sample would be due after so many seconds, in words; null while hours or sample are not there. */
function useDue(
  hours: readonly CalendarVersion[] | null,
  sample: Sample,
  boundary: Boundary,
): ((seconds: number) => string) | null {
  const t = useText()
  const format = useFormat()
  const open = useMemo(() => (hours === null ? null : compileVersions(hours)), [hours])
  const zone = hours?.at(-1)?.rules.timeZone
  const minutes = readClock(sample.time)
  const local = minutes === null ? Number.NaN : Date.parse(`${sample.day}T00:00Z`) + minutes * MINUTE_MS
  if (open === null || zone === undefined || Number.isNaN(local)) return null
  const from = instantAt(zone, local)
  // The very calculation of the server, so that typing waits for nobody.
  return (seconds) => {
    const at = dueAfter(open, from, seconds * 1000, boundary)
    return at === null ? t('agreements.never-due') : t('agreements.due-at', { at: format.instant(new Date(at), zone) })
  }
}
