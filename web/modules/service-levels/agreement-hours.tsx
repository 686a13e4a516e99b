import { Link } from '@tanstack/react-router'
import type { Calendar } from '#api/service-levels'
import { SelectField, TextField } from '#web/ui/field.tsx'
import type { Field } from '#web/ui/form.tsx'
import { useText } from '#web/ui/text.tsx'
import type { HoursDraft } from './calendar-draft.ts'
import { HoursFields } from './calendar-hours-fields.tsx'
import { WeekPicture } from './calendar-week.tsx'
import { useWeekLine } from './calendar-words.ts'
import { useFormat } from '#web/ui/use-format.ts'
import classes from './agreements.module.css'

/** In the place of a calendar's id: hours that are made here. */
export const NEW_HOURS = 'new'

interface AgreementHoursProps {
  readonly calendars: readonly Calendar[]
  readonly field: Field<string>
  readonly name: Field<string>
  readonly hours: Field<HoursDraft>
  readonly strict: boolean
}

/** The hours in which clocks run: of a calendar there is, or new ones. */
export function AgreementHours({ calendars, field, name, hours, strict }: AgreementHoursProps) {
  const t = useText()
  const weekLine = useWeekLine()
  const format = useFormat()
  const calendar = calendars.find(({ id }) => id === field.value)
  const now = calendar?.versions[0]
  return (
    <div className={classes.hours}>
      {calendars.length > 0 && (
        <div className={classes.narrow}>
          <SelectField
            field={field}
            label={t('agreements.calendar')}
            options={[
              ...(field.value === '' ? [{ value: '', label: '' }] : []),
              ...calendars.map((each) => ({
                value: each.id,
                label: `${each.name}: ${weekLine(each.versions[0]?.rules.week ?? [])}`,
              })),
              { value: NEW_HOURS, label: t('agreements.calendar-new') },
            ]}
          />
        </div>
      )}
      {now && (
        <div>
          <WeekPicture week={now.rules.week} />
          <p className="pl-small pl-quiet">
            {t('agreements.hours-of', {
              zone: format.zone(now.rules.timeZone),
              holidays: now.holidays === null ? 'no' : 'yes',
            })}{' '}
            <Link to="/calendars/$id" params={{ id: calendar.id }} target="_blank">
              {t('agreements.calendar-open')}
            </Link>
          </p>
        </div>
      )}
      {field.value === NEW_HOURS && (
        <>
          <div className={classes.narrow}>
            <TextField
              field={name}
              label={t('agreements.calendar.name')}
              hint={t('agreements.calendar.name-hint')}
              maxLength={200}
            />
          </div>
          <HoursFields hours={hours.value} onChange={hours.onChange} strict={strict} />
          {hours.error !== undefined && (
            <p className={classes.wrong} role="alert">
              {hours.error}
            </p>
          )}
        </>
      )}
    </div>
  )
}
