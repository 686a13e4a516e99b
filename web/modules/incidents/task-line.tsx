import { useState } from 'react'
import * as api from '#api/tasks'
import { nextTaskStates, type Task, type TaskState } from '#api/tasks'
import { call } from '#web/http/call.ts'
import { TextButton } from '#web/ui/button.tsx'
import { Menu, MenuItem } from '#web/ui/menu.tsx'
import { useText } from '#web/ui/text.tsx'
import { useFormat } from '#web/ui/use-format.ts'
import { TaskOverDialog } from './task-over-dialog.tsx'
import classes from './incident-work.module.css'

interface TaskLineProps {
  readonly task: Task
  readonly may: boolean
  readonly onAct: (work: () => Promise<unknown>) => Promise<void>
  readonly onEdit: () => void
}

/** A task: what, whose, when and how it stands; the likely next step on it, the others under one more. */
export function TaskLine({ task, may, onAct, onEdit }: TaskLineProps) {
  const t = useText()
  const about = useAbout(task)
  const [asking, setAsking] = useState<'done' | 'failed' | null>(null)
  const { id, title, kind, state, version } = task
  const over = state === 'done' || state === 'failed' || state === 'dropped'
  const [likely, ...others] = over ? [] : nextTaskStates(kind, state)
  const step = (to: TaskState) => {
    // What was done at a place is told with the way there and what was used; what failed, with why.
    if (to === 'failed' || (to === 'done' && kind === 'field')) setAsking(to)
    else void onAct(() => call(api.changeTask, { params: { id }, body: { state: to }, match: version }))
  }
  const words = (to: TaskState) => t(`work.tasks.step.${to}`, { kind })
  return (
    <li data-over={over || undefined}>
      <label className={classes.tick}>
        <input
          type="checkbox"
          checked={state === 'done'}
          disabled={!may}
          aria-label={t(over ? 'work.tasks.reopen' : 'work.tasks.finish', { title })}
          onChange={() => step(over ? 'open' : 'done')}
        />
      </label>
      <span className={classes.what}>
        {may ? (
          <TextButton aria-label={t('work.tasks.edit', { title })} onClick={onEdit}>
            {title}
          </TextButton>
        ) : (
          title
        )}
        {about.length > 0 && <span className="pl-quiet pl-tiny">{about.join(' · ')}</span>}
        {may && likely !== undefined && (
          <span className={classes.steps}>
            <TextButton
              className="pl-small"
              aria-label={t('work.tasks.step-of', { step: words(likely), title })}
              onClick={() => step(likely)}
            >
              {words(likely)}
            </TextButton>
            <Menu
              button={
                <TextButton className="pl-small" aria-label={t('work.tasks.more', { title })}>
                  {t('incidents.more')}
                </TextButton>
              }
            >
              {others.map((to) => (
                <MenuItem key={to} onClick={() => step(to)}>
                  {words(to)}
                </MenuItem>
              ))}
            </Menu>
          </span>
        )}
      </span>
      {asking !== null && (
        <TaskOverDialog
          task={task}
          to={asking}
          onDone={async () => {
            setAsking(null)
            await onAct(() => Promise.resolve())
          }}
          onClose={() => setAsking(null)}
        />
      )}
    </li>
  )
}

/** Kind, state, whose and when; of what is over the way there, what was used, and why it did not succeed. */
function useAbout(task: Task): readonly string[] {
  const t = useText()
  const format = useFormat()
  const { kind, state, team, person, dueAt, appointment, failedFor, travelMinutes, parts } = task
  const over = state === 'done' || state === 'failed' || state === 'dropped'
  return [
    t(`work.tasks.kind.${kind}`),
    state === 'open' || state === 'done' ? null : t(`work.tasks.state.${state}`),
    failedFor,
    person?.name ?? team?.name,
    appointment &&
      t('work.tasks.appointment', {
        from: format.instant(appointment.from, appointment.zone),
        to: format.time(appointment.to, appointment.zone),
        zone: format.zone(appointment.zone, appointment.from),
      }),
    dueAt && !over ? t('work.tasks.due-at', { when: format.instant(dueAt) }) : null,
    travelMinutes === null ? null : t('work.tasks.travelled', { minutes: travelMinutes }),
    ...parts.map(({ name, quantity }) => t('work.tasks.used', { quantity, name })),
  ].flatMap((each) => (each ? [each] : []))
}
