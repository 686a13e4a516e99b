import type { LevelSource } from '#api/credits'
import { DoorLink } from '#web/ui/door.tsx'
import { useText } from '#web/ui/text.tsx'
import { useFormat } from '#web/ui/use-format.ts'
import { TIME_FROM } from './use-line-text.ts'

interface LevelFigureProps {
  readonly numerator: number | null
  readonly denominator: number | null
  /** Null where whoever reads may not go to what is under it. */
  readonly source: LevelSource | null
  readonly month: string
  readonly customer: string
}

/** What a level came to, as a door to what is under it: the missed incidents of the month, or the service's downtimes. */
export function LevelFigure({ numerator, denominator, source, month, customer }: LevelFigureProps) {
  const t = useText()
  const format = useFormat()
  if (numerator === null || denominator === null || denominator === 0) return <>{t('contracts.outcome.not-measured')}</>
  const figure = { numerator, denominator }
  const percent = t('contracts.percent', { percent: format.number((numerator / denominator) * 100, 3) })
  // The list of cases knows the two metrics that every agreement has.
  if (source === null || (source.of === 'attainment' && source.metric !== 'response' && source.metric !== 'resolution'))
    // Of a customer's eyes the source is kept: time is told from cases by how much of it there is.
    return <>{denominator >= TIME_FROM ? percent : format.ratio(figure)}</>
  if (source.of === 'availability') {
    return (
      <DoorLink to="/availability/$serviceId" params={{ serviceId: source.service }} search={{ month, customer }}>
        {percent}
      </DoorLink>
    )
  }
  const { metric, priority, service } = source
  const place = { month, customer, ...(priority && { priority }), ...(service && { service }) }
  return (
    <DoorLink
      to="/attainment/cases"
      search={{ ...place, metric: metric === 'response' ? 'response' : 'resolution', verdict: 'all' }}
    >
      {format.ratio(figure)}
    </DoorLink>
  )
}
