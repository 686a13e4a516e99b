import { useQueryClient, useSuspenseQuery } from '@tanstack/react-query'
import * as api from '#api/requests'
import type { RequestEntry, RequestPage } from '#api/requests'
import { call } from '#web/http/call.ts'
import { TextAreaField } from '#web/ui/field.tsx'
import { Form, useForm } from '#web/ui/form.tsx'
import { notify } from '#web/ui/notices.tsx'
import { useText } from '#web/ui/text.tsx'
import { useFormat } from '#web/ui/use-format.ts'
import { saidOfRequestQuery } from './queries.ts'
import classes from './conversation.module.css'

/** What was said and decided, the oldest first, and saying something. */
export function SaidOfRequest({ request }: { readonly request: RequestPage }) {
  const t = useText()
  const client = useQueryClient()
  const { data: facts } = useSuspenseQuery(saidOfRequestQuery(request.number))
  const form = useForm({
    initial: { text: '' },
    check: ({ text }) => ({ ...(text.trim() === '' && { text: t('portal.answer.needed') }) }),
    submit: async ({ text }) => {
      await call(api.commentRequest, { params: { id: request.id }, body: { text: text.trim() } })
      await client.invalidateQueries({ queryKey: ['portal', 'request-order', request.number] })
      notify(t('portal.answer.done'))
      form.reset()
    },
  })
  return (
    <>
      <section className={classes.conversation} aria-label={t('portal.conversation')}>
        {facts.map((fact) => (
          <Line key={fact.id} fact={fact} />
        ))}
      </section>
      {request.state !== 'draft' && (
        <Form form={form} guard action={t('portal.answer.do')} lesser>
          <TextAreaField field={form.field('text')} label={t('portal.request.say')} rows={2} maxLength={20_000} />
        </Form>
      )}
    </>
  )
}

function Line({ fact: { kind, facts, occurredAt } }: { readonly fact: RequestEntry }) {
  const t = useText()
  const format = useFormat()
  const text = (name: string) => (typeof facts[name] === 'string' ? facts[name] : '')
  if (kind === 'request.comment') {
    const ours = facts['ours'] === true
    return (
      <div className={classes.words} data-side={ours ? 'ours' : 'theirs'}>
        <p className={classes.by}>
          <b>{ours ? t('portal.us') : text('author') || t('portal.you')}</b>
          <time dateTime={occurredAt.toISOString()}>{format.instant(occurredAt)}</time>
        </p>
        <p className={classes.text}>{text('text')}</p>
      </div>
    )
  }
  const note = text('note')
  const step = kind === 'request.approval' ? text('decision') : kind === 'request.state' ? text('to') : 'none'
  if (!['approved', 'rejected', 'delivered', 'confirmed', 'closed', 'cancelled'].includes(step)) return null
  // Said once: who decided says so in the fact of the decision.
  if (kind === 'request.state' && (step === 'approved' || step === 'rejected')) return null
  return (
    <p className={classes.step}>
      {t('portal.request.fact', { step })} {format.instant(occurredAt)}
      {note !== '' && <> · {note}</>}
    </p>
  )
}
