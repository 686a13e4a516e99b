import { useQueryClient } from '@tanstack/react-query'
import * as api from '#api/kpis'
import type { Kpi } from '#api/kpis'
import { call } from '#web/http/call.ts'
import { Dialog } from '#web/ui/dialog.tsx'
import { SelectField, TextAreaField } from '#web/ui/field.tsx'
import { Form, useForm } from '#web/ui/form.tsx'
import { notify } from '#web/ui/notices.tsx'
import { useText } from '#web/ui/text.tsx'
import { useFormat } from '#web/ui/use-format.ts'
import type { KpiSlice } from './queries.ts'

interface BaselineDialogProps {
  readonly kpi: Kpi
  readonly slice: KpiSlice
  readonly onClose: () => void
}

/** Something changed for good and it is known what: limits are made anew from then on. */
export function BaselineDialog({ kpi: { key, series }, slice, onClose }: BaselineDialogProps) {
  const t = useText()
  const format = useFormat()
  const client = useQueryClient()
  const signals = series.filter(({ signal }) => signal !== null)
  const form = useForm({
    initial: { month: signals[0]?.month ?? series.at(-1)?.month ?? '', reason: '' },
    check: (values) => ({ reason: values.reason.trim() === '' ? t('kpis.reason-missing') : undefined }),
    async submit({ month, reason }) {
      const { customer, part, of } = slice
      await call(api.addBaseline, { params: { key }, body: { customer: customer!, part, of, month, reason } })
      await client.invalidateQueries({ queryKey: ['kpis'] })
      notify(t('kpis.rebased-done'))
      onClose()
    },
  })
  return (
    <Dialog title={t('kpis.rebase')} onClose={onClose}>
      <Form form={form} action={t('kpis.rebase')} onCancel={onClose}>
        <p>{t('kpis.rebase-hint')}</p>
        <SelectField
          field={form.field('month')}
          label={t('kpis.rebase-month')}
          options={series.map(({ month }) => ({ value: month, label: format.month(month) }))}
        />
        <TextAreaField field={form.field('reason')} label={t('kpis.reason')} maxLength={1000} />
      </Form>
    </Dialog>
  )
}
