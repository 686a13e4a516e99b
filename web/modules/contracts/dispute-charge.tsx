import { useQueryClient } from '@tanstack/react-query'
import * as api from '#api/contracts'
import { call } from '#web/http/call.ts'
import { Dialog } from '#web/ui/dialog.tsx'
import { TextAreaField } from '#web/ui/field.tsx'
import { Form, useForm } from '#web/ui/form.tsx'
import { notify } from '#web/ui/notices.tsx'
import { useText } from '#web/ui/text.tsx'

/** Contradicts one charge of a month that was reviewed. */
export function DisputeChargeDialog({ id, onClose }: { readonly id: string; readonly onClose: () => void }) {
  const t = useText()
  const client = useQueryClient()
  const form = useForm({
    initial: { position: '' },
    check: ({ position }) => ({ position: position.trim() === '' ? t('contracts.position-missing') : undefined }),
    async submit({ position }) {
      await call(api.disputeCharge, { params: { id }, body: { position } })
      await client.invalidateQueries({ queryKey: ['contracts'] })
      notify(t('contracts.charge-state.disputed'))
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
