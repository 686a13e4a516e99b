import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import * as api from '#api/incidents'
import type { IncidentPage } from '#api/incidents'
import { call } from '#web/http/call.ts'
import { Addressed } from '#web/ui/addressed.tsx'
import { Button } from '#web/ui/button.tsx'
import { RadioField } from '#web/ui/field.tsx'
import { Form, useForm } from '#web/ui/form.tsx'
import { notify } from '#web/ui/notices.tsx'
import { useText } from '#web/ui/text.tsx'
import { draftOf } from '#web/ui/drafts.ts'
import { type Mentioned, stillNamed } from './mention.ts'
import { MentionField } from './mention-field.tsx'

type Visibility = 'internal' | 'public'

interface NoteFormProps {
  readonly incident: IncidentPage
  readonly onClose: () => void
}

/** An update: for us, or for the customer. Frame, sentence and button say which, so that nobody sends the wrong one. */
export function NoteForm({ incident, onClose }: NoteFormProps) {
  const t = useText()
  const client = useQueryClient()
  const draft = draftOf(incident.id, 'note')
  const initial: { readonly text: string; readonly visibility: Visibility } = {
    text: draft.words,
    visibility: 'internal',
  }
  const [chosen, setChosen] = useState<readonly Mentioned[]>(() => namedIn.get(incident.id) ?? [])
  const form = useForm({
    initial,
    check: ({ text }) => ({ ...(text.trim() === '' && { text: t('incidents.note.needed') }) }),
    submit: async ({ text, visibility }) => {
      const mentions = stillNamed(text, chosen).map(({ id }) => id)
      await call(api.addNote, { params: { id: incident.id }, body: { text: text.trim(), visibility, mentions } })
      draft.drop()
      namedIn.delete(incident.id)
      void client.invalidateQueries({ queryKey: ['incidents'] })
      notify(t(`incidents.note.done-${visibility}`, { customer: incident.customer.name }))
      onClose()
    },
  })
  const { visibility } = form.values
  const customer = incident.customer.name
  const text = form.field('text')
  const answers = visibility === 'public' && incident.respondedAt === null
  return (
    <Addressed to={visibility} ref={bringUp}>
      <Form
        form={form}
        label={t('incidents.note.title')}
        action={t(`incidents.note.do-${visibility}`, { customer })}
        beside={<Button onClick={onClose}>{t('incidents.not-now')}</Button>}
      >
        <RadioField
          field={form.field('visibility')}
          label={t('incidents.note.who')}
          options={[
            { value: 'internal', label: t('incidents.note.internal'), hint: t('incidents.note.internal-hint') },
            { value: 'public', label: t('incidents.note.public', { customer }), hint: t('incidents.note.public-hint') },
          ]}
        />
        <MentionField
          incident={incident.id}
          visibility={visibility}
          chosen={chosen}
          onChoose={(people) => {
            namedIn.set(incident.id, people)
            setChosen(people)
          }}
          field={{
            ...text,
            onChange: (words) => {
              draft.keep(words)
              text.onChange(words)
            },
          }}
          label={t(`incidents.note.text-${visibility}`, { customer })}
          hint={answers ? t('incidents.note.answers') : undefined}
        />
      </Form>
    </Addressed>
  )
}

/** Whom a draft calls up, as long as the page is not loaded anew: as long as its words are kept. */
const namedIn = new Map<string, readonly Mentioned[]>()

/** It stands with the history, which may be further down than where it was asked for. */
function bringUp(element: HTMLElement | null): void {
  element?.scrollIntoView({ block: 'center' })
  element?.querySelector('textarea')?.focus({ preventScroll: true })
}
