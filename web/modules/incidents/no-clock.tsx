import { barredFromWorking, type IncidentPage, openStates } from '#api/incidents'
import { barredFromManaging } from '#core/may.ts'
import { useAsker } from '#web/modules/people/index.ts'
import { Button, LinkButton } from '#web/ui/button.tsx'
import { Empty } from '#web/ui/empty.tsx'
import { useText } from '#web/ui/text.tsx'
import { useFormat } from '#web/ui/use-format.ts'
import { useAgreements } from './choices.ts'
import { dependsOnService } from './promise.ts'

interface NoClockProps {
  readonly incident: IncidentPage
  readonly zone: string
  readonly onChange: () => void
}

/** Without a clock: why there is none, and what starts one where that is still to be said. */
export function NoClock({ incident, zone, onChange }: NoClockProps) {
  const t = useText()
  const format = useFormat()
  const asker = useAsker()
  const { customer, priority, service, state, openedAt } = incident
  const agreements = useAgreements(customer.id)
  const cancelled = state === 'cancelled'
  const mayAgree = barredFromManaging(asker) === null
  if (service === null && openStates.includes(state) && dependsOnService(agreements, openedAt)) {
    const mayWork = barredFromWorking(asker) === null
    return (
      <Empty
        title={t('incidents.no-clock.service')}
        {...(mayWork && { actions: <Button onClick={onChange}>{t('incidents.no-clock.choose')}</Button> })}
      >
        {t('incidents.no-clock.service-more', { when: format.instant(openedAt, zone) })}
      </Empty>
    )
  }
  return (
    <Empty
      {...(!cancelled &&
        mayAgree && { actions: <LinkButton to="/agreements">{t('incidents.no-clock.agree')}</LinkButton> })}
      title={t(cancelled ? 'incidents.no-clock.cancelled' : 'incidents.no-clock', {
        customer: customer.name,
        priority: priority.toUpperCase(),
      })}
    >
      {!cancelled && t('incidents.no-clock.more')}
    </Empty>
  )
}
