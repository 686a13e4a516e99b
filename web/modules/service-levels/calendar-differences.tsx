import type { OpenWindow } from '#core/calendar.ts'
import { type Column, Table } from '#web/ui/table.tsx'
import { useText } from '#web/ui/text.tsx'
import { useFormat } from '#web/ui/use-format.ts'
import { type HoursDifference, isSame } from './hours-difference.ts'
import { windowsText } from './calendar-draft.ts'
import { useDateWords, useWeekdays } from './calendar-words.ts'

/** As many dates as somebody reads; further ones are counted. */
const MOST_DATES = 24

interface Line {
  readonly key: string
  readonly name: string
  readonly label: string
  readonly before: string
  readonly after: string
}

interface DifferencesProps {
  readonly difference: HoursDifference
  readonly year: number
}

/** What is otherwise in a later version of hours: the open hours of a year, weekdays, single days. */
export function Differences({ difference, year }: DifferencesProps) {
  const t = useText()
  const format = useFormat()
  const lines = useLines(difference)
  const { hours, dates, zone } = difference
  if (isSame(difference))
    return <p className="pl-quiet">{t('agreements.calendar.no-difference', { year: String(year) })}</p>
  const columns: readonly Column<Line>[] = [
    {
      key: 'day',
      head: t('agreements.calendar.day'),
      narrow: 'lead',
      cell: ({ name, label }) => (
        <>
          {name} {label !== '' && <span className="pl-quiet">{label}</span>}
        </>
      ),
    },
    { key: 'before', head: t('agreements.calendar.before'), narrow: 'under', cell: ({ before }) => before },
    { key: 'after', head: t('agreements.calendar.after'), narrow: 'trail', cell: ({ after }) => <b>{after}</b> },
  ]
  return (
    <>
      <p>
        {t('agreements.calendar.hours-before-after', {
          year: String(year),
          before: format.number(hours.before),
          after: format.number(hours.after),
          sign: hours.after === hours.before ? 'same' : hours.after > hours.before ? 'more' : 'less',
          by: format.number(Math.abs(hours.after - hours.before)),
        })}{' '}
        {zone &&
          t('agreements.calendar.zone-before-after', {
            before: format.zone(zone.before),
            after: format.zone(zone.after),
          })}
      </p>
      {lines.length > 0 && (
        <Table
          dense
          label={t('agreements.calendar.differences')}
          columns={columns}
          rows={lines}
          rowKey={({ key }) => key}
        />
      )}
      {dates.length > MOST_DATES && (
        <p className="pl-small pl-quiet">
          {t('agreements.calendar.coming-more', { count: dates.length - MOST_DATES })}
        </p>
      )}
    </>
  )
}

function useLines({ week, dates }: HoursDifference): readonly Line[] {
  const t = useText()
  const dateWords = useDateWords()
  const { long } = useWeekdays()
  const said = (windows: readonly OpenWindow[]) => windowsText(windows) || t('agreements.calendar.closed')
  const spans: { from: number; to: number; before: string; after: string }[] = []
  for (const { day, before, after } of week) {
    const last = spans.at(-1)
    const line = { before: said(before), after: said(after) }
    if (last?.to === day - 1 && last.before === line.before && last.after === line.after) last.to = day
    else spans.push({ from: day, to: day, ...line })
  }
  return [
    ...spans.map(({ from, to, before, after }) => ({
      key: `week ${from}`,
      name: from === to ? long[from]! : t('agreements.calendar.season', { from: long[from]!, to: long[to]! }),
      label: '',
      before,
      after,
    })),
    ...dates.slice(0, MOST_DATES).map(({ date, label, before, after }) => ({
      key: date,
      name: dateWords(date, true),
      label,
      before: said(before),
      after: said(after),
    })),
  ]
}
