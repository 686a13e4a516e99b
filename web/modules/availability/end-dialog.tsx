import { useState } from 'react'
import * as api from '#api/availability'
import type { DowntimeView } from '#api/availability'
import { call } from '#web/http/call.ts'
import { Dialog } from '#web/ui/dialog.tsx'
import { Form, useForm } from '#web/ui/form.tsx'
import { MomentField } from '#web/ui/moment-field.tsx'
import { useText } from '#web/ui/text.tsx'
import { TheirsAndMine } from '#web/ui/theirs-and-mine.tsx'
import { useFormat } from '#web/ui/use-format.ts'
import { useSaving } from '#web/ui/use-saving.ts'
import { downtimeNow } from './queries.ts'
import { LateFields, useLate } from './use-late.tsx'
import { useWritten } from './use-written.ts'

interface EndDialogProps {
  readonly downtime: DowntimeView
  readonly zone: string
  readonly onClose: () => void
}

/** The service is there again: restored, and verified. */
export function EndDialog({ downtime, zone, onClose }: EndDialogProps) {
  const t = useText()
  const format = useFormat()
  const written = useWritten()
  const late = useLate()
  const [now] = useState(() => new Date())
  const saving = useSaving(downtime, () => downtimeNow(downtime))
  const form = useForm<{ readonly endedAt: Date | null }>({
    initial: { endedAt: now },
    check: ({ endedAt }) => ({
      ...(endedAt === null && { endedAt: t('availability.moment-missing') }),
      ...(endedAt && endedAt <= downtime.beganAt && { endedAt: t('availability.ends-before') }),
    }),
    async submit({ endedAt }) {
      const { id } = downtime
      const sent = await late.write(
        () => saving.save((match) => call(api.changeDowntime, { params: { id }, body: { endedAt }, match })),
        () => ({ of: 'downtime-changed', downtime: id, facts: { endedAt } }),
      )
      if (sent) return
      await written(t('availability.ended-said', { service: downtime.serviceName }))
      onClose()
    },
  })
  const moment = (at: Date | null) => (at === null ? t('availability.still-down') : format.instant(at, zone))
  return (
    <Dialog title={t('availability.end-of', { service: downtime.serviceName })} onClose={onClose}>
      <Form
        form={form}
        action={t(late.asked ? 'availability.late.do' : saving.moved ? 'availability.save-mine' : 'availability.end')}
        onCancel={onClose}
      >
        <p>{t('availability.end-what', { began: format.instant(downtime.beganAt, zone) })}</p>
        <MomentField
          field={form.field('endedAt')}
          label={t('availability.ended')}
          hint={t('availability.ended-hint')}
          zone={zone}
        />
        <LateFields late={late} />
        {saving.moved && (
          <TheirsAndMine
            title={t('availability.conflict')}
            lines={[
              {
                name: t('availability.ended'),
                theirs: moment(saving.moved.endedAt),
                mine: moment(form.values.endedAt),
              },
            ]}
          >
            {t('availability.conflict-what')}
          </TheirsAndMine>
        )}
      </Form>
    </Dialog>
  )
}
