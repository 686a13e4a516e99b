import { useSuspenseQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { barredFromRequesting } from '#api/corrections'
import { useAsker } from '#web/modules/people/index.ts'
import { Empty } from '#web/ui/empty.tsx'
import { Page } from '#web/ui/page.tsx'
import { useText } from '#web/ui/text.tsx'
import { AgreementCorrection } from './agreement-correction.tsx'
import { CalendarCorrection } from './calendar-correction.tsx'
import { IncidentCorrection } from './incident-correction.tsx'
import { OrderCorrection } from './order-correction.tsx'
import { agreementQuery, calendarQuery, incidentQuery, orderQuery } from './queries.ts'

const route = getRouteApi('/shell/corrections/new')

/** Says that something was counted wrongly: of a calendar, an incident, an order or an agreement, from where one came. */
export function NewCorrectionPage() {
  const t = useText()
  const barred = barredFromRequesting(useAsker())
  const { calendar, incident, clock, request, exclude, agreement } = route.useSearch()
  if (barred !== null) return <Nothing>{t(barred)}</Nothing>
  if (calendar !== undefined) return <OfCalendar id={calendar} />
  if (incident !== undefined) return <OfIncident id={incident} clock={clock} />
  if (request !== undefined) return <OfOrder id={request} exclude={exclude === 'yes'} />
  if (agreement !== undefined) return <OfAgreement id={agreement} />
  return <Nothing>{t('corrections.new.from-where')}</Nothing>
}

function Nothing({ children }: { readonly children: string }) {
  const t = useText()
  return (
    <Page title={t('corrections.new.title')} crumb={<Link to="/corrections">{t('corrections.title')}</Link>}>
      <Empty title={t('corrections.new.nothing')}>{children}</Empty>
    </Page>
  )
}

function OfCalendar({ id }: { readonly id: string }) {
  const t = useText()
  const { data: calendar } = useSuspenseQuery(calendarQuery(id))
  return (
    <Page
      title={t('corrections.new.calendar', { name: calendar.name })}
      lede={t('corrections.new.calendar-lede')}
      crumb={
        <Link to="/calendars/$id" params={{ id }}>
          {calendar.name}
        </Link>
      }
    >
      <CalendarCorrection calendar={calendar} />
    </Page>
  )
}

function OfIncident({ id, clock }: { readonly id: string; readonly clock: string | undefined }) {
  const t = useText()
  const { data: incident } = useSuspenseQuery(incidentQuery(id))
  return (
    <Page
      title={t('corrections.new.incident', { number: incident.number })}
      lede={t('corrections.new.incident-lede')}
      crumb={
        <Link to="/incidents/$id" params={{ id: incident.number }}>
          {incident.number}
        </Link>
      }
    >
      <IncidentCorrection incident={incident} clock={clock} />
    </Page>
  )
}

function OfOrder({ id, exclude }: { readonly id: string; readonly exclude: boolean }) {
  const t = useText()
  const { data: request } = useSuspenseQuery(orderQuery(id))
  return (
    <Page
      title={t('corrections.new.incident', { number: request.number })}
      lede={t('corrections.new.incident-lede')}
      crumb={
        <Link to="/requests/$id" params={{ id: request.number }}>
          {request.number}
        </Link>
      }
    >
      <OrderCorrection request={request} exclude={exclude} />
    </Page>
  )
}

function OfAgreement({ id }: { readonly id: string }) {
  const t = useText()
  const { data: agreement } = useSuspenseQuery(agreementQuery(id))
  return (
    <Page
      title={t('corrections.new.agreement', { name: agreement.name })}
      lede={t('corrections.new.agreement-lede')}
      crumb={
        <Link to="/agreements/$id" params={{ id }}>
          {agreement.name}
        </Link>
      }
    >
      <AgreementCorrection agreement={agreement} />
    </Page>
  )
}
