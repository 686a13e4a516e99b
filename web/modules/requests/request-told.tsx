import { useQueryClient } from '@tanstack/react-query'
import * as api from '#api/requests'
import type { RequestEntry, RequestPage } from '#api/requests'
import { said, type Words } from '#api/catalogue'
import { call } from '#web/http/call.ts'
import { Addressed } from '#web/ui/addressed.tsx'
import { CheckField, TextAreaField } from '#web/ui/field.tsx'
import { Form, useForm } from '#web/ui/form.tsx'
import { History } from '#web/ui/history.tsx'
import { type Say, useLanguage, useText } from '#web/ui/text.tsx'
import { textChoice } from '#web/ui/text-choice.ts'
import { useFormat } from '#web/ui/use-format.ts'
import type { Language } from '#core/text.ts'

interface RequestToldProps {
  readonly request: RequestPage
  readonly facts: readonly RequestEntry[]
  readonly inside: boolean
}

/** What happened and was said, the newest first, and saying something. */
export function RequestTold({ request, facts, inside }: RequestToldProps) {
  const t = useText()
  const language = useLanguage()
  const format = useFormat()
  const momentOf = (moment: string) =>
    moment === '' ? '' : format.instant(new Date(moment), request.customer.timeZone)
  return (
    <>
      <Comment request={request} inside={inside} />
      <History
        zone={request.customer.timeZone}
        entries={facts
          .toReversed()
          .filter(({ kind }) => kind !== 'request.approval-asked')
          .map((fact) => ({
            id: fact.id,
            at: fact.occurredAt,
            who: fact.actor ?? (typeof fact.facts['author'] === 'string' ? fact.facts['author'] : ''),
            what: wordsOf(fact, { t, language, momentOf }),
          }))}
      />
    </>
  )
}

interface Telling {
  readonly t: Say
  readonly language: Language
  readonly momentOf: (moment: string) => string
}

function wordsOf({ kind, facts, visibility }: RequestEntry, { t, language, momentOf }: Telling): string {
  const text = (name: string) => (typeof facts[name] === 'string' ? facts[name] : '')
  const note = text('note') === '' ? '' : ` ${text('note')}`
  switch (kind) {
    case 'request.ordered':
      return t('requests.fact.ordered')
    case 'request.approval':
      return t('requests.fact.approval', { decision: text('decision') }) + note
    case 'request.state':
      return t('requests.fact.state', { to: textChoice(text('to')) }) + note
    case 'request.task':
      return t('requests.fact.task', {
        title: said(facts['title'] as Words, language),
        to: text('to'),
        result: text('result') || 'none',
      })
    case 'request.at-risk':
      return t('requests.fact.at-risk', {
        percent: Number(facts['percent']),
        late: facts['late'] === true ? 'yes' : 'no',
      })
    case 'request.breached':
      return t('requests.fact.breached', { due: momentOf(text('due')), late: facts['late'] === true ? 'yes' : 'no' })
    case 'request.corrected':
      return t('requests.fact.corrected', {
        what: facts['of'] === 'service' ? 'service' : text('at') === '' ? 'pause' : 'moment',
        from: momentOf(text('from')),
        at: momentOf(text('at')),
        side: text('side') === 'customer' ? 'customer' : 'provider',
        service: text('service') || 'none',
        formerService: text('formerService') || 'none',
      })
    case 'request.attached':
    case 'request.attachment-public':
    case 'request.attachment-internal':
    case 'request.attachment-removed':
      return t('requests.fact.file', { what: textChoice(kind.slice('request.'.length)), name: text('name') })
    case 'request.comment':
      return (visibility === 'internal' ? `${t('requests.fact.internal')} ` : '') + text('text')
    default:
      return kind
  }
}

function Comment({ request, inside }: Omit<RequestToldProps, 'facts'>) {
  const t = useText()
  const client = useQueryClient()
  const form = useForm({
    initial: { text: '', outside: false },
    check: ({ text }) => ({ ...(text.trim() === '' && { text: t('requests.comment-needed') }) }),
    submit: async ({ text, outside }) => {
      const visibility = inside && !outside ? ('internal' as const) : ('public' as const)
      await call(api.commentRequest, { params: { id: request.id }, body: { text: text.trim(), visibility } })
      await client.invalidateQueries({ queryKey: ['requests', 'one', request.id] })
      form.reset()
    },
  })
  const out = !inside || form.values.outside
  return (
    <Addressed to={out ? 'public' : 'internal'}>
      <Form form={form} guard action={t(out ? 'requests.comment-public' : 'requests.comment-internal')} lesser>
        <TextAreaField field={form.field('text')} label={t('requests.comment')} rows={2} />
        {inside && <CheckField field={form.field('outside')} label={t('requests.comment-outside')} />}
      </Form>
    </Addressed>
  )
}
