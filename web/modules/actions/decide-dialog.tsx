import { useQueryClient } from '@tanstack/react-query'
import * as api from '#api/actions'
import type { Decision, DecisionState } from '#api/actions'
import { call } from '#web/http/call.ts'
import { useSession } from '#web/modules/people/index.ts'
import { Dialog } from '#web/ui/dialog.tsx'
import { FieldRow, SelectField, TextAreaField, TextField } from '#web/ui/field.tsx'
import { Form, useForm } from '#web/ui/form.tsx'
import { notify } from '#web/ui/notices.tsx'
import { useText } from '#web/ui/text.tsx'

interface DecideDialogProps {
  readonly decision: Decision
  readonly to: Exclude<DecisionState, 'wanted'>
  readonly onClose: () => void
}

const today = () => new Date().toISOString().slice(0, 10)

/** Something that was not among the options. */
const OTHER = ''

/** Writes down what was chosen, what became of it, or why nobody decides. */
export function DecideDialog({ decision: { id, options }, to, onClose }: DecideDialogProps) {
  const t = useText()
  const client = useQueryClient()
  const { person } = useSession()
  const decides = to === 'decided'
  const form = useForm({
    initial: {
      option: options[0] ?? OTHER,
      chosen: '',
      reason: '',
      decidedBy: person?.name ?? '',
      decidedOn: today(),
      dissent: '',
      reviewOn: '',
      words: '',
    },
    check: ({ option, chosen, decidedBy, decidedOn, words }) =>
      decides
        ? {
            chosen: option === OTHER && chosen.trim() === '' ? t('actions.decision.chosen-needed') : undefined,
            decidedBy: decidedBy.trim() === '' ? t('actions.decision.by-needed') : undefined,
            decidedOn: decidedOn === '' ? t('actions.decision.on-needed') : undefined,
          }
        : { words: words.trim() === '' ? t('actions.decision.words-needed') : undefined },
    paths: { 'body.outcome': 'words', 'body.reason': 'words' },
    async submit({ option, chosen, reason, decidedBy, decidedOn, dissent, reviewOn, words }) {
      const body =
        to === 'decided'
          ? {
              to,
              chosen: option === OTHER ? chosen.trim() : option,
              decidedBy,
              decidedOn,
              ...(reason.trim() !== '' && { reason }),
              ...(dissent.trim() !== '' && { dissent }),
              ...(reviewOn !== '' && { reviewOn }),
            }
          : to === 'reviewed'
            ? { to, outcome: words }
            : { to, reason: words }
      await call(api.moveDecision, { params: { id }, body })
      await client.invalidateQueries({ queryKey: ['actions'] })
      notify(t(`actions.decision.state.${to}`))
      onClose()
    },
  })
  return (
    <Dialog title={t(`actions.decision.step.${to}`)} onClose={onClose} width={560}>
      <Form form={form} action={t('actions.save')} onCancel={onClose}>
        {!decides && (
          <TextAreaField
            field={form.field('words')}
            label={t(to === 'reviewed' ? 'actions.decision.outcome' : 'actions.reason')}
            rows={3}
          />
        )}
        {decides && options.length > 0 && (
          <SelectField
            field={form.field('option')}
            label={t('actions.decision.chosen')}
            options={[
              ...options.map((value) => ({ value, label: value })),
              { value: OTHER, label: t('actions.decision.other') },
            ]}
          />
        )}
        {decides && form.values.option === OTHER && (
          <TextAreaField field={form.field('chosen')} label={t('actions.decision.what')} rows={2} />
        )}
        {decides && (
          <>
            <TextAreaField field={form.field('reason')} label={t('actions.decision.reason')} rows={2} optional />
            <FieldRow>
              <TextField field={form.field('decidedBy')} label={t('actions.decision.by')} maxLength={400} />
              <TextField field={form.field('decidedOn')} type="date" label={t('actions.decision.on')} />
            </FieldRow>
            <TextAreaField
              field={form.field('dissent')}
              label={t('actions.decision.dissent')}
              hint={t('actions.decision.dissent-hint')}
              rows={2}
              optional
            />
            <TextField field={form.field('reviewOn')} type="date" label={t('actions.decision.review-on')} optional />
          </>
        )}
      </Form>
    </Dialog>
  )
}
