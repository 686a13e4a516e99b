import { useSuspenseQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { useState } from 'react'
import type { Calendar, CalendarVersionView } from '#api/service-levels'
import { barredFromManaging } from '#core/may.ts'
import { useAsker } from '#web/modules/people/index.ts'
import { Button } from '#web/ui/button.tsx'
import { Page, Section } from '#web/ui/page.tsx'
import { type Column, Table } from '#web/ui/table.tsx'
import { useText } from '#web/ui/text.tsx'
import { useFormat } from '#web/ui/use-format.ts'
import { calendarQuery } from './agreements-queries.ts'
import { ChangeHours } from './calendar-change.tsx'
import { CalendarHours } from './calendar-hours.tsx'
import { useWeekLine } from './calendar-words.ts'

const route = getRouteApi('/shell/calendars/$id')

/** Hours, as a picture and in words, since when they are so, and other ones from a day on. */
export function CalendarPage() {
  const t = useText()
  const format = useFormat()
  const { id } = route.useParams()
  const { data: calendar } = useSuspenseQuery(calendarQuery(id))
  const [changing, setChanging] = useState(false)
  const barred = barredFromManaging(useAsker())
  const newest = calendar.versions[0]
  return (
    <Page
      title={calendar.name}
      lede={
        newest &&
        t('agreements.calendar.page.lede', {
          zone: format.zone(newest.rules.timeZone),
          whose: calendar.customerId === null ? 'all' : 'one',
        })
      }
      crumb={<Link to="/agreements">{t('agreements.list.title')}</Link>}
      actions={
        barred === null &&
        !changing && <Button onClick={() => setChanging(true)}>{t('agreements.calendar.change')}</Button>
      }
    >
      {changing && newest ? (
        <ChangeHours calendar={calendar} onDone={() => setChanging(false)} />
      ) : (
        <>
          <Section title={t('agreements.calendar.hours')}>
            <CalendarHours calendar={calendar} />
          </Section>
          <Versions calendar={calendar} />
        </>
      )}
    </Page>
  )
}

function Versions({ calendar }: { readonly calendar: Calendar }) {
  const t = useText()
  const format = useFormat()
  const weekLine = useWeekLine()
  const from = ({ validFrom }: CalendarVersionView) =>
    // The first one holds for whatever was before it.
    validFrom.getTime() <= 0 ? t('agreements.calendar.always-so') : format.day(validFrom)
  const columns: readonly Column<CalendarVersionView>[] = [
    { key: 'from', head: t('agreements.valid-from-short'), narrow: 'lead', cell: from },
    {
      key: 'to',
      head: t('agreements.valid-to'),
      narrow: 'under',
      cell: ({ validTo }) => (validTo ? format.day(validTo) : t('agreements.calendar.open-end')),
    },
    { key: 'week', head: t('agreements.calendar.week'), narrow: 'under', cell: ({ rules }) => weekLine(rules.week) },
    {
      key: 'holidays',
      head: t('agreements.calendar.holidays'),
      narrow: 'under',
      cell: ({ holidays }) => Object.values(holidays ?? {}).join('-') || t('agreements.calendar.no-holidays'),
    },
  ]
  return (
    <Section title={t('agreements.versions')} hint={t('agreements.calendar.versions-hint')}>
      <Table label={t('agreements.versions')} columns={columns} rows={calendar.versions} rowKey={({ id }) => id} />
    </Section>
  )
}
