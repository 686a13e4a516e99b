import { type QueryClient, useQuery, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import * as api from '#api/incidents'
import { incidentLifecycle, type IncidentPage } from '#api/incidents'
import * as macros from '#api/macros'
import type { ReadyWords } from '#api/macros'
import { reachable } from '#core/lifecycle.ts'
import { call } from '#web/http/call.ts'
import { Addressed } from '#web/ui/addressed.tsx'
import { Dialog } from '#web/ui/dialog.tsx'
import { TextAreaField } from '#web/ui/field.tsx'
import { Form, useForm } from '#web/ui/form.tsx'
import { notify } from '#web/ui/notices.tsx'
import { SearchField } from '#web/ui/search-field.tsx'
import { useText } from '#web/ui/text.tsx'
import { showChanged } from './queries.ts'
import { readyWordsQuery } from './ready-words.ts'
import { stepsInWords } from './steps-in-words.ts'

type ReadyMacro = ReadyWords['macros'][number]

interface MacroDialogProps {
  readonly incident: IncidentPage
  readonly onClose: () => void
}

/** Chooses a macro, shows what it will do and say, and does it. */
export function MacroDialog({ incident, onClose }: MacroDialogProps) {
  const t = useText()
  const client = useQueryClient()
  const { data } = useQuery(readyWordsQuery(incident.id))
  const all = data?.macros ?? []
  const form = useForm({
    initial: { macro: '', text: '' },
    check: ({ macro }) => ({ ...(macro === '' && { macro: t('work.macro.which-needed') }) }),
    submit: async ({ macro: id, text }) => {
      const macro = all.find((each) => each.id === id)!
      const body = { macro: id, ...(text.trim() !== '' && { text: text.trim() }) }
      const changed = await call(macros.useMacro, { params: { id: incident.id }, body })
      showChanged(client, changed)
      const { number } = incident
      const undo = undoable(incident, changed)
        ? () => void takeBack(incident, changed, client, t('work.macro.undone', { number }))
        : undefined
      notify(t('work.macro.done', { macro: macro.name, number }), undo)
      onClose()
    },
  })
  const chosen = all.find(({ id }) => id === form.values.macro)
  return (
    <Dialog title={t('work.macro.title', { number: incident.number })} onClose={onClose} width={600}>
      {data !== undefined && all.length === 0 ? (
        <p>
          {t('work.words.none')} <Link to="/macros">{t('work.words.keep')}</Link>
        </p>
      ) : (
        <Form
          form={form}
          action={t('work.macro.do')}
          onCancel={onClose}
          barred={chosen === undefined || chosen.possible ? null : t('work.macro.not-here')}
        >
          <SearchField
            field={{
              ...form.field('macro'),
              onChange: (id) => form.set({ macro: id, text: all.find((each) => each.id === id)?.text ?? '' }),
            }}
            label={t('work.macro.which')}
            autoFocus
            options={all.map(({ id, name, possible }) => ({
              value: id,
              label: possible ? name : `${name} (${t('work.macro.not-here')})`,
            }))}
          />
          {chosen !== undefined && <Preview macro={chosen} incident={incident} text={form.field('text')} />}
        </Form>
      )}
    </Dialog>
  )
}

interface PreviewProps {
  readonly macro: ReadyMacro
  readonly incident: IncidentPage
  readonly text: Parameters<typeof TextAreaField>[0]['field']
}

function Preview({ macro, incident, text }: PreviewProps) {
  const t = useText()
  const customer = incident.customer.name
  const to = macro.toState === 'resolved' ? 'public' : macro.visibility
  return (
    <>
      <div>
        <p>{t('work.macro.does')}</p>
        <ul>
          {stepsInWords(t, { ...macro, customer: incident.customer }).map((step) => (
            <li key={step}>{step}</li>
          ))}
        </ul>
      </div>
      {macro.text !== '' && (
        <Addressed to={to}>
          <TextAreaField field={text} label={t(`work.macro.text-${to}`, { customer })} rows={5} />
        </Addressed>
      )}
    </>
  )
}

/** Of what a macro did: where it is and in which state. What was said was read. */
function undoable(before: IncidentPage, after: IncidentPage): boolean {
  return Object.keys(fieldsBack(before, after)).length > 0 || stateBack(before, after) !== null
}

function fieldsBack(before: IncidentPage, after: IncidentPage) {
  return {
    ...(before.category !== after.category && { category: before.category }),
    ...(before.team?.id !== after.team?.id && { team: before.team?.id ?? null }),
    ...(before.assignee?.id !== after.assignee?.id && { assignee: before.assignee?.id ?? null }),
  }
}

function stateBack(before: IncidentPage, after: IncidentPage): IncidentPage['state'] | null {
  // On hold needs its reason again, and resolved its words.
  if (before.state === after.state || before.state === 'on-hold' || before.state === 'resolved') return null
  return reachable(incidentLifecycle, after.state).includes(before.state) ? before.state : null
}

async function takeBack(before: IncidentPage, after: IncidentPage, client: QueryClient, done: string): Promise<void> {
  const params = { id: before.id }
  try {
    const body = fieldsBack(before, after)
    if (Object.keys(body).length > 0) {
      showChanged(client, await call(api.changeIncident, { params, body, match: after.version }))
    }
    const to = stateBack(before, after)
    if (to !== null) showChanged(client, await call(api.transitIncident, { params, body: { to } }))
    notify(done)
  } catch (failure) {
    notify(failure instanceof Error ? failure.message : String(failure))
    void client.invalidateQueries({ queryKey: ['incidents'] })
  }
}
