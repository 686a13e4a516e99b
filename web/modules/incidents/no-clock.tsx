import { useQuery } from '@tanstack/react-query'
import { barredFromWorking, type IncidentLink, type IncidentPage, openStates } from '#api/incidents'
import { barredFromManaging } from '#core/may.ts'
import { useAsker } from '#web/modules/people/index.ts'
import { Button, LinkButton } from '#web/ui/button.tsx'
import { Empty } from '#web/ui/empty.tsx'
import { useText } from '#web/ui/text.tsx'
import { useFormat } from '#web/ui/use-format.ts'
import { useAgreements } from './choices.ts'
import { dependsOnService } from './promise.ts'
import { linksQuery } from './queries.ts'
import { useUnlink } from './use-unlink.ts'

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
  const { data: links = [] } = useQuery({ ...linksQuery(incident.number), enabled: cancelled })
  const duplicate = links.find(({ kind }) => kind === 'duplicate-of')
  if (cancelled && duplicate !== undefined) return <Duplicate incident={incident} link={duplicate} />
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

/** Where it goes on, and the way back for what was no duplicate after all. */
function Duplicate({ incident, link }: Pick<NoClockProps, 'incident'> & { readonly link: IncidentLink }) {
  const t = useText()
  const remove = useUnlink(incident)
  const may = barredFromWorking(useAsker()) === null
  const { number, title } = link.incident
  return (
    <Empty
      title={t('incidents.duplicate', { number })}
      actions={
        <>
          <LinkButton to="/incidents/$id" params={{ id: number }} main>
            {t('incidents.duplicate.open', { number })}
          </LinkButton>
          {may && <Button onClick={() => void remove(link)}>{t('incidents.duplicate.undo')}</Button>}
        </>
      }
    >
      {t('incidents.duplicate.more', { title })}
    </Empty>
  )
}
