import { useState } from 'react'
import { TextButton } from '#web/ui/button.tsx'
import { type Column, Table } from '#web/ui/table.tsx'
import { useText } from '#web/ui/text.tsx'
import { useFormat } from '#web/ui/use-format.ts'
import { useNow } from '#web/ui/use-now.ts'
import { type Stretch, stripDays, type StripKind, stripRows } from './month-strip-layout.ts'
import classes from './month-strip.module.css'

interface MonthStripProps {
  readonly month: string
  readonly zone: string
  /** In a sentence, what there is to see. */
  readonly label: string
  readonly stretches: Readonly<Record<StripKind, readonly Stretch[]>>
}

const kinds = ['open', 'ahead', 'maintenance', 'down', 'excluded', 'gap'] as const

/** A month of a service by its weeks: when it was agreed to be there, maintained, down and not watched; with its table. */
export function MonthStrip({ month, zone, label, stretches }: MonthStripProps) {
  const t = useText()
  const now = useNow()
  const [asTable, setAsTable] = useState(false)
  const drawn = kinds.filter((kind) => kind === 'open' || stretches[kind].length > 0)
  return (
    <>
      {asTable ? (
        <StripTable month={month} zone={zone} label={label} stretches={stretches} />
      ) : (
        <>
          <div className={classes.strip} role="img" aria-label={label}>
            {stripRows(month, zone, stretches, now).map(({ days, bars, now: nowAt }) => (
              <div key={days[0]!.date} className={classes.row}>
                {days.map(({ date, at, width }) => (
                  <span key={date} className={classes.day} style={{ left: share(at), width: share(width) }}>
                    {Number(date.slice(8))}
                  </span>
                ))}
                {bars.map(({ kind, at, width }) => (
                  <span
                    key={`${kind} ${at}`}
                    className={`${classes.bar} ${classes[kind]}`}
                    style={{ left: share(at), width: share(width) }}
                  />
                ))}
                {nowAt !== null && <span className={classes.now} style={{ left: share(nowAt) }} />}
              </div>
            ))}
          </div>
          <ul className={classes.key} aria-hidden>
            {drawn.map((kind) => (
              <li key={kind}>
                <span className={classes.swatch}>
                  <span className={`${classes.bar} ${classes[kind]}`} />
                </span>
                {t(`availability.strip.${kind}`)}
              </li>
            ))}
            <li>
              <span className={classes.swatch}>
                <span className={`${classes.bar} ${classes.closed}`} />
              </span>
              {t('availability.strip.closed')}
            </li>
          </ul>
        </>
      )}
      <p className="pl-small">
        <TextButton onClick={() => setAsTable(!asTable)}>
          {t(asTable ? 'availability.strip.as-picture' : 'availability.strip.as-table')}
        </TextButton>
      </p>
    </>
  )
}

function share(part: number): string {
  return `${part * 100}%`
}

type Day = ReturnType<typeof stripDays>[number]

function StripTable({ month, zone, label, stretches }: MonthStripProps) {
  const t = useText()
  const format = useFormat()
  const known = kinds.filter((kind) => kind === 'open' || stretches[kind].length > 0)
  const columns: readonly Column<Day>[] = [
    {
      key: 'date',
      head: t('availability.strip.day'),
      narrow: 'lead',
      cell: ({ date }) => format.day(new Date(`${date}T12:00:00Z`), 'UTC'),
    },
    ...known.map((kind): Column<Day> => ({
      key: kind,
      head: t(`availability.strip.${kind}`),
      numeric: true,
      narrow: 'under',
      cell: (day) => (day[kind] === 0 ? '–' : format.durationCell(day[kind])),
    })),
  ]
  return <Table label={label} columns={columns} rows={stripDays(month, zone, stretches)} rowKey={({ date }) => date} />
}
