import { Link } from '@tanstack/react-router'
import type { AvailabilityPromise } from '#api/availability'
import { Facts } from '#web/ui/facts.tsx'
import { SideSection } from '#web/ui/page.tsx'
import { useText } from '#web/ui/text.tsx'
import { useFormat } from '#web/ui/use-format.ts'
import { targetWords } from './figures.ts'
import { noticeWords } from './notice.ts'
import type { Subject } from './subject.ts'

interface PromiseFactsProps {
  readonly promise: AvailabilityPromise
  /** All that were ever made of it, the latest first. */
  readonly promises: readonly AvailabilityPromise[]
  readonly subject: Subject
}

/** What was promised, and what before and after. */
export function PromiseFacts({ promise, promises, subject: { zone } }: PromiseFactsProps) {
  const t = useText()
  const format = useFormat()
  const { weights, noticeMinutes } = promise
  const others = promises.filter(({ id }) => id !== promise.id)
  return (
    <>
      <SideSection title={t('availability.promised')}>
        <Facts
          small
          facts={[
            { name: t('availability.target'), value: targetWords(format, promise.targetPpm) },
            {
              name: t('availability.hours'),
              value: (
                <Link to="/calendars/$id" params={{ id: promise.calendarId }}>
                  {promise.calendarName}
                </Link>
              ),
            },
            { name: t('availability.since'), value: format.date(promise.validFrom, zone) },
            ...(promise.validTo === null
              ? []
              : [{ name: t('availability.until'), value: format.date(promise.validTo, zone) }]),
            { name: t('availability.basis'), value: t(`availability.basis.${promise.basis}`) },
            {
              name: t('availability.weights'),
              value: t('availability.weights-are', {
                degraded: format.basisPoints(weights.degraded),
                impaired: format.basisPoints(weights.impaired),
              }),
            },
            {
              name: t('availability.notice'),
              value: noticeMinutes === 0 ? t('availability.notice-none') : noticeWords(t, format, noticeMinutes),
            },
            { name: t('availability.gaps'), value: t(`availability.blind.${promise.blind}`) },
          ]}
        />
      </SideSection>
      {others.length > 0 && (
        <SideSection title={t('availability.other-promises')}>
          <Facts
            small
            facts={others.map((each) => ({
              name: t('availability.from-on', { day: format.date(each.validFrom, zone) }),
              value: targetWords(format, each.targetPpm),
            }))}
          />
        </SideSection>
      )}
    </>
  )
}
