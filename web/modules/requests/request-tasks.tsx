import { useQueryClient, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import * as api from '#api/requests'
import type { Task } from '#api/requests'
import { barredFromInside, barredFromWorking } from '#core/may.ts'
import { call } from '#web/http/call.ts'
import { useAsker } from '#web/modules/people/index.ts'
import { Button, Buttons } from '#web/ui/button.tsx'
import { Dialog } from '#web/ui/dialog.tsx'
import { SelectField, TextAreaField } from '#web/ui/field.tsx'
import { Form, useForm } from '#web/ui/form.tsx'
import { notify } from '#web/ui/notices.tsx'
import { Problem } from '#web/ui/problem.tsx'
import { type Standing, State } from '#web/ui/state.tsx'
import { useText } from '#web/ui/text.tsx'
import { useFormat } from '#web/ui/use-format.ts'
import { useSaid } from './answers.tsx'
import { ReasonDialog } from './approval-steps.tsx'
import { teamsQuery } from './queries.ts'
import classes from './requests.module.css'

const standings: Readonly<Record<Task['state'], Standing>> = {
  waiting: 'none',
  open: 'soon',
  started: 'runs',
  done: 'met',
  failed: 'miss',
  cancelled: 'none',
}

/** What has to be done, stage by stage: what stands side by side goes on side by side. */
export function RequestTasks({ tasks }: { readonly tasks: readonly Task[] }) {
  const t = useText()
  const stages = [...new Set(tasks.map(({ stage }) => stage))].toSorted((one, other) => one - other)
  return (
    <ol className={classes.stages}>
      {stages.map((stage, index) => (
        <li key={stage}>
          <span className="pl-quiet pl-small">{t('requests.stage', { number: index + 1 })}</span>
          <ul className={classes.lines}>
            {tasks
              .filter((task) => task.stage === stage)
              .map((task) => (
                <TaskLine key={task.id} task={task} />
              ))}
          </ul>
        </li>
      ))}
    </ol>
  )
}

function TaskLine({ task }: { readonly task: Task }) {
  const t = useText()
  const saying = useSaid()
  const format = useFormat()
  const { title, state, team, assignee, plannedSeconds, result, call: called, kind, doneAt } = task
  return (
    <li>
      <div>
        <State is={standings[state]}>{t(`requests.task.${state}`)}</State> <b>{saying(title)}</b>{' '}
        <span className="pl-quiet">
          {[
            kind === 'call' ? t('requests.by-call') : team?.name,
            assignee?.name,
            doneAt === null
              ? t('requests.planned', { time: format.duration(plannedSeconds * 1000) })
              : format.instant(doneAt),
          ]
            .filter(Boolean)
            .join(' · ')}
        </span>
      </div>
      {result !== null && <p>{result}</p>}
      {called !== null && state !== 'done' && (
        <p className="pl-quiet pl-small">
          {t('requests.called', { attempts: called.attempts, problem: called.problem ?? 'none' })}
        </p>
      )}
      <TaskSteps task={task} />
    </li>
  )
}

/** What can be done with a task now. */
export function TaskSteps({ task }: { readonly task: Task }) {
  const t = useText()
  const client = useQueryClient()
  const asker = useAsker()
  const [open, setOpen] = useState<'done' | 'failed' | 'give' | null>(null)
  const [failure, setFailure] = useState<unknown>(null)
  const { id, request, state, kind } = task
  if (barredFromInside(asker) !== null || !['open', 'started', 'failed'].includes(state)) return null
  const reason = barredFromWorking(asker)
  const barred = reason && t(reason)
  async function move(body: api.TaskMove) {
    await call(api.moveTask, { params: { id: request.id, task: id }, body })
    notify(t('requests.task-moved', { number: request.number }))
    await client.invalidateQueries({ queryKey: ['requests'] })
  }
  const at = (body: api.TaskMove) => {
    setFailure(null)
    void move(body).catch(setFailure)
  }
  const close = () => setOpen(null)
  return (
    <>
      <Buttons>
        {(state !== 'started' || kind === 'call') && state !== 'started' && (
          <Button barred={barred} onClick={() => at({ to: 'started' })}>
            {t(kind === 'call' ? 'requests.call-again' : 'requests.take')}
          </Button>
        )}
        <Button barred={barred} onClick={() => setOpen('done')}>
          {t('requests.finish')}
        </Button>
        {state === 'open' && (
          <Button barred={barred} onClick={() => setOpen('give')}>
            {t('requests.give')}
          </Button>
        )}
        {state !== 'failed' && (
          <Button barred={barred} onClick={() => setOpen('failed')}>
            {t('requests.fail')}
          </Button>
        )}
      </Buttons>
      {failure !== null && <Problem failure={failure} />}
      {open === 'done' && <FinishDialog onFinish={(result) => move({ to: 'done', result })} onClose={close} />}
      {open === 'give' && <GiveDialog onGive={(team) => move({ to: 'open', team })} onClose={close} />}
      {open === 'failed' && (
        <ReasonDialog
          title={t('requests.fail')}
          action={t('requests.fail-do')}
          onSubmit={(result) => move({ to: 'failed', result })}
          onClose={close}
        />
      )}
    </>
  )
}

interface FinishProps {
  readonly onFinish: (result: string | undefined) => Promise<void>
  readonly onClose: () => void
}

function FinishDialog({ onFinish, onClose }: FinishProps) {
  const t = useText()
  const form = useForm({
    initial: { result: '' },
    submit: async ({ result }) => {
      await onFinish(result.trim() || undefined)
      onClose()
    },
  })
  return (
    <Dialog title={t('requests.finish')} onClose={onClose}>
      <Form form={form} action={t('requests.finish-do')} onCancel={onClose}>
        <TextAreaField
          field={form.field('result')}
          label={t('requests.result')}
          hint={t('requests.result-hint')}
          rows={3}
          maxLength={4000}
          optional
        />
      </Form>
    </Dialog>
  )
}

interface GiveProps {
  readonly onGive: (team: string) => Promise<void>
  readonly onClose: () => void
}

function GiveDialog({ onGive, onClose }: GiveProps) {
  const t = useText()
  const { data: teams = [] } = useQuery(teamsQuery())
  const form = useForm({
    initial: { team: '' },
    check: ({ team }) => ({ ...(team === '' && { team: t('requests.team-needed') }) }),
    submit: async ({ team }) => {
      await onGive(team)
      onClose()
    },
  })
  return (
    <Dialog title={t('requests.give')} onClose={onClose}>
      <Form form={form} action={t('requests.give')} onCancel={onClose}>
        <SelectField
          field={form.field('team')}
          label={t('requests.team')}
          options={[
            { value: '', label: t('requests.choose') },
            ...teams.map(({ id, name }) => ({ value: id, label: name })),
          ]}
        />
      </Form>
    </Dialog>
  )
}
