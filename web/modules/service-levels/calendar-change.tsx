import { queryOptions, useQueryClient, useSuspenseQuery } from '@tanstack/react-query'
import { useState } from 'react'
import * as api from '#api/service-levels'
import type { Calendar, CalendarVersionView } from '#api/service-levels'
import { instantAt } from '#core/zone.ts'
import { CallFailure } from '#web/http/call-failure.ts'
import { call } from '#web/http/call.ts'
import { Button } from '#web/ui/button.tsx'
import { TextField } from '#web/ui/field.tsx'
import { Form, useForm } from '#web/ui/form.tsx'
import { notify } from '#web/ui/notices.tsx'
import { Section } from '#web/ui/page.tsx'
import { useText } from '#web/ui/text.tsx'
import { type HoursDraft, readHours, windowDraft } from './calendar-draft.ts'
import { HoursFields } from './calendar-hours-fields.tsx'
import { sentHours } from './calendar-sent.ts'
import { todayDate } from './calendar-today.ts'
import classes from './agreements.module.css'

interface Values {
  readonly validFrom: string
  readonly hours: HoursDraft
}

/** Other hours from a day on; what held before stays as it was. */
export function ChangeHours({ calendar, onDone }: { readonly calendar: Calendar; readonly onDone: () => void }) {
  const t = useText()
  const cache = useQueryClient()
  const newest = calendar.versions[0]!
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
      const from = new Date(instantAt(hours.timeZone, Date.parse(`${validFrom}T00:00Z`)))
      try {
        await call(api.addCalendarVersion, {
          params: { id: calendar.id },
          body: { validFrom: from, ...sentHours(hours) },
          match: calendar.version,
        })
      } catch (thrown) {
        // What is there now comes up behind the form; what was typed stays in it.
        if (thrown instanceof CallFailure && thrown.status === 412)
          await cache.invalidateQueries({ queryKey: ['calendars', calendar.id] })
        throw thrown
      }
      await cache.invalidateQueries({ queryKey: ['calendars'] })
      notify(t('agreements.calendar.changed', { name: calendar.name }))
      onDone()
    },
  })
  const hours = form.field('hours')
  return (
    <div className={classes.form}>
      <Form
        form={form}
        guard
        label={t('agreements.calendar.change')}
        actions={
          <>
            <Button main type="submit" busy={form.busy}>
              {t('agreements.calendar.change.do')}
            </Button>
            <Button onClick={onDone}>{t('ui.cancel')}</Button>
          </>
        }
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
          <HoursFields hours={hours.value} onChange={hours.onChange} strict={tried} />
          {hours.error !== undefined && (
            <p className={classes.wrong} role="alert">
              {hours.error}
            </p>
          )}
        </Section>
      </Form>
    </div>
  )
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
    exceptions: own.map(({ date, label, windows }) => ({ date, label, windows: windows.map(windowDraft) })),
  }
}
