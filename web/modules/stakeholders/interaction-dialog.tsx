import { useQueryClient } from '@tanstack/react-query'
import * as api from '#api/stakeholders'
import type { Stakeholder } from '#api/stakeholders'
import { call } from '#web/http/call.ts'
import { Dialog } from '#web/ui/dialog.tsx'
import { CheckField, FieldRow, SelectField, TextAreaField, TextField } from '#web/ui/field.tsx'
import { Form, useForm } from '#web/ui/form.tsx'
import { notify } from '#web/ui/notices.tsx'
import { useText } from '#web/ui/text.tsx'

interface InteractionDialogProps {
  readonly id: string
  readonly channel: Stakeholder['channel']
  readonly onClose: () => void
}

const today = () => new Date().toISOString().slice(0, 10)

/** Writes down that somebody spoke with them. */
export function InteractionDialog({ id, channel, onClose }: InteractionDialogProps) {
  const t = useText()
  const client = useQueryClient()
  const initial = {
    kind: channel,
    faceToFace: channel === 'visit' || channel === 'meeting',
    onDay: today(),
    notes: '',
    private: false,
  }
  const form = useForm({
    initial,
    check: ({ onDay }) => ({ onDay: onDay === '' ? t('stakeholders.day-needed') : undefined }),
    async submit({ notes, ...given }) {
      const body = { ...given, ...(notes.trim() !== '' && { notes }) }
      await call(api.addInteraction, { params: { id }, body })
      await client.invalidateQueries({ queryKey: ['stakeholders'] })
      notify(t('stakeholders.written'))
      onClose()
    },
  })
  return (
    <Dialog title={t('stakeholders.met')} onClose={onClose}>
      <Form form={form} action={t('stakeholders.save')} onCancel={onClose}>
        <FieldRow>
          <SelectField
            field={form.field('kind')}
            label={t('stakeholders.channel')}
            options={api.channels.map((value) => ({ value, label: t(`stakeholders.channel.${value}`) }))}
          />
          <TextField field={form.field('onDay')} type="date" label={t('stakeholders.on')} />
        </FieldRow>
        <CheckField field={form.field('faceToFace')} label={t('stakeholders.face')} />
        <TextAreaField
          field={form.field('notes')}
          label={t('stakeholders.notes')}
          rows={5}
          maxLength={10_000}
          optional
        />
        <CheckField
          field={form.field('private')}
          label={t('stakeholders.mine-alone')}
          hint={t('stakeholders.mine-alone-hint')}
        />
      </Form>
    </Dialog>
  )
}
