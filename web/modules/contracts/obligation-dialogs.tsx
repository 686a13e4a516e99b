import { useQueryClient } from '@tanstack/react-query'
import * as api from '#api/contracts'
import type { DueOutcome } from '#api/contracts'
import { call } from '#web/http/call.ts'
import { Dialog } from '#web/ui/dialog.tsx'
import { CheckField, RadioField, SelectField, TextAreaField, TextField } from '#web/ui/field.tsx'
import { Form, useForm } from '#web/ui/form.tsx'
import { notify } from '#web/ui/notices.tsx'
import { useText } from '#web/ui/text.tsx'
import type { OpenDue } from './contract-obligations.tsx'
import { useDay } from './words.tsx'

interface DueDialogProps {
  readonly of: OpenDue
  readonly onClose: () => void
}

/** What became of it, and by what it is proven. */ export function SettleDialog({
  of: { obligation, due },
  onClose,
}: DueDialogProps) {
  const t = useText()
  const client = useQueryClient()
  const outcomes = ['fulfilled', 'waived', 'breached'] as const
  const form = useForm({
    initial: { outcome: 'fulfilled', evidence: '' },
    check: ({ outcome, evidence }) => ({
      evidence:
        outcome !== 'breached' && obligation.evidenceNeeded && evidence.trim() === ''
          ? t('contracts.evidence-missing')
          : undefined,
    }),
    async submit({ outcome, evidence }) {
      const body = {
        dueOn: due.dueOn,
        outcome: outcome as DueOutcome,
        evidence: evidence.trim() === '' ? null : evidence,
      }
      await call(api.settleDue, { params: { id: obligation.id }, body })
      await client.invalidateQueries({ queryKey: ['contracts'] })
      notify(t(`contracts.due-state.${outcome as DueOutcome}`))
      onClose()
    },
  })
  return (
    <Dialog title={obligation.text} onClose={onClose}>
      <Form form={form} action={t('contracts.settle')} onCancel={onClose}>
        <RadioField
          field={form.field('outcome')}
          label={t('contracts.outcome')}
          options={outcomes.map((value) => ({ value, label: t(`contracts.due-state.${value}`) }))}
        />
        <TextAreaField
          field={form.field('evidence')}
          label={t('contracts.evidence')}
          maxLength={2000}
          optional={!obligation.evidenceNeeded}
        />
      </Form>
    </Dialog>
  )
}

/** That the customer was told what of theirs is missing: without it nothing is excused later. It stays as it was said. */
export function NoticeDialog({ of: { obligation, due }, onClose }: DueDialogProps) {
  const t = useText()
  const day = useDay()
  const client = useQueryClient()
  const form = useForm({
    initial: { notice: '' },
    check: ({ notice }) => ({ notice: notice.trim() === '' ? t('contracts.notice-missing') : undefined }),
    async submit({ notice }) {
      await call(api.noticeDue, { params: { id: obligation.id }, body: { dueOn: due.dueOn, notice } })
      await client.invalidateQueries({ queryKey: ['contracts'] })
      notify(t('contracts.notice-kept'))
      onClose()
    },
  })
  return (
    <Dialog title={`${obligation.text}, ${day(due.dueOn)}`} onClose={onClose}>
      <Form form={form} action={t('contracts.notice-do')} onCancel={onClose}>
        <TextAreaField
          field={form.field('notice')}
          label={t('contracts.notice-words')}
          hint={t('contracts.notice-hint')}
          maxLength={2000}
        />
      </Form>
    </Dialog>
  )
}

const rules = ['', 'FREQ=WEEKLY', 'FREQ=MONTHLY', 'FREQ=MONTHLY;INTERVAL=3', 'FREQ=YEARLY'] as const

/** Something that one side owes, once or by a rule. */
export function AddDialog({ contractId, onClose }: { readonly contractId: string; readonly onClose: () => void }) {
  const t = useText()
  const client = useQueryClient()
  const form = useForm({
    initial: {
      text: '',
      clause: '',
      party: 'provider',
      rule: 'FREQ=MONTHLY',
      firstOn: '',
      evidenceNeeded: true,
      consequence: '',
    },
    check: ({ text, firstOn }) => ({
      text: text.trim() === '' ? t('contracts.text-missing') : undefined,
      firstOn: /^\d{4}-\d{2}-\d{2}$/.test(firstOn) ? undefined : t('contracts.day-missing'),
    }),
    async submit({ text, clause, party, rule, firstOn, evidenceNeeded, consequence }) {
      const said = { clause: clause.trim() || null, rule: rule || null, consequence: consequence.trim() || null }
      const body = { text, party: party as 'provider', firstOn, evidenceNeeded, ...said }
      await call(api.addObligation, { params: { id: contractId }, body })
      await client.invalidateQueries({ queryKey: ['contracts'] })
      onClose()
    },
  })
  return (
    <Dialog title={t('contracts.add-obligation')} onClose={onClose}>
      <Form form={form} action={t('contracts.add-obligation')} onCancel={onClose}>
        <TextAreaField field={form.field('text')} label={t('contracts.obligation')} maxLength={1000} />
        <RadioField
          field={form.field('party')}
          label={t('contracts.party')}
          options={(['provider', 'customer'] as const).map((value) => ({
            value,
            label: t(`contracts.party.${value}`),
          }))}
        />
        <SelectField
          field={form.field('rule')}
          label={t('contracts.how-often')}
          options={rules.map((value) => ({ value, label: t(`contracts.rule.${ruleKeys[value]}`) }))}
        />
        <TextField field={form.field('firstOn')} label={t('contracts.first-on')} type="date" />
        <TextField field={form.field('clause')} label={t('contracts.clause-field')} optional />
        <TextField field={form.field('consequence')} label={t('contracts.consequence')} maxLength={1000} optional />
        <CheckField field={form.field('evidenceNeeded')} label={t('contracts.evidence-needed')} />
      </Form>
    </Dialog>
  )
}

const ruleKeys = {
  '': 'once',
  'FREQ=WEEKLY': 'weekly',
  'FREQ=MONTHLY': 'monthly',
  'FREQ=MONTHLY;INTERVAL=3': 'quarterly',
  'FREQ=YEARLY': 'yearly',
} as const
