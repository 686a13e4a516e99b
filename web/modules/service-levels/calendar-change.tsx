import { queryOptions, useQueryClient, useSuspenseQuery } from '@tanstack/react-query'
import { useState } from 'react'
import * as api from '#api/service-levels'
import type { Calendar, CalendarVersionView } from '#api/service-levels'
import { barredFromManaging } from '#core/may.ts'
import { instantAt, isZone } from '#core/zone.ts'
import { CallFailure } from '#web/http/call-failure.ts'
import { call } from '#web/http/call.ts'
import { useAsker } from '#web/modules/people/index.ts'
import { Button } from '#web/ui/button.tsx'
import { TextField } from '#web/ui/field.tsx'
import { Form, useForm } from '#web/ui/form.tsx'
import { notify } from '#web/ui/notices.tsx'
import { Section } from '#web/ui/page.tsx'
import { type Say, useText } from '#web/ui/text.tsx'
import { useFormat } from '#web/ui/use-format.ts'
import { calendarQuery } from './agreements-queries.ts'
import { type HoursDraft, readHours, seasonsOf, windowDraft } from './calendar-draft.ts'
import { HoursFields } from './calendar-hours-fields.tsx'
import { sentHours } from './calendar-sent.ts'
import { todayDate } from './calendar-today.ts'
import { TryHours } from './calendar-try.tsx'
import { useWeekLine } from './calendar-words.ts'
import { ChangedMeanwhile } from './changed-meanwhile.tsx'
import classes from './agreements.module.css'

interface Values {
  readonly validFrom: string
  readonly hours: HoursDraft
}

/** Other hours from a day on; what held before stays as it was. */
export function ChangeHours({ calendar, onDone }: { readonly calendar: Calendar; readonly onDone: () => void }) {
  const t = useText()
  const cache = useQueryClient()
  const weekLine = useWeekLine()
  const format = useFormat()
  // What the form began with: somebody may change the calendar behind it.
  const [began] = useState(calendar)
  const [moved, setMoved] = useState<Calendar | null>(null)
  const newest = began.versions[0]!
  const { data: own } = useSuspenseQuery(ownExceptionsQuery(newest))
  const [tried, setTried] = useState(false)
  const form = useForm<Values>({
    initial: { validFrom: todayDate(), hours: draftOf(newest, own) },
    check: ({ validFrom, hours }) => {
      setTried(true)
      return {
        validFrom: /^\d{4}-\d\d-\d\d$/.test(validFrom) ? undefined : t('agreements.valid-from-missing'),
        hours: readHours(hours).rules === null ? t('agreements.calendar.wrong') : undefined,
      }
    },
    async submit({ validFrom, hours }) {
      const from = firstMoment(validFrom, hours.timeZone)
      try {
        await call(api.addCalendarVersion, {
          params: { id: calendar.id },
          body: { validFrom: from, ...sentHours(hours) },
          match: (moved ?? began).version,
        })
      } catch (thrown) {
        // Whoever has seen what is there now may send theirs once more; what was typed stays in the form.
        if (thrown instanceof CallFailure && thrown.status === 412)
          setMoved(await cache.fetchQuery({ ...calendarQuery(calendar.id), staleTime: 0 }))
        throw thrown
      }
      await cache.invalidateQueries({ queryKey: ['calendars'] })
      notify(t('agreements.calendar.changed', { name: calendar.name }))
      onDone()
    },
  })
  const asker = useAsker()
  const hours = form.field('hours')
  const { validFrom } = form.values
  const from = /^\d{4}-\d\d-\d\d$/.test(validFrom) ? firstMoment(validFrom, hours.value.timeZone) : null
  const theirs = moved?.versions[0]
  const typed = readHours(hours.value).rules
  const lines =
    theirs === undefined || typed === null
      ? []
      : [
          {
            name: t('agreements.valid-from-short'),
            theirs: format.day(theirs.validFrom),
            mine: format.day(from ?? theirs.validFrom),
          },
          { name: t('agreements.calendar.week'), theirs: weekLine(theirs.rules.week), mine: weekLine(typed.week) },
          {
            name: t('agreements.calendar.holidays'),
            theirs: placeWords(theirs.holidays, t),
            mine: placeWords(hours.value, t),
          },
        ].filter((line) => line.theirs !== line.mine)
  return (
    <div className={classes.form}>
      <Form
        form={form}
        guard
        label={t('agreements.calendar.change')}
        action={t(moved === null ? 'agreements.calendar.change.do' : 'agreements.conflict.keep')}
        beside={<Button onClick={onDone}>{t(moved === null ? 'ui.cancel' : 'agreements.conflict.take')}</Button>}
      >
        <Section title={t('agreements.calendar.change.from')}>
          <div className={classes.narrow}>
            <TextField
              field={form.field('validFrom')}
              type="date"
              label={t('agreements.valid-from-day')}
              hint={t('agreements.calendar.change.hint')}
            />
          </div>
        </Section>
        <Section title={t('agreements.hours')}>
          <HoursFields
            hours={hours.value}
            onChange={hours.onChange}
            strict={tried}
            before={(moved ?? began).versions}
            from={from}
          />
          {hours.error !== undefined && (
            <p className={classes.wrong} role="alert">
              {hours.error}
            </p>
          )}
        </Section>
        {typed !== null && barredFromManaging(asker) === null && <TryHours calendar={began} hours={hours.value} />}
        {moved !== null && <ChangedMeanwhile lines={lines} />}
      </Form>
    </div>
  )
}

/** Midnight of a local date; of the day in UTC while the zone is none. */
function firstMoment(date: string, zone: string): Date {
  const local = Date.parse(`${date}T00:00Z`)
  return new Date(isZone(zone) ? instantAt(zone, local) : local)
}

function placeWords(
  place: { readonly country: string; readonly state?: string | undefined; readonly region?: string | undefined } | null,
  t: Say,
): string {
  const codes = place === null ? [] : [place.country, place.state, place.region]
  return codes.filter((code) => code !== undefined && code !== '').join('-') || t('agreements.calendar.no-holidays')
}

type Exceptions = CalendarVersionView['rules']['exceptions']

/**
 * The days that somebody wrote into a version, from this year on: all its days without the public holidays, which were
 * taken from its place and come again from the place of the new one.
 */
function ownExceptionsQuery({ id, rules, holidays }: CalendarVersionView) {
  return queryOptions({
    queryKey: ['calendars', 'own-exceptions', id],
    queryFn: async ({ signal }): Promise<Exceptions> => {
      const thisYear = new Date().getUTCFullYear()
      const coming = rules.exceptions.filter(({ date }) => Number(date.slice(0, 4)) >= thisYear)
      if (holidays === null) return coming
      const { country, state, region } = holidays
      const years = [...new Set(coming.map(({ date }) => Number(date.slice(0, 4))))]
      const found = await Promise.all(
        years.map((year) =>
          call(
            api.listHolidays,
            { query: { country, year, ...(state && { state }), ...(region && { region }) } },
            signal,
          ),
        ),
      )
      const days = new Set(found.flatMap(({ items }) => items.map(({ date }) => date)))
      return coming.filter(({ date, windows }) => windows.length > 0 || !days.has(date))
    },
    staleTime: Infinity,
  })
}

function draftOf({ rules, holidays }: CalendarVersionView, own: Exceptions): HoursDraft {
  return {
    timeZone: rules.timeZone,
    week: rules.week.map((windows) => windows.map(windowDraft)),
    country: holidays?.country ?? '',
    state: holidays?.state ?? '',
    region: holidays?.region ?? '',
    exceptions: seasonsOf(own),
  }
}
