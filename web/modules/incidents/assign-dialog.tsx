import type { IncidentPage } from '#api/incidents'
import { Button } from '#web/ui/button.tsx'
import { Dialog } from '#web/ui/dialog.tsx'
import { TextAreaField } from '#web/ui/field.tsx'
import { Form, useForm } from '#web/ui/form.tsx'
import { notify } from '#web/ui/notices.tsx'
import { SearchField } from '#web/ui/search-field.tsx'
import { useText } from '#web/ui/text.tsx'
import { useTeams } from './choices.ts'
import { Conflict } from './conflict.tsx'
import { useChange } from './use-change.ts'

interface AssignDialogProps {
  readonly incident: IncidentPage
  readonly onClose: () => void
}

/** Which team has it, and who of them. */
export function AssignDialog({ incident, onClose }: AssignDialogProps) {
  const t = useText()
  const teams = useTeams()
  const change = useChange({
    incident,
    read: ({ team, assignee }) => ({ team: team?.id ?? '', assignee: assignee?.id ?? '', note: '' }),
    write: ({ team, assignee, note }) => ({
      ...(note && { note: note.trim() }),
      ...(team !== undefined && { team: team || null }),
      ...(assignee !== undefined && { assignee: assignee || null }),
    }),
  })
  const form = useForm({
    initial: change.initial,
    submit: async (values) => {
      if (!(await change.save(values))) return
      notify(t('incidents.done.assign', { number: incident.number }))
      onClose()
    },
  })
  const chosen = teams.find(({ id }) => id === form.values.team)
  const members = chosen?.members ?? []
  const people = [
    ...members,
    ...(incident.assignee && chosen?.id === incident.team?.id && !members.some(({ id }) => id === incident.assignee?.id)
      ? [incident.assignee]
      : []),
  ]
  const option = ({ id, name }: { readonly id: string; readonly name: string }) => ({ value: id, label: name })
  const team = form.field('team')
  const { moved } = change
  return (
    <Dialog title={t('incidents.assign.title', { number: incident.number })} onClose={onClose}>
      <Form
        form={form}
        action={t(moved ? 'incidents.conflict.keep' : 'incidents.assign.do')}
        barred={form.dirty || change.moved ? null : t('incidents.change.same')}
        beside={<Button onClick={onClose}>{t(moved ? 'incidents.conflict.take' : 'incidents.not-now')}</Button>}
      >
        <SearchField
          // Whoever was in charge there is of that team.
          field={{ ...team, onChange: (id) => form.set({ team: id, assignee: '' }) }}
          label={t('incidents.team')}
          autoFocus
          options={[{ value: '', label: t('incidents.nobody') }, ...teams.map(option)]}
        />
        <SearchField
          field={form.field('assignee')}
          label={t('incidents.assignee')}
          hint={t('incidents.assign.assignee-hint')}
          options={[{ value: '', label: t('incidents.assign.anybody') }, ...people.map(option)]}
        />
        <TextAreaField
          field={form.field('note')}
          label={t('work.hand.note')}
          hint={t('work.hand.note-hint')}
          optional
          rows={3}
        />
        {moved && (
          <Conflict
            moved={moved}
            lines={[
              {
                name: t('incidents.team'),
                theirs: moved.team?.name ?? t('incidents.nobody'),
                mine: chosen?.name ?? t('incidents.nobody'),
              },
              {
                name: t('incidents.assignee'),
                theirs: moved.assignee?.name ?? t('incidents.assign.anybody'),
                mine: people.find(({ id }) => id === form.values.assignee)?.name ?? t('incidents.assign.anybody'),
              },
            ].filter(({ theirs, mine }) => theirs !== mine)}
          />
        )}
      </Form>
    </Dialog>
  )
}
