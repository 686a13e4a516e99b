import { useQuery } from '@tanstack/react-query'
import { AvailabilityAdjustmentTable } from '#web/modules/service-levels/index.ts'
import { Section } from '#web/ui/page.tsx'
import { useText } from '#web/ui/text.tsx'
import { adjustmentsQuery } from './queries.ts'

interface AdjustmentsProps {
  readonly customer: string | undefined
  readonly service?: string
  readonly month: string
}

/** What was found out about locked months: about this one, and entered in it. Nothing where there is none. */
export function Adjustments({ customer, service, month }: AdjustmentsProps) {
  const t = useText()
  const { data: entries = [] } = useQuery(adjustmentsQuery(customer, month, service))
  if (entries.length === 0) return null
  return (
    <Section title={t('availability.adjusted')} hint={t('availability.adjusted-hint')}>
      <AvailabilityAdjustmentTable entries={entries} label={t('availability.adjusted')} />
    </Section>
  )
}
