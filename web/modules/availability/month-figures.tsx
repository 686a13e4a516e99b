import type { AvailabilityOfService, DowntimeView, MaintenanceWindow, MonitoringGap } from '#api/availability'
import { Facts } from '#web/ui/facts.tsx'
import { Section } from '#web/ui/page.tsx'
import { useText } from '#web/ui/text.tsx'
import { useFormat } from '#web/ui/use-format.ts'
import { AvailabilityDoor, designedWords } from './availability-door.tsx'
import { Result } from './availability-page.tsx'
import { Budget } from './budget.tsx'
import { shareWords, targetWords } from './figures.ts'
import { isAnnouncedInTime } from './maintenance.tsx'
import { MonthStrip } from './month-strip.tsx'
import type { Stretch } from './month-strip-layout.ts'
import classes from './service-page.module.css'

interface MonthFiguresProps {
  readonly item: AvailabilityOfService
  readonly month: string
  readonly zone: string
  readonly isOver: boolean
  readonly downtimes: readonly DowntimeView[]
  readonly maintenance: readonly MaintenanceWindow[]
  readonly gaps: readonly MonitoringGap[]
}

/** What came of a promise in a month: the figure with both ways of counting it, and the month as a picture. */
export function MonthFigures({ item, month, zone, isOver, downtimes, maintenance, gaps }: MonthFiguresProps) {
  const t = useText()
  const format = useFormat()
  const { promise, availability, byService, byUsers, coverage, meanTimes } = item
  const share = (ratio: typeof availability) =>
    ratio === null ? t('availability.not-measured') : shareWords(format, ratio, promise.targetPpm)
  const time = (seconds: number) => format.duration(seconds * 1000)
  const agreedOr = (basis: typeof promise.basis) =>
    t(promise.basis === basis ? 'availability.by-agreed' : 'availability.by-not-agreed')
  const announced = maintenance.filter(
    (window) => window.cancelledAt === null && isAnnouncedInTime(window, promise.noticeMinutes),
  )
  return (
    <>
      <div className={classes.lead}>
        <AvailabilityDoor item={item} zone={zone} big />
        <b>{share(availability)}</b>
        <Result item={item} isOver={isOver} />
      </div>
      {item.locked && (
        <p>
          {t(item.known === null ? 'availability.locked' : 'availability.locked-known', {
            month: format.month(month),
            share: share(item.known?.availability ?? null),
            met: item.known?.met ? 'yes' : 'no',
          })}
        </p>
      )}
      <Facts
        facts={[
          { name: t('availability.target'), value: targetWords(format, promise.targetPpm) },
          {
            name: t(isOver ? 'availability.budget' : 'availability.budget.month'),
            value: <Budget item={item} isOver={isOver} />,
          },
          ...(isOver || item.met === null
            ? []
            : [
                {
                  name: t('availability.budget.so-far'),
                  value: t('availability.budget.so-far-is', {
                    used: time(item.budgetSeconds - item.leftSeconds),
                    budget: time(item.budgetSeconds),
                  }),
                },
              ]),
          { name: t('availability.by.service'), value: `${share(byService)} ${agreedOr('service')}` },
          { name: t('availability.by.users'), value: `${share(byUsers)} ${agreedOr('users')}` },
          {
            name: t('availability.coverage'),
            value:
              coverage === null
                ? '–'
                : item.blindSeconds === 0
                  ? share(coverage)
                  : t('availability.coverage-is', {
                      share: shareWords(format, coverage),
                      blind: time(item.blindSeconds),
                    }),
          },
          {
            name: t('availability.maintenance'),
            value:
              item.maintenanceSeconds === 0 && item.lateMaintenance === 0
                ? t('availability.nothing')
                : t('availability.maintenance-is', {
                    time: time(item.maintenanceSeconds),
                    late: item.lateMaintenance,
                  }),
          },
          ...(item.excludedSeconds > 0
            ? [{ name: t('availability.excluded'), value: time(item.excludedSeconds) }]
            : []),
          ...(item.designed === null
            ? []
            : [
                {
                  name: t('availability.designed'),
                  value: t('availability.designed-beside', {
                    designed: designedWords(format, item.designed),
                    measured: share(availability),
                  }),
                },
              ]),
          ...(meanTimes === null
            ? []
            : [
                {
                  name: t('availability.mean'),
                  value: t('availability.mean-is', {
                    restore: time(meanTimes.toRestoreSeconds),
                    between: time(meanTimes.betweenOutagesSeconds),
                  }),
                },
              ]),
        ]}
      />
      <Section title={t('availability.strip', { month: format.month(month) })}>
        <MonthStrip
          month={month}
          zone={zone}
          label={t('availability.strip.label', {
            service: promise.serviceName,
            month: format.month(month),
            outages: item.outages.length,
            down: time(item.downSeconds),
            maintenance: announced.length,
            gaps: gaps.length,
          })}
          stretches={{
            open: between(item.serviceTime ?? [], item.from, item.to),
            ahead: between(item.serviceTime ?? [], item.to, null),
            maintenance: announced.map(({ startsAt, endsAt }) => ({ from: startsAt, to: endsAt })),
            down: item.outages,
            excluded: downtimes
              .filter(({ exclusion }) => exclusion?.state === 'approved')
              .map(({ beganAt, endedAt }) => ({ from: beganAt, to: endedAt ?? item.to })),
            gap: gaps.map(({ beganAt, endedAt }) => ({ from: beganAt, to: endedAt })),
          }}
        />
      </Section>
    </>
  )
}

/** What of sorted stretches lies between two moments; null is the end of all. */
function between(stretches: readonly Stretch[], from: Date, to: Date | null): readonly Stretch[] {
  return stretches
    .map((each) => ({ from: each.from > from ? each.from : from, to: to !== null && each.to > to ? to : each.to }))
    .filter((each) => each.to > each.from)
}
