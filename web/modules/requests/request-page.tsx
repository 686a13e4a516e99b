import { useQuery, useQueryClient, useSuspenseQueries, useSuspenseQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { useState } from 'react'
import * as api from '#api/requests'
import { barredFromConfirming, requestLifecycle, type RequestPage as Request } from '#api/requests'
import { reachable } from '#core/lifecycle.ts'
import { barredFromInside, barredFromWorking } from '#core/may.ts'
import { call } from '#web/http/call.ts'
import { ResultsBeside } from '#web/modules/incidents/index.ts'
import { useAsker } from '#web/modules/people/index.ts'
import { Button, LinkButton } from '#web/ui/button.tsx'
import { Facts } from '#web/ui/facts.tsx'
import { notify } from '#web/ui/notices.tsx'
import { Page, Section, SideSection } from '#web/ui/page.tsx'
import { Problem } from '#web/ui/problem.tsx'
import { useText } from '#web/ui/text.tsx'
import { useFormat } from '#web/ui/use-format.ts'
import { useMoney } from '#web/ui/use-money.ts'
import { useSaid } from './answers.tsx'
import { ApprovalSteps } from './approval-steps.tsx'
import { OrderHeld } from './order-held.tsx'
import { PromiseClock } from './promise-clock.tsx'
import {
  otherResultsQuery,
  promiseQuery,
  requestApprovalsQuery,
  requestQuery,
  requestTasksQuery,
  requestTimelineQuery,
} from './queries.ts'
import { RequestAnswers } from './request-answers.tsx'
import { RequestFiles } from './request-files.tsx'
import { Promised, RequestState } from './request-state.tsx'
import { RequestTasks } from './request-tasks.tsx'
import { RequestTold } from './request-told.tsx'

const route = getRouteApi('/shell/requests/$id')

/** One request: what is promised, who decides, what is to be done, what was answered and said. */
export function RequestPage() {
  const { id } = route.useParams()
  const { data: request } = useSuspenseQuery(requestQuery(id))
  return <Shown key={request.id} request={request} />
}

function Shown({ request }: { readonly request: Request }) {
  const t = useText()
  const saying = useSaid()
  const asker = useAsker()
  const inside = barredFromInside(asker) === null
  const { id } = request
  const { data: others } = useQuery(otherResultsQuery(id))
  // Together, so that nothing on the page moves when the next of them is there.
  const [{ data: approvals }, { data: tasks }, { data: told }, { data: facts }] = useSuspenseQueries({
    queries: [requestApprovalsQuery(id), requestTasksQuery(id), promiseQuery(id), requestTimelineQuery(id)],
  })
  return (
    <Page
      title={t('requests.of-number', { number: request.number, name: saying(request.item.name) })}
      crumb={<Link to="/requests">{t('requests.title')}</Link>}
      lede={
        <>
          <RequestState state={request.state} />
          {request.promisedAt !== null && (
            <>
              {' · '}
              {t('requests.promised')}: <Promised request={request} />
            </>
          )}
        </>
      }
      actions={<Steps request={request} />}
      side={
        <>
          <About request={request} />
          <RequestFiles request={request} />
        </>
      }
    >
      <PromiseClock request={request} told={told} />
      {inside && told.timeZone !== null && <OrderHeld request={request} zone={told.timeZone} />}
      {approvals.length > 0 && (
        <Section title={t('requests.approvals')}>
          <ApprovalSteps approvals={approvals} />
        </Section>
      )}
      {tasks.length > 0 && (
        <Section title={t('requests.tasks')}>
          <RequestTasks tasks={tasks} />
        </Section>
      )}
      <Section title={t('requests.answers')}>
        <RequestAnswers request={request} tasks={tasks} inside={inside} />
      </Section>
      <ResultsBeside results={others} zone={request.customer.timeZone} title={t('requests.other-results')} />
      <Section title={t('requests.happened')}>
        <RequestTold request={request} facts={facts} inside={inside} />
      </Section>
    </Page>
  )
}

/** What can be done with the request as a whole. */
function Steps({ request }: { readonly request: Request }) {
  const t = useText()
  const client = useQueryClient()
  const asker = useAsker()
  const [failure, setFailure] = useState<unknown>(null)
  const { id, number, state, requester, orderedBy } = request
  const next = reachable(requestLifecycle, state)
  const working = barredFromWorking(asker)
  const own = barredFromConfirming(asker, [requester?.id ?? null, orderedBy?.id ?? null])
  const cancelling = own === null ? null : working
  async function move(to: 'cancelled' | 'closed') {
    setFailure(null)
    try {
      await call(api.moveRequest, { params: { id }, body: { to } })
      notify(t('requests.moved', { number, state: t(`requests.state.${to}`) }))
    } catch (thrown) {
      setFailure(thrown)
    }
    await client.invalidateQueries({ queryKey: ['requests'] })
  }
  return (
    <>
      {next.includes('closed') && (
        <Button barred={working && t(working)} onClick={() => void move('closed')}>
          {t('requests.step.close')}
        </Button>
      )}
      {next.includes('cancelled') && (
        <Button barred={cancelling && t(cancelling)} onClick={() => void move('cancelled')}>
          {t('requests.step.cancel')}
        </Button>
      )}
      {state !== 'draft' && working === null && (
        <LinkButton to="/corrections/new" search={{ request: number }}>
          {t('app.correct.incident')}
        </LinkButton>
      )}
      {failure !== null && <Problem failure={failure} />}
    </>
  )
}

function About({ request }: { readonly request: Request }) {
  const t = useText()
  const format = useFormat()
  const money = useMoney()
  const { customer, requester, orderedBy, service, site, price, orderedAt, deliveredAt, item } = request
  const zone = customer.timeZone
  const facts = [
    { name: t('requests.customer'), value: customer.name },
    { name: t('requests.for'), value: requester?.name ?? '–' },
    ...(orderedBy && orderedBy.id !== requester?.id ? [{ name: t('requests.by'), value: orderedBy.name }] : []),
    ...(service ? [{ name: t('requests.service'), value: service.name }] : []),
    ...(site ? [{ name: t('requests.site'), value: site.name }] : []),
    ...(price ? [{ name: t('requests.price'), value: money(price) }] : []),
    { name: t('requests.ordered-at'), value: format.instant(orderedAt, zone) },
    ...(deliveredAt ? [{ name: t('requests.delivered-at'), value: format.instant(deliveredAt, zone) }] : []),
  ]
  return (
    <SideSection title={t('requests.about')}>
      <Facts facts={facts} small />
      <p>
        <Link to="/requests" search={{ item: item.id }}>
          {t('requests.alike')}
        </Link>
      </p>
    </SideSection>
  )
}
