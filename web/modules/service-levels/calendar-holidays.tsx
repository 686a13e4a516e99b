import { useQuery } from '@tanstack/react-query'
import { dayOf, weekdayOf } from '#core/calendar-rules.ts'
import { SearchField } from '#web/ui/search-field.tsx'
import { useText } from '#web/ui/text.tsx'
import { holidaysQuery, placesQuery } from './agreements-queries.ts'
import type { HoursDraft } from './calendar-draft.ts'
import { comingYear } from './calendar-today.ts'
import { useDateWords } from './calendar-words.ts'
import classes from './calendar-hours-fields.module.css'

interface HolidayFieldsProps {
  readonly hours: HoursDraft
  readonly onChange: (changed: Partial<HoursDraft>) => void
}

/** Whose public holidays are kept, and which they are in the coming year: a proposal that may be corrected day by day. */
export function HolidayFields({ hours, onChange }: HolidayFieldsProps) {
  const t = useText()
  const { country, state, region } = hours
  const countries = useQuery(placesQuery()).data ?? []
  const statesOf = useQuery({ ...placesQuery(country), enabled: country !== '' })
  const regionsOf = useQuery({ ...placesQuery(country, state), enabled: state !== '' })
  // Without a country, or a state, the question would be another one.
  const states = country === '' ? [] : (statesOf.data ?? [])
  const regions = state === '' ? [] : (regionsOf.data ?? [])
  const option = ({ code, name }: { readonly code: string; readonly name: string }) => ({ value: code, label: name })
  const field = (name: string, value: string, changed: (value: string) => Partial<HoursDraft>) => ({
    name,
    value,
    error: undefined,
    onChange: (chosen: string) => onChange(changed(chosen)),
  })
  return (
    <fieldset>
      <legend className={classes.legend}>{t('agreements.calendar.holidays')}</legend>
      <div className={classes.place}>
        <SearchField
          field={field('country', country, (value) => ({ country: value, state: '', region: '' }))}
          label={t('agreements.calendar.country')}
          options={[{ value: '', label: t('agreements.calendar.no-holidays') }, ...countries.map(option)]}
          placeholder={t('agreements.calendar.no-holidays')}
        />
        {states.length > 0 && (
          <SearchField
            field={field('state', state, (value) => ({ state: value, region: '' }))}
            label={t('agreements.calendar.state')}
            options={[{ value: '', label: t('agreements.calendar.whole-country') }, ...states.map(option)]}
            placeholder={t('agreements.calendar.whole-country')}
          />
        )}
        {regions.length > 0 && (
          <SearchField
            field={field('region', region, (value) => ({ region: value }))}
            label={t('agreements.calendar.region')}
            options={[{ value: '', label: t('agreements.calendar.whole-state') }, ...regions.map(option)]}
            placeholder={t('agreements.calendar.whole-state')}
          />
        )}
      </div>
      {country === '' ? (
        <p className="pl-small pl-quiet" style={{ marginTop: 4 }}>
          {t('agreements.calendar.holidays-hint')}
        </p>
      ) : (
        <ComingHolidays hours={hours} onChange={onChange} />
      )}
    </fieldset>
  )
}

function ComingHolidays({ hours, onChange }: HolidayFieldsProps) {
  const t = useText()
  const dateWords = useDateWords()
  const place = { country: hours.country, state: hours.state || undefined, region: hours.region || undefined }
  const { items, pending } = useComingHolidays(place)
  const exceptionOn = (date: string) =>
    hours.exceptions.find((exception) => exception.date === date && exception.windows.length > 0)
  function toggle(date: string, name: string, opens: boolean) {
    const others = hours.exceptions.filter((exception) => exception.date !== date)
    const windows = hours.week[weekdayOf(dayOf(date))] ?? []
    onChange({ exceptions: opens ? [...others, { date, label: name, windows }] : others })
  }
  if (pending) return null
  return (
    <>
      <p className="pl-small pl-quiet" style={{ marginTop: 6 }}>
        {t('agreements.calendar.holidays-coming', { count: items.length })}
      </p>
      <ul className={classes.holidays}>
        {items.map(({ date, name }) => {
          const open = exceptionOn(date) !== undefined
          const without = (hours.week[weekdayOf(dayOf(date))] ?? []).length === 0
          return (
            <li key={date}>
              <label>
                <input
                  type="checkbox"
                  checked={!open}
                  disabled={without && !open}
                  onChange={() => toggle(date, name, !open)}
                />
                <span className={classes.date}>{dateWords(date)}</span>
                <span className={open ? 'pl-quiet' : undefined}>
                  {name}
                  {without && <span className="pl-faint"> · {t('agreements.calendar.no-effect')}</span>}
                  {open && <span> · {t('agreements.calendar.open-all-the-same')}</span>}
                </span>
              </label>
            </li>
          )
        })}
      </ul>
    </>
  )
}

/** Of the next twelve months. */
function useComingHolidays(place: {
  readonly country: string
  readonly state?: string | undefined
  readonly region?: string | undefined
}) {
  const { today, end } = comingYear()
  const year = Number(today.slice(0, 4))
  const on = place.country !== ''
  const now = useQuery({ ...holidaysQuery(place, year), enabled: on })
  const next = useQuery({ ...holidaysQuery(place, year + 1), enabled: on })
  const items = [...(now.data ?? []), ...(next.data ?? [])].filter(({ date }) => date >= today && date < end)
  return { items, pending: on && (now.isPending || next.isPending) }
}
