import { useQuery, useQueryClient } from '@tanstack/react-query'
import * as api from '#api/escalations'
import type { Escalation } from '#api/escalations'
import { call } from '#web/http/call.ts'
import { Dialog } from '#web/ui/dialog.tsx'
import { SelectField, TextAreaField } from '#web/ui/field.tsx'
import { Form, useForm } from '#web/ui/form.tsx'
import { MomentField } from '#web/ui/moment-field.tsx'
import { notify } from '#web/ui/notices.tsx'
import { PersonField } from '#web/ui/person-field.tsx'
import { useText } from '#web/ui/text.tsx'
import { colleaguesQuery } from './queries.ts'

interface ChangeDialogProps {
  readonly escalation: Escalation
  readonly onClose: () => void
}

/** Who cares for it, how high it is, what was agreed, when the next word is due. */
export function ChangeDialog({ escalation, onClose }: ChangeDialogProps) {
  const t = useText()
  const client = useQueryClient()
  const { data: colleagues = [] } = useQuery(colleaguesQuery())
  const { id, incident, version, owner, level, agreedOutcome, nextUpdateDue } = escalation
  const form = useForm({
    initial: { owner: owner?.id ?? '', level: String(level), outcome: agreedOutcome ?? '', nextUpdateDue },
    check: ({ owner: chosen }) => ({ ...(chosen === '' && { owner: t('escalations.rule-owner-needed') }) }),
    submit: async (values) => {
      const body = {
        owner: values.owner,
        level: Number(values.level),
        agreedOutcome: values.outcome.trim() || null,
        nextUpdateDue: values.nextUpdateDue,
      }
      await call(api.changeEscalation, { params: { id }, body, match: version })
      await client.invalidateQueries({ queryKey: ['escalations'] })
      notify(t('escalations.changed', { number: incident.number }))
      onClose()
    },
  })
  return (
    <Dialog title={t('escalations.change-title', { number: incident.number })} onClose={onClose}>
      <Form form={form} action={t('escalations.save')} onCancel={onClose}>
        <PersonField field={form.field('owner')} label={t('escalations.owner')} people={colleagues} />
        <SelectField
          field={form.field('level')}
          label={t('escalations.level')}
          hint={t('escalations.level-hint')}
          options={['1', '2', '3', '4'].map((each) => ({
            value: each,
            label: t('escalations.level-of', { level: each }),
          }))}
        />
        <TextAreaField field={form.field('outcome')} label={t('escalations.outcome')} rows={3} optional />
        <MomentField
          field={form.field('nextUpdateDue')}
          label={t('escalations.next')}
          hint={t('escalations.next-hint')}
        />
      </Form>
    </Dialog>
  )
}
