import type { AvailabilityOfService } from '#api/availability'
import { Door } from '#web/ui/door.tsx'
import { Facts } from '#web/ui/facts.tsx'
import { useText } from '#web/ui/text.tsx'
import { useFormat } from '#web/ui/use-format.ts'
import { useBudgetWords } from './budget.tsx'
import { shareWords, targetWords } from './figures.ts'

interface AvailabilityDoorProps {
  readonly item: AvailabilityOfService
  /** Whose days the month has. */
  readonly zone: string | undefined
  readonly big?: boolean
}

/** How long a service was up of the time agreed; opened: how that is counted, both ways, and what it is counted of. */
export function AvailabilityDoor({ item, zone, big = false }: AvailabilityDoorProps) {
  const t = useText()
  const format = useFormat()
  const budget = useBudgetWords()
  const { promise, availability, byService, byUsers, coverage } = item
  const time = (seconds: number) => format.duration(seconds * 1000)
  const share = (ratio: typeof byService) =>
    ratio === null ? t('availability.not-measured') : shareWords(format, ratio, promise.targetPpm)
  const label =
    availability === null
      ? t('availability.not-measured')
      : t('availability.up-of', {
          up: format.duration(availability.numerator),
          agreed: format.duration(availability.denominator),
        })
  const chosen = (basis: typeof promise.basis) =>
    t(promise.basis === basis ? 'availability.by-agreed' : 'availability.by-not-agreed')
  return (
    <Door
      label={label}
      big={big && availability !== null}
      width={440}
      title={t('availability.door.title', { service: promise.serviceName, share: share(availability) })}
      definition={t('availability.door.definition', {
        target: targetWords(format, promise.targetPpm),
        calendar: promise.calendarName,
        basis: promise.basis,
      })}
      period={`${format.instant(item.from, zone)} – ${format.instant(item.to, zone)}`}
      sample={
        coverage === null
          ? t('availability.door.nothing-agreed')
          : t('availability.door.sample', {
              agreed: time(item.agreedSeconds),
              watched: shareWords(format, coverage),
              outages: item.outages.length,
            })
      }
      excluded={
        item.maintenanceSeconds + item.excludedSeconds === 0
          ? t('availability.door.excluded-none')
          : t('availability.door.excluded', {
              maintenance: time(item.maintenanceSeconds),
              excluded: time(item.excludedSeconds),
            })
      }
    >
      {availability !== null && (
        <Facts
          small
          facts={[
            { name: t('availability.down'), value: time(item.downSeconds) },
            { name: t('availability.by.service'), value: `${share(byService)} ${chosen('service')}` },
            { name: t('availability.by.users'), value: `${share(byUsers)} ${chosen('users')}` },
            { name: t('availability.budget'), value: budget(item) },
            ...(item.designed === null
              ? []
              : [{ name: t('availability.designed'), value: designedWords(format, item.designed) }]),
          ]}
        />
      )}
    </Door>
  )
}

/** What is to be expected of the parts, in per cent. */
export function designedWords(format: ReturnType<typeof useFormat>, designed: number): string {
  return shareWords(format, { numerator: designed, denominator: 1 })
}
