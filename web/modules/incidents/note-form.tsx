import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import * as api from '#api/incidents'
import type { HistoryEntry, IncidentPage } from '#api/incidents'
import { call } from '#web/http/call.ts'
import { Addressed } from '#web/ui/addressed.tsx'
import { Button, Buttons } from '#web/ui/button.tsx'
import { Dialog } from '#web/ui/dialog.tsx'
import { draftOf } from '#web/ui/drafts.ts'
import { RadioField } from '#web/ui/field.tsx'
import { Form, useForm } from '#web/ui/form.tsx'
import { Menu, MenuItem } from '#web/ui/menu.tsx'
import { notify } from '#web/ui/notices.tsx'
import { useText } from '#web/ui/text.tsx'
import { type Mentioned, stillNamed } from './mention.ts'
import { MentionField } from './mention-field.tsx'
import { timelineQuery } from './queries.ts'
import { readyWordsQuery } from './ready-words.ts'
import classes from './incident-page.module.css'

type Visibility = 'internal' | 'public'

interface NoteFormProps {
  readonly incident: IncidentPage
  readonly onClose: () => void
}

/**
 * An update: for us, or for the customer. Frame, sentence and button say which, so that nobody sends the wrong one; and
 * where it was internal until now, the customer is written to only after one more look.
 */
export function NoteForm({ incident, onClose }: NoteFormProps) {
  const t = useText()
  const client = useQueryClient()
  const { data: history = [] } = useQuery(timelineQuery(incident.number))
  const draft = draftOf(incident.id, 'note')
  const [initial] = useState<{ readonly text: string; readonly visibility: Visibility }>({
    text: draft.words,
    visibility: 'internal',
  })
  const [chosen, setChosen] = useState<readonly Mentioned[]>(() => namedIn.get(incident.id) ?? [])
  const [beganInside, setBeganInside] = useState(initial.text !== '')
  const [asking, setAsking] = useState(false)
  const doubt = beganInside ? 'began' : lastWasInternal(history) ? 'last' : null
  const form = useForm({
    initial,
    check: ({ text }) => ({ ...(text.trim() === '' && { text: t('incidents.note.needed') }) }),
    submit: async (values) => {
      if (values.visibility === 'public' && doubt !== null) return setAsking(true)
      return send(values)
    },
  })
  async function send({ text, visibility }: typeof initial) {
    const mentions = stillNamed(text, chosen).map(({ id }) => id)
    await call(api.addNote, { params: { id: incident.id }, body: { text: text.trim(), visibility, mentions } })
    draft.drop()
    namedIn.delete(incident.id)
    void client.invalidateQueries({ queryKey: ['incidents'] })
    notify(t(`incidents.note.done-${visibility}`, { customer: incident.customer.name }))
    onClose()
  }
  const { visibility } = form.values
  const customer = incident.customer.name
  const text = form.field('text')
  const answers = visibility === 'public' && incident.respondedAt === null
  const write = (words: string) => {
    if (visibility === 'internal') setBeganInside(words.trim() !== '')
    draft.keep(words)
    text.onChange(words)
  }
  return (
    <Addressed to={visibility} ref={bringUp}>
      <Form
        form={form}
        label={t('incidents.note.title')}
        action={t(`incidents.note.do-${visibility}`, { customer })}
        beside={
          <>
            <Button onClick={onClose}>{t('incidents.not-now')}</Button>
            <ReadyWords
              incident={incident}
              onChoose={(words) => write([text.value.trimEnd(), words].filter(Boolean).join('\n\n'))}
            />
          </>
        }
      >
        <RadioField
          field={form.field('visibility')}
          label={t('incidents.note.who')}
          options={[
            { value: 'internal', label: t('incidents.note.internal'), hint: t('incidents.note.internal-hint') },
            { value: 'public', label: t('incidents.note.public', { customer }), hint: t('incidents.note.public-hint') },
          ]}
        />
        {initial.text !== '' && <p className="pl-small pl-quiet">{t('work.draft')}</p>}
        <MentionField
          incident={incident.id}
          visibility={visibility}
          chosen={chosen}
          onChoose={(people) => {
            namedIn.set(incident.id, people)
            setChosen(people)
          }}
          field={{ ...text, onChange: write }}
          label={t(`incidents.note.text-${visibility}`, { customer })}
          hint={answers ? t('incidents.note.answers') : undefined}
        />
      </Form>
      {asking && doubt !== null && (
        <Dialog title={t('work.confirm.title', { customer })} onClose={() => setAsking(false)}>
          <p>{t('work.confirm.why', { why: doubt, customer })}</p>
          <Addressed to="public">
            <p className={classes.text}>{form.values.text.trim()}</p>
          </Addressed>
          <Buttons>
            <Button data-autofocus onClick={() => setAsking(false)}>
              {t('work.confirm.back')}
            </Button>
            <SendButton label={t('work.confirm.send', { customer })} onSend={() => send(form.values)} />
          </Buttons>
        </Dialog>
      )}
    </Addressed>
  )
}

/** Whom a draft calls up, as long as the page is not loaded anew: as long as its words are kept. */
const namedIn = new Map<string, readonly Mentioned[]>()

/** Sends once, however often it is pressed. What goes wrong is said; the text stays in its form. */
function SendButton({ label, onSend }: { readonly label: string; readonly onSend: () => Promise<void> }) {
  const [busy, setBusy] = useState(false)
  async function press() {
    setBusy(true)
    try {
      await onSend()
    } catch (failure) {
      notify(failure instanceof Error ? failure.message : String(failure))
      setBusy(false)
    }
  }
  return (
    <Button main busy={busy} onClick={() => void press()}>
      {label}
    </Button>
  )
}

/** Words that are used again and again, filled in for this incident. */
function ReadyWords({
  incident,
  onChoose,
}: {
  readonly incident: IncidentPage
  readonly onChoose: (text: string) => void
}) {
  const t = useText()
  const { data } = useQuery(readyWordsQuery(incident.id))
  const templates = data?.templates ?? []
  if (templates.length === 0) return null
  return (
    <Menu button={<Button>{t('work.words.insert')}</Button>}>
      {templates.map(({ id, name, text }) => (
        <MenuItem key={id} onClick={() => onChoose(text)}>
          {name}
        </MenuItem>
      ))}
    </Menu>
  )
}

/** Whether what was written last was for ourselves: then whoever writes on may still be among their own. */
function lastWasInternal(history: readonly HistoryEntry[]): boolean {
  const last = history.findLast(({ kind }) => kind === 'incident.note' || kind === 'incident.answer')
  return last?.kind === 'incident.note' && last.visibility === 'internal'
}

/** It stands with the history, which may be further down than where it was asked for. */
function bringUp(element: HTMLElement | null): void {
  element?.scrollIntoView({ block: 'center' })
  element?.querySelector('textarea')?.focus({ preventScroll: true })
}
