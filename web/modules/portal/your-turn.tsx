import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { IncidentPage } from '#api/incidents'
import * as api from '#api/portal'
import { call } from '#web/http/call.ts'
import { Button, Buttons, LinkButton } from '#web/ui/button.tsx'
import { TextAreaField } from '#web/ui/field.tsx'
import { Form, useForm } from '#web/ui/form.tsx'
import { keep, readKept } from '#web/ui/kept.ts'
import { notify } from '#web/ui/notices.tsx'
import { Problem } from '#web/ui/problem.tsx'
import { useText } from '#web/ui/text.tsx'
import { keyFor } from './report-draft.ts'
import classes from './your-turn.module.css'

interface YourTurnProps {
  readonly report: IncidentPage
}

/** What can be said now: an answer, whether it works again, or nothing more when it is over. */
export function YourTurn({ report }: YourTurnProps) {
  const t = useText()
  if (report.state === 'resolved') return <Confirm report={report} />
  if (report.state === 'closed' || report.state === 'cancelled') {
    return (
      <Buttons>
        <LinkButton to="/portal/report" search={{ title: report.title }}>
          {t('portal.again')}
        </LinkButton>
      </Buttons>
    )
  }
  return <Answer report={report} />
}

function Confirm({ report }: YourTurnProps) {
  const t = useText()
  const client = useQueryClient()
  const [busy, setBusy] = useState(false)
  const [not, setNot] = useState(false)
  const [failure, setFailure] = useState<unknown>(null)
  async function works() {
    setBusy(true)
    setFailure(null)
    try {
      await call(api.confirmReport, { params: { id: report.id }, body: { works: true } })
      notify(t('portal.confirm.done'))
      await client.invalidateQueries({ queryKey: ['portal'] })
    } catch (thrown) {
      setFailure(thrown)
      setBusy(false)
    }
  }
  return (
    <div className={classes.turn}>
      {not ? (
        <Answer report={report} fails onClose={() => setNot(false)} />
      ) : (
        <Buttons>
          <Button main busy={busy} onClick={() => void works()}>
            {t('portal.confirm.works')}
          </Button>
          <Button onClick={() => setNot(true)}>{t('portal.confirm.fails')}</Button>
        </Buttons>
      )}
      {failure !== null && <Problem failure={failure} />}
    </div>
  )
}

interface AnswerProps extends YourTurnProps {
  /** It was said to be solved and is not. */
  readonly fails?: boolean
  readonly onClose?: () => void
}

/** A box for words; what is typed is kept until it is sent. */
function Answer({ report, fails = false, onClose }: AnswerProps) {
  const t = useText()
  const client = useQueryClient()
  const { id } = report
  const kept = `plumbline.answer.${id}`
  const form = useForm({
    initial: { text: readKept(kept) ?? '' },
    check: ({ text }) => ({ ...(text.trim() === '' && { text: t('portal.answer.needed') }) }),
    submit: async ({ text }) => {
      const words = text.trim()
      const sent = { params: { id }, key: keyFor(id, { words, fails, version: report.version }) }
      if (fails) await call(api.confirmReport, { ...sent, body: { works: false, text: words } })
      else await call(api.answerReport, { ...sent, body: { text: words } })
      keep(kept, '')
      notify(t(fails ? 'portal.answer.reopened' : 'portal.answer.done'))
      void client.invalidateQueries({ queryKey: ['portal'] })
      setTimeout(() => form.reset({ text: '' }))
    },
  })
  const text = form.field('text')
  const waits = report.state === 'on-hold'
  return (
    <div className={classes.turn}>
      <Form
        form={form}
        guard
        label={t('portal.answer')}
        action={t(fails ? 'portal.answer.reopen' : 'portal.answer.do')}
        lesser={!fails && !waits}
        {...(onClose && { onCancel: onClose })}
      >
        <TextAreaField
          field={{
            ...text,
            onChange: (words) => {
              keep(kept, words)
              text.onChange(words)
            },
          }}
          label={t(fails ? 'portal.answer.what-fails' : waits ? 'portal.answer' : 'portal.answer.add')}
          rows={4}
        />
      </Form>
    </div>
  )
}
