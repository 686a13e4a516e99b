import { useQueryClient } from '@tanstack/react-query'
import * as api from '#api/service-levels'
import type { Period, PeriodState } from '#api/service-levels'
import { call } from '#web/http/call.ts'
import { Dialog } from '#web/ui/dialog.tsx'
import { TextAreaField } from '#web/ui/field.tsx'
import { Form, useForm } from '#web/ui/form.tsx'
import { notify } from '#web/ui/notices.tsx'
import { useText } from '#web/ui/text.tsx'
import { useFormat } from '#web/ui/use-format.ts'

interface PeriodDialogProps {
  readonly period: Period
  readonly to: PeriodState
  readonly onClose: () => void
}

/** Says what follows from closing a month, and does it. Opening one again needs a reason. */
export function PeriodDialog({ period: { customerId, customerName, month: named }, to, onClose }: PeriodDialogProps) {
  const t = useText()
  const format = useFormat()
  const client = useQueryClient()
  const month = format.month(named)
  const form = useForm({
    initial: { reason: '' },
    check: ({ reason }) => ({ ...(to === 'open' && reason.trim() === '' && { reason: t('periods.reason-needed') }) }),
    async submit({ reason }) {
      await call(api.transitPeriod, {
        params: { customer: customerId, month: named },
        body: { to, ...(reason.trim() !== '' && { reason: reason.trim() }) },
      })
      await client.invalidateQueries({ queryKey: ['periods'] })
      notify(t(`periods.done.${to}`, { month }))
      onClose()
    },
  })
  return (
    <Dialog title={t(`periods.to.${to}-title`, { month, customer: customerName })} onClose={onClose}>
      <Form form={form} action={t(`periods.to.${to}`)} onCancel={onClose}>
        <p>{t(`periods.to.${to}-what`)}</p>
        <TextAreaField
          field={form.field('reason')}
          label={t(to === 'open' ? 'periods.reason' : 'periods.remark')}
          rows={3}
          maxLength={2000}
        />
      </Form>
    </Dialog>
  )
}
