import { useQueryClient, useSuspenseQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import * as api from '#api/contracts'
import { barredFromContracting, type Dispute, type DisputeOutcome, disputeOutcomes } from '#api/contracts'
import { call } from '#web/http/call.ts'
import { useAsker } from '#web/modules/people/index.ts'
import { Button } from '#web/ui/button.tsx'
import { Dialog } from '#web/ui/dialog.tsx'
import { SelectField, TextAreaField } from '#web/ui/field.tsx'
import { Form, useForm } from '#web/ui/form.tsx'
import { notify } from '#web/ui/notices.tsx'
import { Section } from '#web/ui/page.tsx'
import { type Standing, State } from '#web/ui/state.tsx'
import { useText } from '#web/ui/text.tsx'
import { useFormat } from '#web/ui/use-format.ts'
import { useMoney } from '#web/ui/use-money.ts'
import classes from './disputes.module.css'
import { disputesQuery } from './queries.ts'
import { useDay } from './words.tsx'

interface DisputesProps {
  readonly contractId: string
  /** Of this credit alone. */
  readonly creditId?: string
}

/** What was contradicted, what is at stake and until when it has to be answered, and what became of it. */
export function Disputes({ contractId, creditId }: DisputesProps) {
  const t = useText()
  const { data } = useSuspenseQuery(disputesQuery(contractId))
  const [answered, setAnswered] = useState<Dispute | null>(null)
  const shown = data.filter((each) => creditId === undefined || each.creditId === creditId)
  if (shown.length === 0) return null
  return (
    <Section title={t('contracts.disputes')} hint={t('contracts.disputes-hint')}>
      <ul className={classes.list}>
        {shown.map((each) => (
          <li key={each.id}>
            <Said dispute={each} isNamed={creditId === undefined} onAnswer={() => setAnswered(each)} />
          </li>
        ))}
      </ul>
      {answered !== null && <AnswerDialog dispute={answered} onClose={() => setAnswered(null)} />}
    </Section>
  )
}

const standings: Readonly<Record<DisputeOutcome, Standing>> = {
  upheld: 'met',
  partly: 'met',
  rejected: 'none',
  withdrawn: 'none',
}

interface SaidProps {
  readonly dispute: Dispute
  /** Says what it is about. */
  readonly isNamed: boolean
  readonly onAnswer: () => void
}

function Said({ dispute, isNamed, onAnswer }: SaidProps) {
  const t = useText()
  const day = useDay()
  const format = useFormat()
  const money = useMoney()
  const mayAnswer = barredFromContracting(useAsker()) === null
  const { name, month, creditId, amountMinor, currency, outcome, late, answerBy, answer, answeredAt } = dispute
  const what = t(name === null ? 'contracts.dispute-of-credit' : 'contracts.dispute-of-charge', {
    name: name ?? '',
    month: format.month(month),
  })
  const named =
    creditId === null ? (
      what
    ) : (
      <Link to="/credits/$id" params={{ id: creditId }}>
        {what}
      </Link>
    )
  return (
    <>
      <p className={classes.head}>
        {isNamed && <b>{named}</b>}
        <span>{t('contracts.at-stake', { amount: money({ amountMinor, currency }) })}</span>
        {outcome === null ? (
          <State is={late ? 'miss' : 'soon'}>{t('contracts.answer-until', { day: day(answerBy) })}</State>
        ) : (
          <State is={standings[outcome]}>{t(`contracts.outcome.${outcome}`)}</State>
        )}
        {outcome === null && mayAnswer && <Button onClick={onAnswer}>{t('contracts.answer')}</Button>}
      </p>
      <p className={classes.words}>{dispute.position}</p>
      <p className="pl-quiet">
        {[
          t(dispute.byCustomer ? 'contracts.raised-by-customer' : 'contracts.raised-by-us', {
            when: format.date(dispute.raisedAt),
          }),
          dispute.clause && t('contracts.clause', { clause: dispute.clause }),
          dispute.evidence && t('contracts.evidence-is', { evidence: dispute.evidence }),
        ]
          .filter(Boolean)
          .join(' · ')}
      </p>
      {answer !== null && answeredAt !== null && (
        <p className={classes.words}>
          <b>{t('contracts.answer-of', { when: format.date(answeredAt) })}</b> {answer}
        </p>
      )}
    </>
  )
}

/** Says what becomes of it; both sides read it. */
function AnswerDialog({ dispute: { id }, onClose }: { readonly dispute: Dispute; readonly onClose: () => void }) {
  const t = useText()
  const client = useQueryClient()
  const form = useForm<{ outcome: DisputeOutcome; answer: string }>({
    initial: { outcome: 'rejected', answer: '' },
    check: ({ answer }) => ({ answer: answer.trim() === '' ? t('contracts.answer-missing') : undefined }),
    async submit(body) {
      await call(api.answerDispute, { params: { id }, body })
      await client.invalidateQueries({ queryKey: ['contracts'] })
      notify(t(`contracts.outcome.${body.outcome}`))
      onClose()
    },
  })
  return (
    <Dialog title={t('contracts.answer')} onClose={onClose}>
      <Form form={form} action={t('contracts.answer')} onCancel={onClose}>
        <SelectField
          field={form.field('outcome')}
          label={t('contracts.answer-outcome')}
          options={disputeOutcomes.map((value) => ({ value, label: t(`contracts.outcome.${value}`) }))}
        />
        <TextAreaField
          field={form.field('answer')}
          label={t('contracts.answer-words')}
          hint={t('contracts.answer-hint')}
          maxLength={2000}
        />
      </Form>
    </Dialog>
  )
}
