import { useQueryClient } from '@tanstack/react-query'
import * as api from '#api/stakeholders'
import { call } from '#web/http/call.ts'
import { Dialog } from '#web/ui/dialog.tsx'
import { NumberField, TextAreaField } from '#web/ui/field.tsx'
import { Form, useForm } from '#web/ui/form.tsx'
import { notify } from '#web/ui/notices.tsx'
import { useText } from '#web/ui/text.tsx'

/** How the relationship is this quarter: 0 to 10 and a sentence. */
export function PulseDialog({ id, onClose }: { readonly id: string; readonly onClose: () => void }) {
  const t = useText()
  const client = useQueryClient()
  const initial: { readonly score: number | null; readonly sentence: string } = { score: null, sentence: '' }
  const form = useForm({
    initial,
    check: ({ score, sentence }) => ({
      score: score === null ? t('stakeholders.score-needed') : undefined,
      sentence: sentence.trim() === '' ? t('stakeholders.sentence-needed') : undefined,
    }),
    async submit({ score, sentence }) {
      await call(api.addPulse, { params: { id }, body: { score: score ?? 0, sentence } })
      await client.invalidateQueries({ queryKey: ['stakeholders'] })
      notify(t('stakeholders.written'))
      onClose()
    },
  })
  return (
    <Dialog title={t('stakeholders.say-pulse')} onClose={onClose}>
      <Form form={form} action={t('stakeholders.save')} onCancel={onClose}>
        <NumberField
          field={form.field('score')}
          label={t('stakeholders.score')}
          hint={t('stakeholders.score-hint')}
          min={0}
          max={10}
        />
        <TextAreaField field={form.field('sentence')} label={t('stakeholders.sentence')} rows={2} maxLength={1000} />
      </Form>
    </Dialog>
  )
}
