import { useState } from 'react'
import type { CalendarVersionView } from '#api/service-levels'
import { TextButton } from '#web/ui/button.tsx'
import { useText } from '#web/ui/text.tsx'
import { ZonePicker } from '#web/ui/zone-picker.tsx'
import {
  aroundTheClock,
  type HoursDraft,
  type HoursProblem,
  officeWeek,
  readHours,
  type WindowDraft,
} from './calendar-draft.ts'
import { DraftYear } from './calendar-draft-year.tsx'
import { ExceptionFields } from './calendar-exceptions.tsx'
import { HolidayFields } from './calendar-holidays.tsx'
import { WindowFields } from './calendar-window-fields.tsx'
import { useWeekdays } from './calendar-words.ts'
import classes from './calendar-hours-fields.module.css'

interface HoursFieldsProps {
  readonly hours: HoursDraft
  readonly onChange: (hours: HoursDraft) => void
  /** Shows also what is wrong with what nobody has typed yet: after an attempt to send it. */
  readonly strict?: boolean
  /** What holds until these hours do, the newest first, and from when on these do. */
  readonly before?: readonly CalendarVersionView[]
  readonly from?: Date | null
}

/** When somebody is there: zone, the hours of each weekday, public holidays, single days that differ. */
export function HoursFields({ hours, onChange, strict = false, before = [], from = null }: HoursFieldsProps) {
  const t = useText()
  const [year, setYear] = useState(() => (from ?? new Date()).getFullYear())
  const { long } = useWeekdays()
  const { problems } = readHours(hours)
  const change = (changed: Partial<HoursDraft>) => onChange({ ...hours, ...changed })
  const setDay = (day: number, windows: readonly WindowDraft[]) => change({ week: hours.week.with(day, windows) })
  const never = problems.some(({ code }) => code === 'never-opens')
  return (
    <div className={classes.hours}>
      <div>
        <DraftYear hours={hours} year={year} onYear={setYear} before={before} from={from} />
      </div>
      <div className={classes.zone}>
        <ZonePicker
          field={{
            name: 'timeZone',
            value: hours.timeZone,
            onChange: (timeZone) => change({ timeZone }),
            error: strict && hours.timeZone === '' ? t('agreements.calendar.zone-missing') : undefined,
          }}
          label={t('agreements.calendar.zone')}
          hint={t('agreements.calendar.zone-hint')}
        />
      </div>
      <fieldset className={classes.week}>
        <legend className={classes.legend}>{t('agreements.calendar.week')}</legend>
        <p className={classes.presets}>
          {t('agreements.calendar.begin-with')}{' '}
          <TextButton onClick={() => change({ week: officeWeek })}>{t('agreements.calendar.preset-office')}</TextButton>
          <TextButton onClick={() => change({ week: aroundTheClock })}>{t('agreements.calendar.always')}</TextButton>
          <TextButton
            onClick={() => change({ week: hours.week.map((windows, day) => (day < 5 ? hours.week[0]! : windows)) })}
          >
            {t('agreements.calendar.preset-as-monday')}
          </TextButton>
        </p>
        {hours.week.map((windows, day) => (
          <DayFields
            key={long[day]}
            name={long[day]!}
            windows={windows}
            problem={problems.find((problem) => problem.day === day)}
            onChange={(changed) => setDay(day, changed)}
          />
        ))}
        <p className="pl-small pl-quiet">{t('agreements.calendar.night-hint')}</p>
        {never && (
          <p className={classes.error} role="alert">
            {t('agreements.calendar.problem.never-opens')}
          </p>
        )}
      </fieldset>
      <HolidayFields hours={hours} year={year} onChange={change} />
      <ExceptionFields hours={hours} problems={problems} onChange={(exceptions) => change({ exceptions })} />
    </div>
  )
}

interface DayFieldsProps {
  readonly name: string
  readonly windows: readonly WindowDraft[]
  readonly problem: HoursProblem | undefined
  readonly onChange: (windows: readonly WindowDraft[]) => void
}

function DayFields({ name, windows, problem, onChange }: DayFieldsProps) {
  const t = useText()
  return (
    <fieldset className={classes.day} aria-label={name}>
      <span className={classes.name}>{name}</span>
      <div className={classes.windows}>
        <WindowFields name={name} windows={windows} wrong={problem !== undefined} onChange={onChange} />
        {windows.length === 0 && (
          <span>
            <span className="pl-faint">{t('agreements.calendar.closed')}</span>{' '}
            <TextButton
              aria-label={t('agreements.calendar.open-day', { day: name })}
              onClick={() => onChange([{ opens: '08:00', closes: '18:00' }])}
            >
              {t('agreements.calendar.open-it')}
            </TextButton>
          </span>
        )}
        {problem && (
          <span className={classes.error} role="alert">
            {t(`agreements.calendar.problem.${problem.code}`)}
          </span>
        )}
      </div>
    </fieldset>
  )
}
