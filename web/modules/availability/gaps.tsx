import * as api from '#api/availability'
import type { MonitoringGap } from '#api/availability'
import { call } from '#web/http/call.ts'
import { Dialog } from '#web/ui/dialog.tsx'
import { TextAreaField } from '#web/ui/field.tsx'
import { Form, useForm } from '#web/ui/form.tsx'
import { MomentField } from '#web/ui/moment-field.tsx'
import { type Column, Table } from '#web/ui/table.tsx'
import { useText } from '#web/ui/text.tsx'
import { useFormat } from '#web/ui/use-format.ts'
import type { Subject } from './subject.ts'
import { LateFields, useLate } from './use-late.tsx'
import { useWritten } from './use-written.ts'

interface GapTableProps {
  readonly gaps: readonly MonitoringGap[]
  readonly zone: string
  readonly label: string
}

/** When nobody watched. */
export function GapTable({ gaps, zone, label }: GapTableProps) {
  const t = useText()
  const format = useFormat()
  const columns: readonly Column<MonitoringGap>[] = [
    {
      key: 'when',
      head: t('availability.when'),
      narrow: 'lead',
      cell: ({ beganAt, endedAt }) => `${format.instant(beganAt, zone)} – ${format.timeNear(endedAt, beganAt, zone)}`,
    },
    {
      key: 'length',
      head: t('availability.length'),
      numeric: true,
      narrow: 'trail',
      cell: ({ beganAt, endedAt }) => format.durationCell(endedAt.getTime() - beganAt.getTime()),
    },
    { key: 'why', head: t('availability.gap.why'), narrow: 'under', cell: ({ why }) => why || '–' },
  ]
  return (
    <Table
      label={label}
      columns={columns}
      rows={gaps}
      rowKey={({ id }) => id}
      empty={<p className="pl-quiet">{t('availability.no-gap')}</p>}
    />
  )
}

interface Values {
  readonly beganAt: Date | null
  readonly endedAt: Date | null
  readonly why: string
}

/** Nobody watched a service then: not known to be up. */
export function GapDialog({ subject, onClose }: { readonly subject: Subject; readonly onClose: () => void }) {
  const t = useText()
  const written = useWritten()
  const late = useLate()
  const form = useForm<Values>({
    initial: { beganAt: null, endedAt: null, why: '' },
    check: ({ beganAt, endedAt }) => ({
      ...(beganAt === null && { beganAt: t('availability.moment-missing') }),
      ...(endedAt === null && { endedAt: t('availability.moment-missing') }),
      ...(beganAt && endedAt && endedAt <= beganAt && { endedAt: t('availability.ends-before') }),
    }),
    async submit({ beganAt, endedAt, why }) {
      const { customer, service } = subject
      const body = { customer, service, beganAt: beganAt!, endedAt: endedAt!, why: why.trim() }
      if (
        await late.write(
          () => call(api.addGap, { body }),
          () => ({ of: 'gap', gap: body }),
        )
      )
        return
      await written(t('availability.gap.said'))
      onClose()
    },
  })
  return (
    <Dialog title={t('availability.gap.of', { service: subject.serviceName })} onClose={onClose} width={560}>
      <Form form={form} action={t(late.asked ? 'availability.late.do' : 'availability.note-gap')} onCancel={onClose}>
        <MomentField field={form.field('beganAt')} label={t('availability.gap.began')} zone={subject.zone} />
        <MomentField field={form.field('endedAt')} label={t('availability.gap.ended')} zone={subject.zone} />
        <TextAreaField field={form.field('why')} label={t('availability.gap.why')} rows={2} maxLength={2000} optional />
        <LateFields late={late} />
      </Form>
    </Dialog>
  )
}
