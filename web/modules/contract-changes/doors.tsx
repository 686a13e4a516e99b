import { useQuery } from '@tanstack/react-query'
import type { Change } from '#api/contract-changes'
import { Door, DoorList } from '#web/ui/door.tsx'
import { Facts } from '#web/ui/facts.tsx'
import { useText } from '#web/ui/text.tsx'
import { useFormat } from '#web/ui/use-format.ts'
import { useMoney } from '#web/ui/use-money.ts'
import { changeWorkQuery } from './queries.ts'

const MINUTE_MS = 60_000

type Margin = NonNullable<Change['margin']>

/** Hours of a change that open to what was booked: all of them, or those before the signature. */
export function WorkDoor({ id, minutes }: { readonly id: string; readonly minutes: number }) {
  const t = useText()
  const format = useFormat()
  const time = format.duration(minutes * MINUTE_MS)
  return (
    <Door label={time} title={t('changes.worked-case', { time })} definition={t('changes.worked-hint')} width={480}>
      <Bookings id={id} />
    </Door>
  )
}

function Bookings({ id }: { readonly id: string }) {
  const t = useText()
  const format = useFormat()
  const { data: work } = useQuery(changeWorkQuery(id))
  if (work === undefined) return null
  if (work.length === 0) return <p className="pl-quiet">{t('changes.no-work')}</p>
  return (
    <DoorList
      lines={work.map(({ id: booking, day, minutes, note, atRisk }) => ({
        id: booking,
        link: format.date(new Date(`${day}T12:00:00Z`), 'UTC'),
        about: atRisk ? `${note} · ${t('changes.worked-before')}` : note,
        figure: format.duration(minutes * MINUTE_MS),
      }))}
    />
  )
}

interface MarginDoorProps {
  readonly margin: Margin
  readonly currency: string
}

/** What a change leaves, which opens to what it brings and costs. */
export function MarginDoor({ margin: { revenueMinor, costMinor }, currency }: MarginDoorProps) {
  const t = useText()
  const money = useMoney()
  const amount = (amountMinor: number) => money({ amountMinor, currency })
  const leaves = amount(revenueMinor - costMinor)
  return (
    <Door label={leaves} title={`${t('changes.leaves')}: ${leaves}`} definition={t('changes.margin-hint')}>
      <Facts
        small
        facts={[
          { name: t('changes.revenue'), value: amount(revenueMinor) },
          { name: t('changes.cost'), value: amount(costMinor) },
        ]}
      />
    </Door>
  )
}
