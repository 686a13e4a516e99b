import { useQueryClient } from '@tanstack/react-query'
import * as api from '#api/improvements'
import type { Improvement, ImprovementState } from '#api/improvements'
import { call } from '#web/http/call.ts'
import { Dialog } from '#web/ui/dialog.tsx'
import { TextAreaField } from '#web/ui/field.tsx'
import { Form, useForm } from '#web/ui/form.tsx'
import { notify } from '#web/ui/notices.tsx'
import { useText } from '#web/ui/text.tsx'

interface StepDialogProps {
  readonly improvement: Improvement
  readonly to: ImprovementState
  readonly onClose: () => void
}

/** What a step needs to be told: what was found, what the evidence shows, or why it is stopped. */
export function StepDialog({ improvement: { id, agreedEvidence }, to, onClose }: StepDialogProps) {
  const t = useText()
  const client = useQueryClient()
  const label =
    to === 'check' ? 'improvements.findings' : to === 'stopped' ? 'improvements.stop-reason' : 'improvements.evidence'
  const form = useForm({
    initial: { note: '' },
    check: ({ note }) => ({ note: note.trim() === '' ? t('improvements.note-needed') : undefined }),
    async submit({ note }) {
      await call(api.moveImprovement, { params: { id }, body: { to, note: note.trim() } })
      await client.invalidateQueries({ queryKey: ['improvements'] })
      notify(t('improvements.moved', { state: t(`improvements.state.${to}`) }))
      onClose()
    },
  })
  return (
    <Dialog title={t(`improvements.step.${to as Exclude<ImprovementState, 'idea'>}`)} onClose={onClose}>
      <Form form={form} action={t('improvements.save')} onCancel={onClose}>
        <TextAreaField
          field={form.field('note')}
          label={t(label)}
          hint={
            to === 'benefit-verified' && agreedEvidence !== null
              ? t('improvements.agreed', { text: agreedEvidence })
              : undefined
          }
          rows={4}
          maxLength={2000}
        />
      </Form>
    </Dialog>
  )
}
