import { useQueryClient } from '@tanstack/react-query'
import * as api from '#api/escalations'
import type { Escalation, EscalationState } from '#api/escalations'
import { call } from '#web/http/call.ts'
import { Dialog } from '#web/ui/dialog.tsx'
import { RadioField, TextAreaField } from '#web/ui/field.tsx'
import { Form, useForm } from '#web/ui/form.tsx'
import { MomentField } from '#web/ui/moment-field.tsx'
import { notify } from '#web/ui/notices.tsx'
import { useText } from '#web/ui/text.tsx'

interface StepDialogProps {
  readonly escalation: Escalation
  readonly to: EscalationState
  readonly onClose: () => void
}

const answers = ['5', '4', '3', '2', '1'] as const

/** What a step needs to be told: the outcome that was agreed, or what says who raised it. */
export function StepDialog({ escalation, to, onClose }: StepDialogProps) {
  const t = useText()
  const client = useQueryClient()
  const { id, incident } = escalation
  const initial = {
    outcome: escalation.agreedOutcome ?? '',
    nextUpdateDue: escalation.nextUpdateDue,
    satisfied: '',
  }
  const agrees = to === 'plan-agreed'
  const form = useForm({
    initial,
    check: ({ outcome }) => ({
      ...(agrees && outcome.trim() === '' && { outcome: t('escalations.outcome-needed') }),
    }),
    submit: async ({ outcome, nextUpdateDue, satisfied }) => {
      const more = agrees
        ? { agreedOutcome: outcome.trim(), ...(nextUpdateDue && { nextUpdateDue }) }
        : { ...(satisfied !== '' && { raiserSatisfied: Number(satisfied) }) }
      await call(api.moveEscalation, { params: { id }, body: { to, ...more } })
      await client.invalidateQueries({ queryKey: ['escalations'] })
      notify(t('escalations.moved', { number: incident.number, state: t(`escalations.state.${to}`) }))
      onClose()
    },
  })
  const title = t('escalations.moved', { number: incident.number, state: t(`escalations.state.${to}`) })
  return (
    <Dialog title={title} onClose={onClose}>
      <Form form={form} action={t('escalations.save')} onCancel={onClose}>
        {agrees ? (
          <>
            <TextAreaField
              field={form.field('outcome')}
              label={t('escalations.outcome')}
              hint={t('escalations.outcome-hint')}
              rows={3}
            />
            <MomentField
              field={form.field('nextUpdateDue')}
              label={t('escalations.next')}
              hint={t('escalations.next-hint')}
            />
          </>
        ) : (
          <RadioField
            field={form.field('satisfied')}
            label={t('escalations.satisfied')}
            options={[
              ...answers.map((value) => ({
                value,
                label: t('escalations.satisfied-of', { count: Number(value) }),
              })),
              { value: '', label: t('escalations.satisfied-none') },
            ]}
          />
        )}
      </Form>
    </Dialog>
  )
}
