import type { IncidentPage } from '#api/incidents'
import * as api from '#api/tasks'
import { nextTaskStates, type Task, taskKinds } from '#api/tasks'
import { call } from '#web/http/call.ts'
import { Dialog } from '#web/ui/dialog.tsx'
import { FieldRow, SelectField, TextField } from '#web/ui/field.tsx'
import { Form, useForm } from '#web/ui/form.tsx'
import { MomentField } from '#web/ui/moment-field.tsx'
import { notify } from '#web/ui/notices.tsx'
import { SearchField } from '#web/ui/search-field.tsx'
import { useText } from '#web/ui/text.tsx'
import { useColleagues, useTeams } from './choices.ts'

interface TaskDialogProps {
  readonly incident: IncidentPage
  /** Null for a new one. */
  readonly task: Task | null
  /** Where it is to be done: appointments are made by the clocks there. */
  readonly zone: string
  readonly onDone: () => Promise<void>
  readonly onClose: () => void
}

/** Something to be done: what, by whom, until when, and by appointment. */
export function TaskDialog({ incident, task, zone: usual, onDone, onClose }: TaskDialogProps) {
  const t = useText()
  const teams = useTeams()
  const colleagues = useColleagues()
  const zone = task?.appointment?.zone ?? usual
  const initial: {
    readonly title: string
    readonly kind: Task['kind']
    readonly team: string
    readonly person: string
    readonly dueAt: Date | null
    readonly from: Date | null
    readonly to: Date | null
    readonly state: Task['state']
  } = {
    title: task?.title ?? '',
    kind: task?.kind ?? 'remote',
    team: task?.team?.id ?? incident.team?.id ?? '',
    person: task?.person?.id ?? '',
    dueAt: task?.dueAt ?? null,
    from: task?.appointment?.from ?? null,
    to: task?.appointment?.to ?? null,
    state: task?.state ?? 'open',
  }
  const form = useForm({
    initial,
    paths: { 'appointment.to': 'to', 'appointment.from': 'from' },
    check: ({ title, from, to }) => ({
      ...(title.trim() === '' && { title: t('work.tasks.title-needed') }),
      ...((from === null) !== (to === null) || (from !== null && to !== null && to <= from)
        ? { to: t('work.tasks.order') }
        : {}),
    }),
    submit: async ({ title, kind, team, person, dueAt, from, to, state }) => {
      const appointment = from === null || to === null ? null : { from, to, zone }
      const body = { title: title.trim(), kind, team: team || null, person: person || null, dueAt, appointment }
      await (task === null
        ? call(api.addTask, { params: { id: incident.id }, body })
        : call(api.changeTask, {
            params: { id: task.id },
            body: { ...body, ...(state !== task.state && { state }) },
            match: task.version,
          }))
      notify(t('work.tasks.saved'))
      await onDone()
    },
  })
  const option = ({ id, name }: { readonly id: string; readonly name: string }) => ({ value: id, label: name })
  const nobody = { value: '', label: t('work.tasks.nobody') }
  const { field } = form
  return (
    <Dialog title={t(task === null ? 'work.tasks.add' : 'work.tasks.change')} onClose={onClose} width={600}>
      <Form form={form} action={t('work.save')} onCancel={onClose}>
        <TextField field={field('title')} label={t('work.tasks.title')} maxLength={400} autoFocus />
        <SelectField
          field={field('kind')}
          label={t('work.tasks.kind')}
          options={taskKinds.map((value) => ({ value, label: t(`work.tasks.kind.${value}`) }))}
        />
        <FieldRow>
          <SearchField field={field('team')} label={t('work.tasks.team')} options={[nobody, ...teams.map(option)]} />
          <SearchField
            field={field('person')}
            label={t('work.tasks.person')}
            options={[nobody, ...colleagues.map(option)]}
          />
        </FieldRow>
        <MomentField field={field('dueAt')} label={t('work.tasks.due')} zone={zone} />
        <FieldRow>
          <MomentField field={field('from')} label={t('work.tasks.from')} zone={zone} />
          <MomentField field={field('to')} label={t('work.tasks.to')} zone={zone} />
        </FieldRow>
        {task !== null && (
          <SelectField
            field={field('state')}
            label={t('work.tasks.state')}
            options={[task.state, ...nextTaskStates(task.kind, task.state).filter((each) => each !== 'failed')].map(
              (value) => ({
                value,
                label: t(`work.tasks.state.${value}`),
              }),
            )}
          />
        )}
      </Form>
    </Dialog>
  )
}
