import { useQueryClient } from '@tanstack/react-query'
import * as api from '#api/actions'
import type { Action } from '#api/actions'
import { call } from '#web/http/call.ts'
import { Dialog } from '#web/ui/dialog.tsx'
import { CheckField, FieldRow, SelectField, TextAreaField, TextField } from '#web/ui/field.tsx'
import { Form, useForm } from '#web/ui/form.tsx'
import { notify } from '#web/ui/notices.tsx'
import { useText } from '#web/ui/text.tsx'
import { ELSEWHERE, OwnerField, ownerOf } from './owner-field.tsx'

/** What it is, whose, and by when; another day asks for the reason. */
export function ChangeActionDialog({ action, onClose }: { readonly action: Action; readonly onClose: () => void }) {
  const t = useText()
  const client = useQueryClient()
  const { id, version, customer } = action
  const initial = {
    text: action.text,
    owner: action.owner?.id ?? ELSEWHERE,
    ownerName: action.ownerName ?? '',
    due: action.due,
    reason: '',
    priority: action.priority,
    shared: action.shared,
  }
  const form = useForm({
    initial,
    check: (values) => ({
      text: values.text.trim() === '' ? t('actions.text-needed') : undefined,
      due: values.due === '' ? t('actions.due-needed') : undefined,
      owner: values.owner === '' ? t('actions.owner-needed') : undefined,
      ownerName: values.owner === ELSEWHERE && values.ownerName.trim() === '' ? t('actions.owner-needed') : undefined,
      reason: values.due !== initial.due && values.reason.trim() === '' ? t('actions.redate-needed') : undefined,
    }),
    async submit({ text, owner, ownerName, due, reason, priority, shared }) {
      const redated = due !== initial.due
      const given = owner !== initial.owner || ownerName !== initial.ownerName
      const body = {
        text: text.trim(),
        priority,
        ...(customer !== null && { shared }),
        ...(given && ownerOf({ owner, ownerName })),
        ...(redated && { due, reason: reason.trim() }),
      }
      await call(api.changeAction, { params: { id }, body, match: version })
      await client.invalidateQueries({ queryKey: ['actions'] })
      notify(t('actions.changed'))
      onClose()
    },
  })
  const { values } = form
  return (
    <Dialog title={t('actions.change-title')} onClose={onClose} width={560}>
      <Form form={form} action={t('actions.save')} onCancel={onClose}>
        <TextAreaField field={form.field('text')} label={t('actions.text')} rows={3} maxLength={2000} />
        <FieldRow>
          <OwnerField field={form.field('owner')} customer={customer?.id} />
          {values.owner === ELSEWHERE && (
            <TextField field={form.field('ownerName')} label={t('actions.owner-name')} maxLength={200} />
          )}
        </FieldRow>
        <FieldRow>
          <TextField field={form.field('due')} type="date" label={t('actions.due')} />
          <SelectField
            field={form.field('priority')}
            label={t('actions.priority')}
            options={api.actionPriorities.map((value) => ({ value, label: t(`actions.priority.${value}`) }))}
          />
        </FieldRow>
        {values.due !== initial.due && (
          <TextAreaField
            field={form.field('reason')}
            label={t('actions.redate-reason')}
            hint={t('actions.redate-hint')}
            rows={2}
            maxLength={1000}
          />
        )}
        {customer !== null && (
          <CheckField field={form.field('shared')} label={t('actions.share')} hint={t('actions.share-hint')} />
        )}
      </Form>
    </Dialog>
  )
}
