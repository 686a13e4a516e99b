import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import * as incidents from '#api/incidents'
import type { UntoldQuery } from '#api/incidents'
import type { ReviewFacts } from '#api/reviews'
import { call } from '#web/http/call.ts'
import { Door } from '#web/ui/door.tsx'
import { Facts } from '#web/ui/facts.tsx'
import { addMonths } from '#web/ui/month.ts'
import { useText } from '#web/ui/text.tsx'
import { useFormat } from '#web/ui/use-format.ts'

const DAY_MS = 86_400_000

interface ReviewVolumesProps {
  readonly facts: ReviewFacts
  readonly customerId: string
  readonly month: string
}

/** How much came, was done and stayed: each with what it counts, and the way to its incidents. */
export function ReviewVolumes({ facts: { volumes, lockedAt, customer }, customerId, month }: ReviewVolumesProps) {
  const t = useText()
  const format = useFormat()
  const from = `${month}-01`
  const to = new Date(Date.parse(`${addMonths(month, 1)}-01`) - DAY_MS).toISOString().slice(0, 10)
  const searches = {
    opened: { openedFrom: from, openedTo: to },
    resolved: { resolvedFrom: from, resolvedTo: to },
    backlog: { openOn: to },
  }
  const counted = (what: keyof typeof searches) => (
    <Door
      label={format.number(volumes[what])}
      title={t(`reviews.page.${what}-title`, { count: volumes[what] })}
      definition={t(`reviews.page.${what}-definition`, { locked: format.instant(new Date(lockedAt)) })}
      period={format.month(month)}
      sample={t('reviews.page.sample', { count: volumes[what] })}
    >
      {volumes[what] > 0 && (
        <p className="pl-small">
          <Link
            to="/incidents"
            search={{ customer: customerId, state: 'all', zone: customer.timeZone, ...searches[what] }}
          >
            {t('reviews.page.volume-records')}
          </Link>
          <UntoldOf figure={{ customer: customerId, month, what }} />
        </p>
      )}
    </Door>
  )
  return (
    <Facts
      facts={[
        { name: t('reviews.page.opened'), value: counted('opened') },
        { name: t('reviews.page.resolved'), value: counted('resolved') },
        { name: t('reviews.page.backlog'), value: counted('backlog') },
      ]}
    />
  )
}

/** That some of what was counted is in no list of whoever looks. */
function UntoldOf({ figure }: { readonly figure: UntoldQuery }) {
  const t = useText()
  const { data } = useQuery({
    queryKey: ['incidents', 'untold', figure],
    queryFn: ({ signal }) => call(incidents.countUntoldIncidents, { query: figure }, signal),
  })
  if (data === undefined || data.count === 0) return null
  return <span className="pl-quiet"> {t('reviews.page.volume-untold', { count: data.count })}</span>
}
