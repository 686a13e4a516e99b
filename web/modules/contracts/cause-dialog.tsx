import { useQueryClient } from '@tanstack/react-query'
import * as api from '#api/credits'
import type { Credit } from '#api/credits'
import { call } from '#web/http/call.ts'
import { Dialog } from '#web/ui/dialog.tsx'
import { TextField } from '#web/ui/field.tsx'
import { Form, useForm } from '#web/ui/form.tsx'
import { notify } from '#web/ui/notices.tsx'
import { useText } from '#web/ui/text.tsx'

interface CauseDialogProps {
  readonly credit: Credit
  readonly level: string
  readonly onClose: () => void
}

/** Says what the cause of a miss was, and reckons the month again: one cause of several misses costs once. */
export function CauseDialog({ credit: { contract, month, levels }, level, onClose }: CauseDialogProps) {
  const t = useText()
  const client = useQueryClient()
  const said = levels.find((each) => each.level === level)
  const form = useForm({
    initial: { cause: said?.event ?? '' },
    check: ({ cause }) => ({ cause: cause.trim() === '' ? t('contracts.cause-missing') : undefined }),
    async submit({ cause }) {
      await call(api.putCreditNote, { params: { id: contract.id }, body: { month, level, cause } })
      await call(api.calculateCredit, { params: { id: contract.id }, body: { month } })
      await client.invalidateQueries({ queryKey: ['contracts'] })
      notify(t('contracts.calculated'))
      onClose()
    },
  })
  return (
    <Dialog title={t('contracts.cause-of', { level: said?.name ?? level })} onClose={onClose}>
      <Form form={form} action={t('contracts.cause-keep')} onCancel={onClose}>
        <TextField
          field={form.field('cause')}
          label={t('contracts.cause')}
          hint={t('contracts.cause-hint')}
          maxLength={200}
        />
      </Form>
    </Dialog>
  )
}
