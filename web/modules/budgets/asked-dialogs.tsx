import { useQueryClient } from '@tanstack/react-query'
import * as api from '#api/budgets'
import type { Appropriation } from '#api/budgets'
import { decimalsOf } from '#core/exchange.ts'
import { call } from '#web/http/call.ts'
import { Dialog } from '#web/ui/dialog.tsx'
import { FieldRow, NumberField, TextAreaField, TextField } from '#web/ui/field.tsx'
import { Form, useForm } from '#web/ui/form.tsx'
import { notify } from '#web/ui/notices.tsx'
import { useText } from '#web/ui/text.tsx'

interface OfAsked {
  readonly of: Appropriation
  readonly onClose: () => void
}

/** From when on it is used and written off, over how many months, down to what. */
export function ServiceDialog({ of: { id, version, currency }, onClose }: OfAsked) {
  const t = useText()
  const client = useQueryClient()
  const form = useForm<{ on: string; life: number | null; residual: number | null }>({
    initial: { on: '', life: 48, residual: 0 },
    check: ({ on, life }) => ({
      on: on === '' ? t('budgets.day-missing') : undefined,
      life: life !== null && life >= 1 ? undefined : t('budgets.amount-missing'),
    }),
    async submit({ on, life, residual }) {
      const residualMinor = Math.round((residual ?? 0) * 10 ** decimalsOf(currency))
      await call(api.putInService, {
        params: { id },
        body: { on, lifeMonths: life ?? 1, residualMinor },
        match: version,
      })
      await client.invalidateQueries({ queryKey: ['budgets'] })
      notify(t('budgets.done'))
      onClose()
    },
  })
  return (
    <Dialog title={t('budgets.put-in-service')} onClose={onClose}>
      <Form form={form} action={t('budgets.put-in-service')} onCancel={onClose}>
        <FieldRow>
          <TextField field={form.field('on')} type="date" label={t('budgets.in-service')} />
          <NumberField field={form.field('life')} label={t('budgets.life')} min={1} max={600} />
          <NumberField field={form.field('residual')} label={t('budgets.residual')} digits={2} min={0} />
        </FieldRow>
      </Form>
    </Dialog>
  )
}

/** A decision or a look back, with its words. */
export function WordsDialog({
  of: { id, version },
  to,
  onClose,
}: OfAsked & {
  readonly to: 'approved' | 'rejected' | 'post-reviewed'
}) {
  const t = useText()
  const client = useQueryClient()
  const title = t(to === 'approved' ? 'budgets.approve' : to === 'rejected' ? 'budgets.reject' : 'budgets.look-back')
  const form = useForm({
    initial: { note: '' },
    check: ({ note }) => ({ note: to !== 'approved' && note.trim() === '' ? t('budgets.note-missing') : undefined }),
    async submit({ note }) {
      const words = note.trim() || null
      if (to === 'post-reviewed')
        await call(api.moveAppropriation, { params: { id }, body: { to, postReview: words }, match: version })
      else await call(api.decideAppropriation, { params: { id }, body: { decision: to, note: words }, match: version })
      await client.invalidateQueries({ queryKey: ['budgets'] })
      notify(t('budgets.done'))
      onClose()
    },
  })
  return (
    <Dialog title={title} onClose={onClose}>
      <Form form={form} action={title} onCancel={onClose}>
        <TextAreaField
          field={form.field('note')}
          label={t('budgets.note')}
          rows={3}
          maxLength={2000}
          optional={to === 'approved'}
        />
      </Form>
    </Dialog>
  )
}
