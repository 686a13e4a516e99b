import { useSuspenseQuery } from '@tanstack/react-query'
import type { Contract } from '#api/contracts'
import { daysAfter, monthsAfter } from '#core/recurrence.ts'
import { Section } from '#web/ui/page.tsx'
import { useText } from '#web/ui/text.tsx'
import { Timeline } from '#web/ui/timeline.tsx'
import type { TimelineMark } from '#web/ui/timeline-layout.ts'
import { useFormat } from '#web/ui/use-format.ts'
import { useNow } from '#web/ui/use-now.ts'
import { contractDaysQuery } from './queries.ts'
import { useDay, useSide } from './words.tsx'

/** So far beyond today a contract without an end is drawn. */
const AHEAD_MONTHS = 12

/** A contract from its first day to its last: its versions, and on which days something has to be done at the latest. */
export function ContractTimeline({ contract }: { readonly contract: Contract }) {
  const t = useText()
  const day = useDay()
  const format = useFormat()
  const side = useSide()
  const { id, startsOn, endsOn, versions } = contract
  const today = useNow().toISOString().slice(0, 10)
  const ahead = monthsAfter(today, AHEAD_MONTHS)
  const to = endsOn === null ? ahead : daysAfter(endsOn, 30)
  const { data: days } = useSuspenseQuery(contractDaysQuery(id, { from: today, to }))
  const marks = (party: 'provider' | 'customer' | null): readonly TimelineMark[] =>
    days
      .filter((each) => each.party === party)
      .map(({ on, kind, name, month, state }) => ({
        on,
        words: `${day(on)}: ${t(`contracts.day.${kind}`, {
          name: name ?? '',
          party: side(party ?? 'provider'),
          month: month === null ? '' : format.month(month),
        })}`,
        ...(state === 'late' || state === 'breached'
          ? { is: 'miss' as const }
          : state === 'due'
            ? { is: 'soon' as const }
            : {}),
      }))
  const years = Array.from({ length: 40 }, (_, index) => `${Number(startsOn.slice(0, 4)) + index}-01-01`)
  const rows = [
    {
      key: 'terms',
      name: t('contracts.timeline.terms'),
      bars: versions.toReversed().map(({ number, validFrom, validTo }) => ({
        from: validFrom,
        to: validTo ?? endsOn ?? to,
        is: validFrom <= today && (validTo === null || today < validTo) ? ('none' as const) : ('runs' as const),
        words: t('contracts.timeline.version', {
          number,
          from: day(validFrom),
          to: validTo === null ? (endsOn === null ? 'open' : day(daysAfter(endsOn, -1))) : day(daysAfter(validTo, -1)),
        }),
      })),
    },
    { key: 'days', name: t('contracts.timeline.days'), marks: marks(null) },
    { key: 'provider', name: t(`contracts.timeline.${side('provider')}`), marks: marks('provider') },
    { key: 'customer', name: t(`contracts.timeline.${side('customer')}`), marks: marks('customer') },
  ]
  return (
    <Section title={t('contracts.timeline')} hint={t('contracts.timeline-hint')}>
      <Timeline
        label={t('contracts.timeline')}
        from={startsOn}
        to={to}
        today={{ on: today, words: t('contracts.timeline.today', { day: day(today) }) }}
        scale={years
          .filter((on) => on >= startsOn && on < to)
          .map((on) => ({ on, words: format.monthShort(on.slice(0, 7)) }))}
        rows={rows.filter(({ bars = [], marks: all = [] }) => bars.length + all.length > 0)}
      />
    </Section>
  )
}
