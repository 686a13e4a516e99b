import { useQueryClient, useSuspenseQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { useState } from 'react'
import { said } from '#api/catalogue'
import * as api from '#api/requests'
import { barredFromConfirming, requestLifecycle, type RequestPage, type Task } from '#api/requests'
import { reachable } from '#core/lifecycle.ts'
import { call } from '#web/http/call.ts'
import { useAsker } from '#web/modules/people/index.ts'
import { RequestFiles, useAnswerWords, useSaid } from '#web/modules/requests/index.ts'
import { Button, Buttons } from '#web/ui/button.tsx'
import { Facts } from '#web/ui/facts.tsx'
import { TextAreaField } from '#web/ui/field.tsx'
import { Form, useForm } from '#web/ui/form.tsx'
import { notify } from '#web/ui/notices.tsx'
import { Page, SideSection } from '#web/ui/page.tsx'
import { Problem } from '#web/ui/problem.tsx'
import { useLanguage, useText } from '#web/ui/text.tsx'
import { useFormat } from '#web/ui/use-format.ts'
import { useMoney } from '#web/ui/use-money.ts'
import { useNow } from '#web/ui/use-now.ts'
import { orderedQuery } from './queries.ts'
import { standingOfRequest } from './request-standing.ts'
import { RequestWords } from './request-words.tsx'
import { SaidOfRequest } from './said-of-request.tsx'
import classes from './reported-page.module.css'

const route = getRouteApi('/shell/portal/requests/$number')

/** One request for whoever ordered it: how it stands and by when, what happens next, what was said. */
export function OrderedPage() {
  const { number } = route.useParams()
  const { data } = useSuspenseQuery(orderedQuery(number))
  return <Ordered key={data.request.id} request={data.request} tasks={data.tasks} />
}

function Ordered({ request, tasks }: { readonly request: RequestPage; readonly tasks: readonly Task[] }) {
  const t = useText()
  const language = useLanguage()
  const format = useFormat()
  const now = useNow()
  const { number, item, promise, requester, orderedBy } = request
  const standing = standingOfRequest(request, now)
  const own = barredFromConfirming(useAsker(), [requester?.id ?? null, orderedBy?.id ?? null]) === null
  const expected = promise?.expectedAt ?? null
  return (
    <Page
      title={said(item.name, language)}
      crumb={
        <>
          <Link to="/portal">{t('portal.title')}</Link> <span aria-hidden>/</span> <span>{number}</span>
        </>
      }
      side={
        <>
          <About request={request} />
          <RequestFiles request={request} />
        </>
      }
    >
      <div className={classes.now} data-turn={(own && standing.theirTurn) || undefined} role="status">
        <p className={classes.standing}>
          <RequestWords request={request} now={now} />
        </p>
        <p className="pl-quiet">
          {expected === null
            ? t('portal.request.next', { kind: standing.kind })
            : t('portal.request.expected', { when: format.instant(expected) })}
        </p>
      </div>
      {own && <Turn request={request} />}
      {tasks.length > 1 && (
        <ol className={classes.steps}>
          {tasks.map(({ id, title, state }) => (
            <li key={id}>{t('portal.request.step', { title: said(title, language), state })}</li>
          ))}
        </ol>
      )}
      <SaidOfRequest request={request} />
    </Page>
  )
}

/** What whoever ordered it can do now. */
function Turn({ request }: { readonly request: RequestPage }) {
  const t = useText()
  const client = useQueryClient()
  const [not, setNot] = useState(false)
  const [failure, setFailure] = useState<unknown>(null)
  const { id, state } = request
  async function move(to: 'confirmed' | 'cancelled' | 'fulfilling' | 'submitted', note?: string) {
    await call(api.moveRequest, { params: { id }, body: { to, ...(note !== undefined && { note }) } })
    notify(t('portal.request.moved', { to }))
    await client.invalidateQueries({ queryKey: ['portal'] })
  }
  const at = (to: 'confirmed' | 'cancelled' | 'submitted') => {
    setFailure(null)
    void move(to).catch(setFailure)
  }
  const form = useForm({
    initial: { text: '' },
    check: ({ text }) => ({ ...(text.trim() === '' && { text: t('portal.answer.needed') }) }),
    submit: ({ text }) => move('fulfilling', text.trim()),
  })
  const may = reachable(requestLifecycle, state)
  return (
    <div className={classes.turn}>
      {not ? (
        <Form form={form} guard action={t('portal.answer.reopen')} onCancel={() => setNot(false)}>
          <TextAreaField field={form.field('text')} label={t('portal.request.what-fails')} rows={3} maxLength={4000} />
        </Form>
      ) : (
        <Buttons>
          {may.includes('confirmed') && (
            <Button main onClick={() => at('confirmed')}>
              {t('portal.request.right')}
            </Button>
          )}
          {state === 'delivered' && <Button onClick={() => setNot(true)}>{t('portal.request.wrong')}</Button>}
          {state === 'draft' && (
            <Button main onClick={() => at('submitted')}>
              {t('portal.order.do')}
            </Button>
          )}
          {may.includes('cancelled') && <Button onClick={() => at('cancelled')}>{t('portal.request.cancel')}</Button>}
        </Buttons>
      )}
      {failure !== null && <Problem failure={failure} />}
    </div>
  )
}

function About({ request }: { readonly request: RequestPage }) {
  const t = useText()
  const saying = useSaid()
  const answerWords = useAnswerWords()
  const format = useFormat()
  const money = useMoney()
  const { number, orderedAt, requester, orderedBy, site, price, answers } = request
  const facts = [
    { name: t('portal.about.number'), value: number },
    { name: t('portal.request.ordered'), value: format.instant(orderedAt) },
    ...(requester ? [{ name: t('portal.request.for'), value: requester.name }] : []),
    ...(orderedBy && orderedBy.id !== requester?.id ? [{ name: t('portal.request.by'), value: orderedBy.name }] : []),
    ...(site ? [{ name: t('portal.report.site'), value: site.name }] : []),
    ...(price ? [{ name: t('portal.request.price'), value: money(price) }] : []),
    ...answers.map((answer) => ({ name: saying(answer.label), value: answerWords(answer) })),
  ]
  return (
    <SideSection title={t('portal.request.about')}>
      <Facts facts={facts} small />
    </SideSection>
  )
}
