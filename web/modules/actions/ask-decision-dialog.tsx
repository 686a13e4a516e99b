import { useQuery, useQueryClient } from '@tanstack/react-query'
import * as api from '#api/actions'
import type { OriginGiven } from '#api/actions'
import { call } from '#web/http/call.ts'
import { Dialog } from '#web/ui/dialog.tsx'
import { CheckField, TextAreaField, TextField } from '#web/ui/field.tsx'
import { Form, useForm } from '#web/ui/form.tsx'
import { notify } from '#web/ui/notices.tsx'
import { useText } from '#web/ui/text.tsx'
import { CustomerField } from './customer-field.tsx'
import { customersQuery } from './queries.ts'

interface AskDecisionDialogProps {
  readonly origin?: OriginGiven | undefined
  readonly customer?: string | undefined
  readonly onClose: () => void
}

/** Asks for a decision: the question, between what, by what, until when. */
export function AskDecisionDialog({ origin, customer, onClose }: AskDecisionDialogProps) {
  const t = useText()
  const client = useQueryClient()
  const { data: customers = [] } = useQuery({ ...customersQuery(), enabled: origin === undefined })
  const form = useForm({
    initial: { question: '', customer: customer ?? '', options: '', criteria: '', neededBy: '', shared: false },
    check: ({ question }) => ({ question: question.trim() === '' ? t('actions.decision.question-needed') : undefined }),
    async submit({ question, customer: whose, options, criteria, neededBy, shared }) {
      const body = {
        question,
        shared,
        options: options
          .split('\n')
          .map((line) => line.trim())
          .filter((line) => line !== ''),
        ...(criteria.trim() !== '' && { criteria }),
        ...(neededBy !== '' && { neededBy }),
        ...(whose && { customer: whose }),
        ...(origin && { origin }),
      }
      await call(api.askDecision, { body })
      await client.invalidateQueries({ queryKey: ['actions'] })
      notify(t('actions.decision.asked'))
      onClose()
    },
  })
  return (
    <Dialog title={t('actions.decision.ask')} onClose={onClose} width={560}>
      <Form form={form} action={t('actions.decision.ask')} onCancel={onClose}>
        <TextAreaField
          field={form.field('question')}
          label={t('actions.decision.question')}
          rows={2}
          maxLength={1000}
        />
        {origin === undefined && <CustomerField field={form.field('customer')} customers={customers} />}
        <TextAreaField
          field={form.field('options')}
          label={t('actions.decision.options')}
          hint={t('actions.decision.options-hint')}
          rows={3}
          optional
        />
        <TextAreaField field={form.field('criteria')} label={t('actions.decision.criteria')} rows={2} optional />
        <TextField field={form.field('neededBy')} type="date" label={t('actions.decision.needed-by')} optional />
        {form.values.customer !== '' && (
          <CheckField field={form.field('shared')} label={t('actions.share')} hint={t('actions.share-hint')} />
        )}
      </Form>
    </Dialog>
  )
}
