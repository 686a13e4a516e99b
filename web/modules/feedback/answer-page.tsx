import { queryOptions, useQuery, useQueryClient, useSuspenseQuery } from '@tanstack/react-query'
import { getRouteApi, useLocation } from '@tanstack/react-router'
import { useState } from 'react'
import * as api from '#api/feedback'
import { newId } from '#core/id.ts'
import { call } from '#web/http/call.ts'
import { Outside } from '#web/modules/people/index.ts'
import { Problem } from '#web/ui/problem.tsx'
import { useText } from '#web/ui/text.tsx'
import { AnswerForm, type Details } from './answer-form.tsx'
import { askedQuery } from './queries.ts'
import { useSomebody } from './use-somebody.ts'

const route = getRouteApi('/outside/answer')

/** Where somebody answers without signing in: by a mail, or by what hangs on a wall. */
export function AnswerPage() {
  const t = useText()
  const key = decodeURIComponent(useLocation().hash)
  const { data } = useSuspenseQuery(askedQuery(key))
  if ('failure' in data) {
    return (
      <Outside title={t('feedback.answer.closed')}>
        <Problem failure={data.failure} />
      </Outside>
    )
  }
  return <Answering key={key} code={key} asked={data} />
}

function Answering({ code, asked }: { readonly code: string; readonly asked: api.Inspected }) {
  const t = useText()
  const { score } = route.useSearch()
  const [sending] = useState(newId)
  const [done, setDone] = useState(asked.answered)
  const client = useQueryClient()
  // Pressed in the mail: that is the answer as soon as somebody is there, and what follows may be added. Where nobody is
  // known, nothing can be added afterwards, so there everything is sent at once.
  const clicked = asked.anonymity !== 'anonymous' && score !== undefined && !asked.answered
  const counts = useSomebody() && clicked
  const oneClick = useQuery({ ...clickQuery(code, score), enabled: counts })
  const given = counts && oneClick.isSuccess
  const { about, place, customer, anonymity } = asked
  const lede = [
    about === null ? customer : t('feedback.answer.about', { number: about.number, title: about.title }),
    ...(place === null ? [] : [place]),
  ].join(' · ')

  async function send(chosen: number, details: Details) {
    // The click may be on its way still.
    const isThere = counts && (await client.fetchQuery(clickQuery(code, score)).then(Boolean, () => false))
    if (isThere) await call(api.addToAnswer, { body: { key: code, ...details } })
    else await call(api.answerSurvey, { body: { key: code, score: chosen, sending, ...details } })
    setDone(true)
  }

  if (done) {
    return (
      <Outside title={t(asked.answered ? 'feedback.answer.already' : 'feedback.answer.thanks')} lede={lede}>
        <p>{t(asked.answered ? 'feedback.answer.already-more' : 'feedback.answer.thanks-more')}</p>
      </Outside>
    )
  }
  return (
    <Outside title={t(given ? 'feedback.answer.given' : 'feedback.answer.title')} lede={lede}>
      {oneClick.isError && <Problem failure={oneClick.error} />}
      <p className="pl-quiet">{t(`feedback.anonymity-told.${anonymity}`)}</p>
      <AnswerForm asked={asked} score={given ? 'given' : (score ?? null)} send={send} />
    </Outside>
  )
}

/** The answer that was pressed in a mail, sent once. */
function clickQuery(code: string, score: number | undefined) {
  return queryOptions({
    queryKey: ['feedback', 'one-click', code, score],
    queryFn: () => call(api.answerSurvey, { body: { key: code, score: score! } }),
    retry: false,
    staleTime: Number.POSITIVE_INFINITY,
  })
}
