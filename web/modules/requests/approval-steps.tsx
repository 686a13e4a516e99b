import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import * as api from '#api/requests'
import type { Approval } from '#api/requests'
import { call } from '#web/http/call.ts'
import { Button, Buttons } from '#web/ui/button.tsx'
import { Dialog } from '#web/ui/dialog.tsx'
import { TextAreaField } from '#web/ui/field.tsx'
import { Form, useForm } from '#web/ui/form.tsx'
import { notify } from '#web/ui/notices.tsx'
import { Problem } from '#web/ui/problem.tsx'
import { type Standing, State } from '#web/ui/state.tsx'
import { useText } from '#web/ui/text.tsx'
import { textChoice } from '#web/ui/text-choice.ts'
import { useFormat } from '#web/ui/use-format.ts'
import classes from './requests.module.css'

const standings: Readonly<Record<Approval['state'], Standing>> = {
  later: 'none',
  waiting: 'paused',
  approved: 'met',
  rejected: 'miss',
  skipped: 'none',
  cancelled: 'none',
}

/** Who is asked, how long they took, and what was decided of the like. */
export function ApprovalSteps({ approvals }: { readonly approvals: readonly Approval[] }) {
  const t = useText()
  const format = useFormat()
  return (
    <ul className={classes.lines}>
      {approvals.map((approval) => {
        const { id, by, person, state, decidedBy, waitSeconds, note, mayDecide, askedAt } = approval
        return (
          <li key={id}>
            <div>
              <State is={standings[state]}>{t(`requests.approval.${state}`)}</State>{' '}
              <b>{person?.name ?? t('requests.approver', { by: textChoice(by) })}</b>
              {decidedBy && decidedBy.id !== person?.id && ` (${decidedBy.name})`}
              {waitSeconds !== null && (
                <span className="pl-quiet"> {t('requests.waited', { time: format.duration(waitSeconds * 1000) })}</span>
              )}
              {state === 'waiting' && askedAt !== null && (
                <span className="pl-quiet"> {t('requests.asked', { when: format.instant(askedAt) })}</span>
              )}
            </div>
            {note !== null && <p>{note}</p>}
            <Lately approval={approval} />
            {mayDecide && <Decide approval={approval} />}
          </li>
        )
      })}
    </ul>
  )
}

/** What was decided of the like: a step that never says no is worth a thought. */
export function Lately({ approval: { lately } }: { readonly approval: Pick<Approval, 'lately'> }) {
  const t = useText()
  if (lately.of === 0) return null
  return <p className="pl-quiet pl-small">{t('requests.lately', { approved: lately.approved, of: lately.of })}</p>
}

/** Yes by one click; no with a reason. */
export function Decide({ approval }: { readonly approval: Approval }) {
  const t = useText()
  const client = useQueryClient()
  const [refusing, setRefusing] = useState(false)
  const [busy, setBusy] = useState(false)
  const [failure, setFailure] = useState<unknown>(null)
  const { id, request } = approval
  async function decide(body: api.Decision) {
    await call(api.decideApproval, { params: { id: request.id, approval: id }, body })
    notify(t(body.decision === 'approved' ? 'requests.approved' : 'requests.refused', { number: request.number }))
    await client.invalidateQueries({ queryKey: ['requests'] })
    await client.invalidateQueries({ queryKey: ['portal'] })
  }
  async function approve() {
    setBusy(true)
    setFailure(null)
    try {
      await decide({ decision: 'approved' })
    } catch (thrown) {
      setFailure(thrown)
      setBusy(false)
    }
  }
  return (
    <>
      <Buttons>
        <Button
          busy={busy}
          aria-label={t('requests.approve-of', { number: request.number })}
          onClick={() => void approve()}
        >
          {t('requests.approve')}
        </Button>
        <Button aria-label={t('requests.refuse-of', { number: request.number })} onClick={() => setRefusing(true)}>
          {t('requests.refuse')}
        </Button>
      </Buttons>
      {failure !== null && <Problem failure={failure} />}
      {refusing && (
        <ReasonDialog
          title={t('requests.refuse-of', { number: request.number })}
          action={t('requests.refuse-do')}
          onSubmit={(note) => decide({ decision: 'rejected', note })}
          onClose={() => setRefusing(false)}
        />
      )}
    </>
  )
}

interface ReasonProps {
  readonly title: string
  readonly action: string
  readonly onSubmit: (reason: string) => Promise<unknown>
  readonly onClose: () => void
}

/** Asks why, in a few words. */
export function ReasonDialog({ title, action, onSubmit, onClose }: ReasonProps) {
  const t = useText()
  const form = useForm({
    initial: { note: '' },
    check: ({ note }) => ({ ...(note.trim() === '' && { note: t('requests.reason-needed') }) }),
    submit: async ({ note }) => {
      await onSubmit(note.trim())
      onClose()
    },
  })
  return (
    <Dialog title={title} onClose={onClose}>
      <Form form={form} action={action} onCancel={onClose}>
        <TextAreaField field={form.field('note')} label={t('requests.reason')} rows={3} maxLength={4000} />
      </Form>
    </Dialog>
  )
}
