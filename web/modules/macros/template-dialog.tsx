import { useQueryClient } from '@tanstack/react-query'
import * as api from '#api/macros'
import type { TextTemplate } from '#api/macros'
import { languages } from '#core/text.ts'
import { call } from '#web/http/call.ts'
import { Dialog } from '#web/ui/dialog.tsx'
import { SelectField, TextAreaField } from '#web/ui/field.tsx'
import { Form, useForm } from '#web/ui/form.tsx'
import { notify } from '#web/ui/notices.tsx'
import { useLanguage, useText } from '#web/ui/text.tsx'
import { BelongingFields, belongingOf, belongingProblems, type Belonging } from './belonging-fields.tsx'

interface TemplateDialogProps {
  /** Null for a new one. */
  readonly template: TextTemplate | null
  readonly fields: readonly string[]
  readonly onClose: () => void
}

interface Values extends Belonging {
  readonly language: TextTemplate['language']
  readonly text: string
}

/** Words to use again. */
export function TemplateDialog({ template, fields, onClose }: TemplateDialogProps) {
  const t = useText()
  const client = useQueryClient()
  const own = useLanguage()
  const initial: Values = {
    name: template?.name ?? '',
    scope: template?.scope ?? 'mine',
    team: template?.team?.id ?? '',
    customer: template?.customer?.id ?? '',
    language: template?.language ?? own,
    text: template?.text ?? '',
  }
  const form = useForm({
    initial,
    check: (values) => ({
      ...belongingProblems(t, values),
      ...(values.text.trim() === '' && { text: t('work.page.text-needed') }),
    }),
    submit: async (values) => {
      const body = { ...belongingOf(values), language: values.language, text: values.text.trim() }
      await (template === null
        ? call(api.addTextTemplate, { body })
        : call(api.changeTextTemplate, { params: { id: template.id }, body, match: template.version }))
      await client.invalidateQueries({ queryKey: ['macros'] })
      notify(t('work.page.saved', { name: values.name }))
      onClose()
    },
  })
  return (
    <Dialog
      title={template === null ? t('work.page.add-template') : t('work.page.change', { name: template.name })}
      onClose={onClose}
      width={620}
    >
      <Form form={form} action={t('work.page.save')} onCancel={onClose}>
        <BelongingFields form={form} />
        <SelectField
          field={form.field('language')}
          label={t('work.page.language')}
          options={languages.map((value) => ({ value, label: t(`work.page.language.${value}`) }))}
        />
        <TextAreaField
          field={form.field('text')}
          label={t('work.page.text')}
          hint={t('work.page.text-hint', { fields: fields.map((field) => `{${field}}`).join(' ') })}
          rows={7}
          maxLength={20_000}
        />
      </Form>
    </Dialog>
  )
}
