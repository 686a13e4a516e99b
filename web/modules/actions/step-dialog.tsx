import { useQueryClient } from '@tanstack/react-query'
import * as api from '#api/actions'
import type { Action, ActionState } from '#api/actions'
import { call } from '#web/http/call.ts'
import { Dialog } from '#web/ui/dialog.tsx'
import { TextAreaField } from '#web/ui/field.tsx'
import { Form, useForm } from '#web/ui/form.tsx'
import { notify } from '#web/ui/notices.tsx'
import { useText } from '#web/ui/text.tsx'

interface StepDialogProps {
  readonly action: Action
  readonly to: ActionState
  readonly onClose: () => void
}

/** What a step needs to be told: by what it is seen that it is done, or why it is not, or why nobody does it. */
export function StepDialog({ action: { id, evidence }, to, onClose }: StepDialogProps) {
  const t = useText()
  const client = useQueryClient()
  const claims = to === 'done-claimed'
  const form = useForm({
    initial: { words: claims ? (evidence ?? '') : '' },
    check: ({ words }) => ({
      words: words.trim() === '' ? t(claims ? 'actions.evidence-needed' : 'actions.reason-needed') : undefined,
    }),
    paths: { 'body.evidence': 'words', 'body.reason': 'words' },
    async submit({ words }) {
      const body = claims ? { to, evidence: words.trim() } : { to, reason: words.trim() }
      await call(api.moveAction, { params: { id }, body })
      await client.invalidateQueries({ queryKey: ['actions'] })
      notify(t('actions.moved', { state: t(`actions.state.${to}`) }))
      onClose()
    },
  })
  const title = to === 'in-progress' ? t('actions.step.return') : t(`actions.step.${claims ? to : 'cancelled'}`)
  return (
    <Dialog title={title} onClose={onClose}>
      <Form form={form} action={t('actions.save')} onCancel={onClose}>
        <TextAreaField
          field={form.field('words')}
          label={t(claims ? 'actions.evidence' : 'actions.reason')}
          hint={claims ? t('actions.evidence-hint') : undefined}
          rows={3}
          maxLength={2000}
        />
      </Form>
    </Dialog>
  )
}
