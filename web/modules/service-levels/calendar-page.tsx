import { useSuspenseQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { useState } from 'react'
import * as api from '#api/service-levels'
import type { Calendar, CalendarUses, CalendarVersionView } from '#api/service-levels'
import { barredFromManaging, barredFromWorking } from '#core/may.ts'
import { useAsker } from '#web/modules/people/index.ts'
import { urlOf } from '#web/http/call.ts'
import { Button, DownloadLink, LinkButton } from '#web/ui/button.tsx'
import { Empty } from '#web/ui/empty.tsx'
import { Page, Section } from '#web/ui/page.tsx'
import { Pick, Sentence } from '#web/ui/sentence.tsx'
import { State } from '#web/ui/state.tsx'
import { type Column, Table } from '#web/ui/table.tsx'
import { Text, useText } from '#web/ui/text.tsx'
import { useFormat } from '#web/ui/use-format.ts'
import { calendarQuery, calendarUsesQuery } from './agreements-queries.ts'
import { ChangeHours } from './calendar-change.tsx'
import { Differences } from './calendar-differences.tsx'
import { CalendarHours } from './calendar-hours.tsx'
import { useWeekLine } from './calendar-words.ts'
import { YearHead } from './calendar-year-head.tsx'
import { differencesOf } from './hours-difference.ts'

const route = getRouteApi('/shell/calendars/$id')

/** Hours, as a picture and in words, since when they are so, and other ones from a day on. */
export function CalendarPage() {
  const t = useText()
  const format = useFormat()
  const { id } = route.useParams()
  const { data: calendar } = useSuspenseQuery(calendarQuery(id))
  const [changing, setChanging] = useState(false)
  const asker = useAsker()
  const barred = barredFromManaging(asker)
  const mayCorrect = barredFromWorking(asker) === null
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
        !changing && (
          <>
            {barred === null && <Button onClick={() => setChanging(true)}>{t('agreements.calendar.change')}</Button>}
            <DownloadLink href={urlOf(api.exportCalendar, { params: { id } })}>{t('agreements.as-file')}</DownloadLink>
            {mayCorrect && (
              <LinkButton to="/corrections/new" search={{ calendar: id }}>
                {t('app.correct.day')}
              </LinkButton>
            )}
          </>
        )
      }
    >
      {changing && newest ? (
        <ChangeHours calendar={calendar} onDone={() => setChanging(false)} />
      ) : (
        <>
          <Section title={t('agreements.calendar.hours')}>
            <CalendarHours calendar={calendar} />
          </Section>
          {calendar.versions.length > 1 && <Compared calendar={calendar} />}
          <Versions calendar={calendar} />
          <Uses id={id} />
        </>
      )}
    </Page>
  )
}

/** What is otherwise between two versions, in a year. */
function Compared({ calendar: { versions } }: { readonly calendar: Calendar }) {
  const t = useText()
  const since = useSince()
  const [beforeId, setBefore] = useState(versions[1]!.id)
  const [afterId, setAfter] = useState(versions[0]!.id)
  const [before, after] = [beforeId, afterId].map((id) => versions.find((each) => each.id === id))
  const [year, setYear] = useState(() => versions[0]!.validFrom.getUTCFullYear())
  if (before === undefined || after === undefined) return null
  const options = versions.map((each) => ({ value: each.id, label: since(each) }))
  return (
    <Section title={t('agreements.calendar.differences')}>
      <Sentence>
        <Text
          id="agreements.calendar.compare"
          components={{
            before: (
              <Pick label={t('agreements.calendar.before')} options={options} value={before.id} onChange={setBefore} />
            ),
            after: (
              <Pick label={t('agreements.calendar.after')} options={options} value={after.id} onChange={setAfter} />
            ),
          }}
        />
      </Sentence>
      <YearHead year={year} onYear={setYear} />
      <Differences difference={differencesOf(before.rules, after.rules, year)} year={year} />
    </Section>
  )
}

/** Since when a version holds; the first one holds for whatever was before it. */
function useSince(): (version: CalendarVersionView) => string {
  const t = useText()
  const format = useFormat()
  return ({ validFrom, rules }) =>
    validFrom.getTime() <= 0 ? t('agreements.calendar.always-so') : format.day(validFrom, rules.timeZone)
}

type Use = CalendarUses['agreements'][number]

/** The agreements that count in these hours. */
function Uses({ id }: { readonly id: string }) {
  const t = useText()
  const format = useFormat()
  const { data: uses } = useSuspenseQuery(calendarUsesQuery(id))
  const columns: readonly Column<Use>[] = [
    {
      key: 'name',
      head: t('agreements.name'),
      narrow: 'lead',
      cell: ({ id: agreementId, name }) => (
        <Link to="/agreements/$id" params={{ id: agreementId }}>
          {name}
        </Link>
      ),
    },
    { key: 'customer', head: t('agreements.customer'), narrow: 'under', cell: ({ customerName }) => customerName },
    {
      key: 'versions',
      head: t('agreements.versions'),
      narrow: 'under',
      cell: ({ versions }) => format.list(versions.map((number) => t('agreements.version-number', { number }))),
    },
    {
      key: 'state',
      head: t('agreements.state'),
      narrow: 'trail',
      cell: ({ inForce }) =>
        inForce ? (
          <State is="runs">{t('agreements.in-force')}</State>
        ) : (
          <span className="pl-quiet">{t('agreements.not-in-force')}</span>
        ),
    },
  ]
  return (
    <Section
      title={t('agreements.calendar.uses')}
      hint={uses.agreements.length > 0 && t('agreements.calendar.open-clocks', { count: uses.openClocks })}
    >
      <Table
        label={t('agreements.calendar.uses')}
        columns={columns}
        rows={uses.agreements}
        rowKey={(use) => use.id}
        empty={<Empty title={t('agreements.calendar.uses-none')}>{t('agreements.calendar.uses-none-more')}</Empty>}
      />
    </Section>
  )
}

function Versions({ calendar }: { readonly calendar: Calendar }) {
  const t = useText()
  const format = useFormat()
  const weekLine = useWeekLine()
  const from = useSince()
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
