import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query'
import { useDeferredValue } from 'react'
import * as api from '#api/incidents'
import { type IncidentPage, linkKinds } from '#api/incidents'
import { call } from '#web/http/call.ts'
import { Button } from '#web/ui/button.tsx'
import { Dialog } from '#web/ui/dialog.tsx'
import { RadioField, TextField } from '#web/ui/field.tsx'
import { Form, useForm } from '#web/ui/form.tsx'
import { notify } from '#web/ui/notices.tsx'
import { useText } from '#web/ui/text.tsx'
import { choice } from './words.ts'

interface LinkDialogProps {
  readonly incident: IncidentPage
  readonly onClose: () => void
}

const FOUND = 6

/** What this incident is to which other one of its customer; found by number or by words. */
export function LinkDialog({ incident, onClose }: LinkDialogProps) {
  const t = useText()
  const client = useQueryClient()
  const initial: { readonly kind: (typeof linkKinds)[number]; readonly to: string } = { kind: 'relates-to', to: '' }
  const form = useForm({
    initial,
    check: ({ to }) => ({ ...(to.trim() === '' && { to: t('incidents.links.to-needed') }) }),
    submit: async ({ kind, to }) => {
      const link = await call(api.linkIncidents, { params: { id: incident.id }, body: { kind, to: to.trim() } })
      void client.invalidateQueries({ queryKey: ['incidents'] })
      notify(t('incidents.links.done', { number: incident.number, other: link.incident.number }))
      onClose()
    },
  })
  const words = useDeferredValue(form.values.to.trim())
  const { data: found = [] } = useQuery({
    queryKey: ['incidents', 'find', incident.customer.id, words],
    queryFn: async ({ signal }) =>
      (await call(api.listIncidents, { query: { customer: incident.customer.id, q: words, limit: FOUND + 1 } }, signal))
        .items,
    enabled: words.length > 1,
    placeholderData: keepPreviousData,
  })
  const others = found.filter(({ id }) => id !== incident.id).slice(0, FOUND)
  return (
    <Dialog title={t('incidents.links.title', { number: incident.number })} onClose={onClose}>
      <Form
        form={form}
        action={t('incidents.links.do')}
        beside={<Button onClick={onClose}>{t('incidents.not-now')}</Button>}
      >
        <RadioField
          field={form.field('kind')}
          label={t('incidents.links.what')}
          options={linkKinds.map((value) => ({ value, label: t('incidents.links.option', { kind: choice(value) }) }))}
        />
        {form.values.kind !== 'relates-to' && (
          <p className="pl-quiet pl-small" role="status">
            {t('incidents.links.then', { kind: choice(form.values.kind) })}
          </p>
        )}
        <TextField
          field={form.field('to')}
          label={t('incidents.links.to')}
          hint={t('incidents.links.to-hint')}
          maxLength={200}
          autoFocus
        />
        {words.length > 1 && others.length > 0 && (
          <RadioField
            field={{ ...form.field('to'), error: undefined }}
            label={t('incidents.links.found')}
            options={others.map(({ number, title }) => ({ value: number, label: `${number} ${title}` }))}
          />
        )}
      </Form>
    </Dialog>
  )
}
