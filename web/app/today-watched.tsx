import type { Today } from '#api/today'
import { DoorLink } from '#web/ui/door.tsx'
import { SideSection } from '#web/ui/page.tsx'
import { Text, useText } from '#web/ui/text.tsx'
import { useFormat } from '#web/ui/use-format.ts'
import classes from './today-page.module.css'

/** What goes its way without anybody, in numbers that open. */
export function Watched({ today: { watched } }: { readonly today: Today }) {
  const t = useText()
  const format = useFormat()
  const { open, running, dueInDay, paused, pausedLong, resolved, month } = watched
  const share = format.ratio({ numerator: month.met, denominator: month.measured })
  return (
    <SideSection title={t('today.watched')}>
      <ul className={classes.watched}>
        <li>
          <Text
            id="today.watched.running"
            values={{ running, day: dueInDay }}
            components={{ a: <DoorLink to="/incidents" search={{ sort: 'dueAt' }} /> }}
          />
        </li>
        <li>
          <Text id="today.watched.open" values={{ open }} components={{ a: <DoorLink to="/incidents" /> }} />
        </li>
        <li>
          <Text
            id="today.watched.paused"
            values={{ paused, long: pausedLong }}
            components={{ a: <DoorLink to="/incidents" search={{ state: 'on-hold' }} /> }}
          />
        </li>
        <li>
          <Text
            id="today.watched.resolved"
            values={{ resolved }}
            components={{ a: <DoorLink to="/incidents" search={{ state: 'resolved' }} /> }}
          />
        </li>
        <li>
          <Text
            id={month.measured === 0 ? 'today.watched.month-none' : 'today.watched.month'}
            values={{ share }}
            components={{ a: <DoorLink to="/attainment" /> }}
          />
        </li>
      </ul>
    </SideSection>
  )
}
