import { useQueryClient, useSuspenseQuery } from '@tanstack/react-query'
import { useState } from 'react'
import * as api from '#api/mail'
import type { MailTemplate } from '#api/mail'
import { call } from '#web/http/call.ts'
import { Button, TextButton } from '#web/ui/button.tsx'
import { Dialog } from '#web/ui/dialog.tsx'
import { TextAreaField, TextField } from '#web/ui/field.tsx'
import { Form, useForm } from '#web/ui/form.tsx'
import { notify } from '#web/ui/notices.tsx'
import { Section } from '#web/ui/page.tsx'
import { type Column, Table } from '#web/ui/table.tsx'
import { useText } from '#web/ui/text.tsx'
import classes from './mail.module.css'
import { templatesQuery } from './queries.ts'

/** What our mails say, in each language. */
export function TemplatesSection() {
  const t = useText()
  const { data } = useSuspenseQuery(templatesQuery())
  const [open, setOpen] = useState<MailTemplate | null>(null)
  const columns: readonly Column<MailTemplate>[] = [
    {
      key: 'kind',
      head: t('mail.template'),
      width: '260px',
      narrow: 'lead',
      cell: (template) => (
        <TextButton onClick={() => setOpen(template)}>
          {t(`mail.kind.${template.kind}`)}, {t(`mail.language.${template.language}`)}
        </TextButton>
      ),
    },
    {
      key: 'says',
      head: t('mail.says'),
      narrow: 'under',
      cell: ({ subject, body }) => `${subject} – ${beginningOf(body)}`,
    },
    {
      key: 'origin',
      head: t('mail.origin'),
      width: '130px',
      narrow: 'trail',
      cell: ({ origin }) => t(origin === 'program' ? 'mail.built-in' : 'mail.own'),
    },
  ]
  return (
    <Section title={t('mail.templates')} hint={t('mail.templates-hint')}>
      <Table
        label={t('mail.templates')}
        columns={columns}
        rows={data.items}
        rowKey={({ kind, language }) => `${kind} ${language}`}
      />
      {open !== null && <TemplateDialog template={open} fields={data.fields} onClose={() => setOpen(null)} />}
    </Section>
  )
}

interface TemplateDialogProps {
  readonly template: MailTemplate
  readonly fields: readonly string[]
  readonly onClose: () => void
}

function TemplateDialog({ template, fields, onClose }: TemplateDialogProps) {
  const t = useText()
  const cache = useQueryClient()
  const { kind, language, subject, body, origin } = template
  const params = { kind, language }
  const close = async () => {
    await cache.invalidateQueries({ queryKey: ['mail', 'templates'] })
    notify(t('mail.template-saved'))
    onClose()
  }
  const form = useForm({
    initial: { subject, body },
    async submit(values) {
      await call(api.setMailTemplate, { params, body: values })
      await close()
    },
  })
  async function reset() {
    await call(api.removeMailTemplate, { params, query: {} })
    await close()
  }
  return (
    <Dialog title={`${t(`mail.kind.${kind}`)}, ${t(`mail.language.${language}`)}`} onClose={onClose} width={520}>
      <Form
        form={form}
        action={t('mail.save')}
        barred={form.dirty ? null : t('mail.nothing-changed')}
        onCancel={onClose}
        beside={origin !== 'program' && <Button onClick={() => void reset()}>{t('mail.reset')}</Button>}
      >
        <TextField field={form.field('subject')} label={t('mail.subject')} maxLength={400} autoFocus />
        <TextAreaField field={form.field('body')} label={t('mail.text')} rows={12} maxLength={20_000} />
        <p className={`${classes.template} pl-quiet pl-small`}>
          {t('mail.fields', { fields: fields.map((field) => `{${field}}`).join(' ') })}
        </p>
      </Form>
    </Dialog>
  )
}

const SHOWN = 120

/** So much of a text in one line, up to the end of a word. */
function beginningOf(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim()
  return line.length <= SHOWN ? line : `${line.slice(0, SHOWN).replace(/\s\S*$/, '')} …`
}
