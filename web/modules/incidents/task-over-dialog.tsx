import * as api from '#api/tasks'
import type { Task } from '#api/tasks'
import { call } from '#web/http/call.ts'
import { TextButton } from '#web/ui/button.tsx'
import { Dialog } from '#web/ui/dialog.tsx'
import { FieldRow, TextAreaField, TextField } from '#web/ui/field.tsx'
import { Form, useForm } from '#web/ui/form.tsx'
import { notify } from '#web/ui/notices.tsx'
import { useText } from '#web/ui/text.tsx'

interface TaskOverDialogProps {
  readonly task: Task
  readonly to: 'done' | 'failed'
  readonly onDone: () => Promise<void>
  readonly onClose: () => void
}

const MOST_PARTS = 6
const LONGEST_WAY = 1440
const MOST_OF_A_PART = 9999

/** Whether a text is a whole number within limits. */
function isWhole(text: string, least: number, most: number): boolean {
  return /^\d{1,4}$/.test(text.trim()) && Number(text) >= least && Number(text) <= most
}

/** How a task ended: why not where it failed, and of a visit the way there and what was used. */
export function TaskOverDialog({ task, to, onDone, onClose }: TaskOverDialogProps) {
  const t = useText()
  const isField = task.kind === 'field'
  const known = task.parts.map(({ name, quantity }) => ({ name, quantity: String(quantity) }))
  const form = useForm({
    initial: {
      failedFor: '',
      travel: task.travelMinutes === null ? '' : String(task.travelMinutes),
      parts: known.length > 0 ? known : [{ name: '', quantity: '1' }],
    },
    check: ({ failedFor, travel, parts }) => ({
      ...(to === 'failed' && failedFor.trim() === '' && { failedFor: t('work.tasks.failed-for-needed') }),
      ...(travel.trim() !== '' && !isWhole(travel, 0, LONGEST_WAY) && { travel: t('work.tasks.travel-wrong') }),
      ...(parts.some(({ name, quantity }) => name.trim() !== '' && !isWhole(quantity, 1, MOST_OF_A_PART)) && {
        parts: t('work.tasks.quantity-wrong'),
      }),
    }),
    submit: async ({ failedFor, travel, parts }) => {
      const used = parts
        .filter(({ name }) => name.trim() !== '')
        .map(({ name, quantity }) => ({ name: name.trim(), quantity: Number(quantity) }))
      await call(api.changeTask, {
        params: { id: task.id },
        body: {
          state: to,
          ...(to === 'failed' && { failedFor: failedFor.trim() }),
          ...(isField && { parts: used, ...(travel.trim() !== '' && { travelMinutes: Number(travel) }) }),
        },
        match: task.version,
      })
      notify(t('work.tasks.saved'))
      await onDone()
    },
  })
  const { parts } = form.values
  const set = (index: number, change: Partial<(typeof parts)[number]>) =>
    form.set({ parts: parts.map((each, at) => (at === index ? { ...each, ...change } : each)) })
  const wrong = form.field('parts').error
  return (
    <Dialog title={t(`work.tasks.${to}-title`, { title: task.title })} onClose={onClose}>
      <Form form={form} action={t('work.save')} onCancel={onClose}>
        {to === 'failed' && (
          <TextAreaField
            field={form.field('failedFor')}
            label={t('work.tasks.failed-for')}
            hint={t('work.tasks.failed-for-hint')}
            rows={3}
            maxLength={2000}
          />
        )}
        {isField && (
          <>
            <TextField
              field={form.field('travel')}
              label={t('work.tasks.travel')}
              hint={t('work.tasks.travel-hint')}
              inputMode="numeric"
              optional
            />
            <div role="group" aria-label={t('work.tasks.parts')}>
              {parts.map((part, index) => (
                // oxlint-disable-next-line react/no-array-index-key -- none moves
                <FieldRow key={index}>
                  <TextField
                    field={{
                      name: `part-${index}`,
                      value: part.name,
                      error: undefined,
                      onChange: (name) => set(index, { name }),
                    }}
                    label={t('work.tasks.part', { number: index + 1 })}
                    maxLength={200}
                    optional
                  />
                  <TextField
                    field={{
                      name: `quantity-${index}`,
                      value: part.quantity,
                      error: part.name.trim() === '' ? undefined : wrong,
                      onChange: (quantity) => set(index, { quantity }),
                    }}
                    label={t('work.tasks.quantity', { number: index + 1 })}
                    inputMode="numeric"
                  />
                </FieldRow>
              ))}
              {parts.length < MOST_PARTS && (
                <TextButton onClick={() => form.set({ parts: [...parts, { name: '', quantity: '1' }] })}>
                  {t('work.tasks.add-part')}
                </TextButton>
              )}
            </div>
          </>
        )}
      </Form>
    </Dialog>
  )
}
