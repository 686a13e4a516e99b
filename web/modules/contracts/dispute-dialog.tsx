import { useQueryClient } from '@tanstack/react-query'
import { Dialog } from '#web/ui/dialog.tsx'
import { TextAreaField } from '#web/ui/field.tsx'
import { Form, useForm } from '#web/ui/form.tsx'
import { notify } from '#web/ui/notices.tsx'
import { useText } from '#web/ui/text.tsx'

interface DisputeDialogProps {
  /** Says to the server what is contradicted, and why. */
  readonly dispute: (position: string) => Promise<unknown>
  /** What is told once that is done. */
  readonly done: string
  readonly onClose: () => void
}

/** Contradicts what was charged or credited, with one's position. */
export function DisputeDialog({ dispute, done, onClose }: DisputeDialogProps) {
  const t = useText()
  const client = useQueryClient()
  const form = useForm({
    initial: { position: '' },
    check: ({ position }) => ({ position: position.trim() === '' ? t('contracts.position-missing') : undefined }),
    async submit({ position }) {
      await dispute(position)
      await client.invalidateQueries({ queryKey: ['contracts'] })
      notify(done)
      onClose()
    },
  })
  return (
    <Dialog title={t('contracts.dispute')} onClose={onClose}>
      <Form form={form} action={t('contracts.dispute')} onCancel={onClose}>
        <TextAreaField field={form.field('position')} label={t('contracts.position')} maxLength={2000} />
      </Form>
    </Dialog>
  )
}
