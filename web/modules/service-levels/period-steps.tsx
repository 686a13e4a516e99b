import { useQuery } from '@tanstack/react-query'
import type { Period } from '#api/service-levels'
import { Dialog } from '#web/ui/dialog.tsx'
import { History } from '#web/ui/history.tsx'
import { Problem } from '#web/ui/problem.tsx'
import { useText } from '#web/ui/text.tsx'
import { useFormat } from '#web/ui/use-format.ts'
import { periodStepsQuery } from './periods-queries.ts'

interface PeriodStepsProps {
  readonly period: Period
  readonly onClose: () => void
}

/** How a month came to be as it is: who closed, locked or opened it, when and why. */
export function PeriodSteps({ period: { customerId, customerName, month }, onClose }: PeriodStepsProps) {
  const t = useText()
  const format = useFormat()
  const steps = useQuery(periodStepsQuery(customerId, month))
  return (
    <Dialog title={t('periods.steps-title', { month: format.month(month), customer: customerName })} onClose={onClose}>
      {steps.isError && <Problem failure={steps.error} />}
      {steps.data?.length === 0 && <p className="pl-quiet">{t('periods.steps-none')}</p>}
      <History
        entries={(steps.data ?? []).map(({ id, to, at, by, reason }) => ({
          id,
          at,
          who: by ?? t('periods.steps-program'),
          what: [t(`periods.state.${to}`), reason].filter(Boolean).join(' · '),
        }))}
      />
    </Dialog>
  )
}
