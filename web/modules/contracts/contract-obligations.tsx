import { useQueryClient, useSuspenseQuery } from '@tanstack/react-query'
import { useState } from 'react'
import * as api from '#api/contracts'
import { barredFromTerms, type Contract, type Due, type DueOutcome, type Obligation } from '#api/contracts'
import { call } from '#web/http/call.ts'
import { useAsker } from '#web/modules/people/index.ts'
import { Button, TextButton } from '#web/ui/button.tsx'
import { Dialog } from '#web/ui/dialog.tsx'
import { CheckField, RadioField, SelectField, TextAreaField, TextField } from '#web/ui/field.tsx'
import { Form, useForm } from '#web/ui/form.tsx'
import { notify } from '#web/ui/notices.tsx'
import { Section } from '#web/ui/page.tsx'
import { type Column, Table } from '#web/ui/table.tsx'
import { useText } from '#web/ui/text.tsx'
import { obligationsQuery } from './queries.ts'
import { DueStateWord, useDay, useSide } from './words.tsx'

interface OpenDue {
  readonly obligation: Obligation
  readonly due: Due
}

/** What is open of each obligation now, or comes next. */
function openOf(obligation: Obligation): readonly OpenDue[] {
  const open = obligation.dues.filter(({ state }) => state === 'late' || state === 'due')
  const next = obligation.dues.find(({ state }) => state === 'upcoming')
  const last = obligation.dues.findLast(({ settledAt }) => settledAt !== null)
  return [...new Set([last, ...open, next])].flatMap((due) => (due === undefined ? [] : [{ obligation, due }]))
}

export function ContractObligations({ contract: { id } }: { readonly contract: Contract }) {
  const t = useText()
  const day = useDay()
  const asker = useAsker()
  const barred = barredFromTerms(asker)
  const side = useSide()
  const { data: obligations } = useSuspenseQuery(obligationsQuery(id))
  const [settling, setSettling] = useState<OpenDue | null>(null)
  const [adding, setAdding] = useState(false)
  const columns: readonly Column<OpenDue>[] = [
    {
      key: 'text',
      head: t('contracts.obligation'),
      narrow: 'lead',
      cell: ({ obligation: { text, clause } }) => (
        <>
          {text} {clause && <span className="pl-quiet pl-nowrap">{t('contracts.clause', { clause })}</span>}
        </>
      ),
    },
    {
      key: 'party',
      head: t('contracts.party'),
      width: '110px',
      narrow: 'under',
      cell: ({ obligation }) => t(`contracts.party.${side(obligation.party)}`),
    },
    { key: 'on', head: t('contracts.due'), width: '140px', narrow: 'under', cell: ({ due }) => day(due.dueOn) },
    {
      key: 'state',
      head: t('contracts.state'),
      width: '120px',
      narrow: 'trail',
      cell: ({ due }) => <DueStateWord state={due.state} />,
    },
    {
      key: 'evidence',
      head: t('contracts.evidence'),
      width: '16%',
      narrow: 'under',
      cell: (row) =>
        row.due.settledAt !== null ? (
          (row.due.evidence ?? '–')
        ) : barred === null && row.due.state !== 'upcoming' ? (
          <TextButton onClick={() => setSettling(row)}>{t('contracts.settle')}</TextButton>
        ) : (
          ''
        ),
    },
  ]
  return (
    <Section
      title={t('contracts.obligations')}
      hint={t('contracts.obligations-hint')}
      aside={
        asker.access !== 'customer' && (
          <Button barred={barred && t(barred)} onClick={() => setAdding(true)}>
            {t('contracts.add-obligation')}
          </Button>
        )
      }
    >
      <Table
        dense
        label={t('contracts.obligations')}
        columns={columns}
        rows={obligations.flatMap(openOf)}
        rowKey={({ obligation, due }) => `${obligation.id} ${due.dueOn}`}
        empty={t('contracts.no-obligations')}
      />
      {settling && <SettleDialog of={settling} onClose={() => setSettling(null)} />}
      {adding && <AddDialog contractId={id} onClose={() => setAdding(false)} />}
    </Section>
  )
}

interface SettleDialogProps {
  readonly of: OpenDue
  readonly onClose: () => void
}

function SettleDialog({ of: { obligation, due }, onClose }: SettleDialogProps) {
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

const rules = ['', 'FREQ=WEEKLY', 'FREQ=MONTHLY', 'FREQ=MONTHLY;INTERVAL=3', 'FREQ=YEARLY'] as const

function AddDialog({ contractId, onClose }: { readonly contractId: string; readonly onClose: () => void }) {
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
    },
    check: ({ text, firstOn }) => ({
      text: text.trim() === '' ? t('contracts.text-missing') : undefined,
      firstOn: /^\d{4}-\d{2}-\d{2}$/.test(firstOn) ? undefined : t('contracts.day-missing'),
    }),
    async submit({ text, clause, party, rule, firstOn, evidenceNeeded }) {
      const said = { clause: clause.trim() === '' ? null : clause, rule: rule === '' ? null : rule, consequence: null }
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
        <TextField field={form.field('firstOn')} label={t('contracts.first-on')} hint={t('contracts.day-hint')} />
        <TextField field={form.field('clause')} label={t('contracts.clause-field')} optional />
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
