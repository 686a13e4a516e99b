import { detections, type Detection, type IncidentPage } from '#api/incidents'
import * as api from '#api/incidents'
import { useQueryClient } from '@tanstack/react-query'
import { call } from '#web/http/call.ts'
import { Dialog } from '#web/ui/dialog.tsx'
import { CheckField, SelectField, TextField } from '#web/ui/field.tsx'
import { Form, useForm } from '#web/ui/form.tsx'
import { MomentField } from '#web/ui/moment-field.tsx'
import { notify } from '#web/ui/notices.tsx'
import { useText } from '#web/ui/text.tsx'
import { showChanged } from './queries.ts'
import { CodeField } from './resolve-fields.tsx'

interface FindingsDialogProps {
  readonly incident: IncidentPage
  readonly zone: string
  readonly onClose: () => void
}

/** What was found out about it: who noticed it and when, which change brought it about, and how it ended. */
export function FindingsDialog({ incident, zone, onClose }: FindingsDialogProps) {
  const t = useText()
  const client = useQueryClient()
  const isOver = incident.state === 'resolved' || incident.state === 'closed'
  const initial = {
    detection: incident.detection ?? ('' as Detection | ''),
    detectedAt: incident.detectedAt,
    causedByChange: incident.causedByChange ?? '',
    resolutionCode: incident.resolutionCode ?? '',
    workaround: incident.workaround,
  }
  const form = useForm({
    initial,
    check: ({ detectedAt }) => ({
      ...(detectedAt !== null && detectedAt > new Date() && { detectedAt: t('incidents.detected-at.later') }),
    }),
    submit: async ({ detection, detectedAt, causedByChange, resolutionCode, workaround }) => {
      const body = {
        detection: detection || null,
        detectedAt,
        causedByChange: causedByChange.trim() || null,
        ...(isOver && { resolutionCode: resolutionCode || null }),
        workaround,
      }
      const { id, version: match } = incident
      showChanged(client, await call(api.changeIncident, { params: { id }, body, match }))
      notify(t('incidents.done.change', { number: incident.number }))
      onClose()
    },
  })
  return (
    <Dialog title={t('incidents.findings.title', { number: incident.number })} onClose={onClose}>
      <Form form={form} action={t('incidents.change.do')} onCancel={onClose}>
        <SelectField
          field={form.field('detection')}
          label={t('incidents.detection')}
          options={[
            { value: '', label: t('incidents.detection.unknown') },
            ...detections.map((value) => ({ value, label: t(`incidents.detection.${value}`) })),
          ]}
        />
        <MomentField
          field={form.field('detectedAt')}
          label={t('incidents.detected-at')}
          hint={t('incidents.detected-at.hint')}
          zone={zone}
        />
        <TextField
          field={form.field('causedByChange')}
          label={t('incidents.caused-by-change')}
          hint={t('incidents.caused-by-change.hint')}
          maxLength={200}
          optional
        />
        {isOver && <CodeField field={form.field('resolutionCode')} />}
        <CheckField
          field={form.field('workaround')}
          label={t('incidents.workaround')}
          hint={t('incidents.workaround.hint')}
        />
      </Form>
    </Dialog>
  )
}
