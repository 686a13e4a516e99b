import { useQueryClient } from '@tanstack/react-query'
import type { Contradiction } from '#api/contracts'
import { decimalsOf } from '#core/exchange.ts'
import { daysAfter } from '#core/recurrence.ts'
import { Dialog } from '#web/ui/dialog.tsx'
import { FieldRow, NumberField, TextAreaField, TextField } from '#web/ui/field.tsx'
import { Form, useForm } from '#web/ui/form.tsx'
import { notify } from '#web/ui/notices.tsx'
import { useText } from '#web/ui/text.tsx'
import { useNow } from '#web/ui/use-now.ts'

/** Until when an answer is asked for, unless somebody says another day. */
const ANSWER_DAYS = 30

interface DisputeDialogProps {
  /** What it came to, in minor units: so much is at stake at first. */
  readonly amountMinor: number
  readonly currency: string
  /** Says to the server what is contradicted, and why. */
  readonly dispute: (said: Contradiction) => Promise<unknown>
  /** What is told once that is done. */
  readonly done: string
  readonly onClose: () => void
}

/** Contradicts what was charged or credited: with one's position, what is at stake, and until when an answer is due. */
export function DisputeDialog({ amountMinor, currency, dispute, done, onClose }: DisputeDialogProps) {
  const t = useText()
  const client = useQueryClient()
  const digits = decimalsOf(currency)
  const initial = {
    position: '',
    amount: Math.abs(amountMinor) / 10 ** digits,
    answerBy: daysAfter(useNow().toISOString().slice(0, 10), ANSWER_DAYS),
    clause: '',
    evidence: '',
  }
  const form = useForm<Omit<typeof initial, 'amount'> & { amount: number | null }>({
    initial,
    check: ({ position, amount, answerBy }) => ({
      position: position.trim() === '' ? t('contracts.position-missing') : undefined,
      amount: amount === null ? t('contracts.at-stake-missing') : undefined,
      answerBy: /^\d{4}-\d{2}-\d{2}$/.test(answerBy) ? undefined : t('contracts.day-missing'),
    }),
    async submit({ position, amount, answerBy, clause, evidence }) {
      const stake = Math.round((amount ?? 0) * 10 ** digits)
      const words = { clause: clause.trim() || null, evidence: evidence.trim() || null }
      await dispute({ position, amountMinor: stake, answerBy, ...words })
      await client.invalidateQueries({ queryKey: ['contracts'] })
      notify(done)
      onClose()
    },
  })
  return (
    <Dialog title={t('contracts.dispute')} onClose={onClose}>
      <Form form={form} action={t('contracts.dispute')} onCancel={onClose}>
        <TextAreaField field={form.field('position')} label={t('contracts.position')} maxLength={2000} />
        <FieldRow>
          <NumberField
            field={form.field('amount')}
            label={t('contracts.at-stake-field', { currency })}
            digits={digits}
            min={0}
          />
          <TextField type="date" field={form.field('answerBy')} label={t('contracts.answer-by')} />
        </FieldRow>
        <TextField field={form.field('clause')} label={t('contracts.clause-field')} maxLength={60} optional />
        <TextField field={form.field('evidence')} label={t('contracts.evidence')} maxLength={2000} optional />
      </Form>
    </Dialog>
  )
}
