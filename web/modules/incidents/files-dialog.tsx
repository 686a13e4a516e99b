import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import * as api from '#api/incidents'
import type { IncidentPage } from '#api/incidents'
import { upload } from '#web/http/upload.ts'
import { Button } from '#web/ui/button.tsx'
import { Dialog } from '#web/ui/dialog.tsx'
import { RadioField } from '#web/ui/field.tsx'
import { FileDrop } from '#web/ui/file-drop.tsx'
import { Form, useForm } from '#web/ui/form.tsx'
import { notify } from '#web/ui/notices.tsx'
import { Progress } from '#web/ui/progress.tsx'
import { useText } from '#web/ui/text.tsx'
import { useFormat } from '#web/ui/use-format.ts'

interface FilesDialogProps {
  readonly incident: IncidentPage
  /** What was pasted into the page. */
  readonly first: readonly File[]
  readonly onClose: () => void
}

interface Sending {
  readonly name: string
  readonly share: number
}

/** Adds files to an incident: for us, or for the customer too. */
export function FilesDialog({ incident, first, onClose }: FilesDialogProps) {
  const t = useText()
  const format = useFormat()
  const client = useQueryClient()
  const [files, setFiles] = useState(first)
  const [missing, setMissing] = useState(false)
  const [sending, setSending] = useState<Sending | null>(null)
  const customer = incident.customer.name
  const initial: { readonly visibility: 'internal' | 'public' } = { visibility: 'internal' }
  const form = useForm({
    initial,
    check: () => ({}),
    submit: async ({ visibility }) => {
      if (files.length === 0) return setMissing(true)
      try {
        for (const file of files) {
          const { name } = file
          setSending({ name, share: 0 })
          await upload(api.addIncidentAttachment, { params: { id: incident.id }, query: { name, visibility } }, file, {
            onProgress: (share) => setSending({ name, share }),
          })
          // What has arrived is not sent again when a later one fails.
          setFiles((left) => left.filter((each) => each !== file))
        }
      } finally {
        setSending(null)
        void client.invalidateQueries({ queryKey: ['incidents', 'one'] })
      }
      notify(t('incidents.files.done', { count: files.length }))
      onClose()
    },
  })
  const size = format.bytes(files.reduce((sum, file) => sum + file.size, 0))
  return (
    <Dialog title={t('incidents.files.title', { number: incident.number })} onClose={onClose}>
      <Form
        form={form}
        action={t('incidents.files.do')}
        beside={<Button onClick={onClose}>{t('incidents.not-now')}</Button>}
      >
        <FileDrop
          label={files.length === 0 ? t('incidents.files.drop') : files.map(({ name }) => name).join(', ')}
          hint={
            files.length === 0
              ? t('incidents.files.drop-hint', { keys: t('incidents.files.paste-keys') })
              : t('incidents.files.chosen', { count: files.length, size })
          }
          multiple
          onFiles={(more) => {
            setFiles([...files, ...more])
            setMissing(false)
          }}
          error={missing ? t('incidents.files.needed') : null}
        />
        <RadioField
          field={form.field('visibility')}
          label={t('incidents.note.who')}
          options={[
            { value: 'internal', label: t('incidents.note.internal') },
            { value: 'public', label: t('incidents.note.public', { customer }) },
          ]}
        />
        {sending && <Progress label={t('incidents.files.sending', { name: sending.name })} share={sending.share} />}
      </Form>
    </Dialog>
  )
}
