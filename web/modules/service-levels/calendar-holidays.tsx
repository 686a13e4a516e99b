import { TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { dayOf, weekdayOf } from '#core/calendar-rules.ts'
import { TextButton } from '#web/ui/button.tsx'
import { SearchField } from '#web/ui/search-field.tsx'
import { useText } from '#web/ui/text.tsx'
import { holidaysQuery, placesQuery } from './agreements-queries.ts'
import type { ExceptionDraft, HoursDraft } from './calendar-draft.ts'
import { useDateWords } from './calendar-words.ts'
import classes from './calendar-hours-fields.module.css'

interface HolidayFieldsProps {
  readonly hours: HoursDraft
  /** Whose holidays are shown, to be changed one by one. */
  readonly year: number
  readonly onChange: (changed: Partial<HoursDraft>) => void
}

/** Whose public holidays are kept, and which they are in a year: a proposal that may be corrected day by day. */
export function HolidayFields({ hours, year, onChange }: HolidayFieldsProps) {
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
        <YearsHolidays hours={hours} year={year} onChange={onChange} />
      )}
    </fieldset>
  )
}

function YearsHolidays({ hours, year, onChange }: HolidayFieldsProps) {
  const t = useText()
  const place = { country: hours.country, state: hours.state || undefined, region: hours.region || undefined }
  const { data: items } = useQuery(holidaysQuery(place, year))
  if (items === undefined) return null
  return (
    <>
      <p className="pl-small pl-quiet" style={{ marginTop: 6 }}>
        {t('agreements.calendar.holidays-of', { count: items.length, year: String(year) })}
      </p>
      <ul className={classes.holidays}>
        {items.map(({ date, name }) => (
          <Holiday key={date} date={date} name={name} hours={hours} onChange={onChange} />
        ))}
      </ul>
    </>
  )
}

interface HolidayProps {
  readonly date: string
  readonly name: string
  readonly hours: HoursDraft
  readonly onChange: (changed: Partial<HoursDraft>) => void
}

/** One public holiday: kept, left out, or kept on another day. */
function Holiday({ date, name, hours, onChange }: HolidayProps) {
  const t = useText()
  const dateWords = useDateWords()
  const [moving, setMoving] = useState(false)
  const usual = hours.week[weekdayOf(dayOf(date))] ?? []
  const others = hours.exceptions.filter((each) => each.date !== date)
  const opened = hours.exceptions.some((each) => each.date === date && each.windows.length > 0)
  const moved = others.find((each) => isMoved(each, date, name))
  const opening = usual.length === 0 ? [] : [{ date, until: '', label: name, windows: usual }]
  const toggle = () =>
    onChange({ exceptions: opened || moved ? others.filter((each) => each !== moved) : [...others, ...opening] })
  function move(to: string) {
    if (!/^\d{4}-\d\d-\d\d$/.test(to) || to === date) return
    const kept = others.filter((each) => each !== moved && each.date !== to)
    onChange({ exceptions: [...kept, ...opening, { date: to, until: '', label: name, windows: [] }] })
  }
  const closedAnyway = usual.length === 0
  return (
    <li>
      <label>
        <input
          type="checkbox"
          checked={!opened && !moved}
          disabled={closedAnyway && !opened && !moved}
          onChange={toggle}
        />
        <span className={classes.date}>{dateWords(date)}</span>
        <span className={opened || moved ? 'pl-quiet' : undefined}>
          {name}
          {closedAnyway && !moved && <span className="pl-faint"> · {t('agreements.calendar.no-effect')}</span>}
          {opened && !moved && <span> · {t('agreements.calendar.open-all-the-same')}</span>}
          {moved && <span> · {t('agreements.calendar.moved-to', { day: dateWords(moved.date) })}</span>}
        </span>
      </label>
      {moving ? (
        <TextInput
          type="date"
          size="xs"
          className={classes.moving}
          aria-label={t('agreements.calendar.move-date', { name })}
          defaultValue={moved?.date ?? date}
          autoFocus
          onChange={({ currentTarget }) => move(currentTarget.value)}
          onBlur={() => setMoving(false)}
        />
      ) : (
        <TextButton aria-label={t('agreements.calendar.move-of', { name })} onClick={() => setMoving(true)}>
          {t('agreements.calendar.move')}
        </TextButton>
      )}
    </li>
  )
}

/** A holiday is moved within these days; what has its name further away is the one of another year. */
const MOVED_DAYS = 60

function isMoved(each: ExceptionDraft, date: string, name: string): boolean {
  return (
    each.label === name &&
    each.windows.length === 0 &&
    each.until === '' &&
    Math.abs(dayOf(each.date) - dayOf(date)) <= MOVED_DAYS
  )
}
