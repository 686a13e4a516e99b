import { queryOptions, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { IncidentPage } from '#api/incidents'
import * as api from '#api/tasks'
import { barredFromWorking, type ChecklistItem, type Task, type TimeEntry } from '#api/tasks'
import { barredFromInside } from '#core/may.ts'
import { call } from '#web/http/call.ts'
import { useAsker } from '#web/modules/people/index.ts'
import { Buttons, TextButton } from '#web/ui/button.tsx'
import { SideSection } from '#web/ui/page.tsx'
import { Problem } from '#web/ui/problem.tsx'
import { useText } from '#web/ui/text.tsx'
import { useFormat } from '#web/ui/use-format.ts'
import { TaskDialog } from './task-dialog.tsx'
import { TaskLine } from './task-line.tsx'
import { ChecklistDialog, TimeDialog } from './work-dialogs.tsx'
import classes from './incident-work.module.css'

const MINUTE_MS = 60_000

type Open = 'checklist' | 'time' | { readonly task: Task | null }

function workQuery(id: string) {
  return queryOptions({
    queryKey: ['incidents', 'one', id, 'work'],
    queryFn: ({ signal }) => call(api.readWork, { params: { id } }, signal),
  })
}

/** What is planned and counted of an incident: tasks, checklist, and one's own time. Nothing for a customer's people. */
export function IncidentWork({ incident, zone }: { readonly incident: IncidentPage; readonly zone: string }) {
  const asker = useAsker()
  if (barredFromInside(asker) !== null) return null
  return <Work incident={incident} zone={zone} may={barredFromWorking(asker) === null} />
}

interface WorkProps {
  readonly incident: IncidentPage
  readonly zone: string
  readonly may: boolean
}

function Work({ incident, zone, may }: WorkProps) {
  const t = useText()
  const client = useQueryClient()
  const { data } = useQuery(workQuery(incident.number))
  const [open, setOpen] = useState<Open | null>(null)
  const [problem, setProblem] = useState<unknown>(null)
  const { tasks = [], checklist = [], time = [] } = data ?? {}
  /** Does something, and shows what is there then. */
  async function act(work: () => Promise<unknown>) {
    setProblem(null)
    try {
      await work()
    } catch (failure) {
      setProblem(failure)
    }
    await client.invalidateQueries({ queryKey: ['incidents', 'one'] })
  }
  const done = async () => {
    setOpen(null)
    await client.invalidateQueries({ queryKey: ['incidents', 'one'] })
  }
  if (!may && tasks.length + checklist.length + time.length === 0) return null
  return (
    <>
      <SideSection title={t('work.tasks')}>
        {problem !== null && <Problem failure={problem} />}
        <ul className={classes.lines}>
          {tasks.map((task) => (
            <TaskLine key={task.id} task={task} may={may} onAct={act} onEdit={() => setOpen({ task })} />
          ))}
        </ul>
        {may && (
          <Buttons>
            <TextButton className="pl-small" onClick={() => setOpen({ task: null })}>
              {t('work.tasks.add')}
            </TextButton>
            <TextButton className="pl-small" onClick={() => setOpen('checklist')}>
              {t('work.checklist.add')}
            </TextButton>
            <TextButton className="pl-small" onClick={() => setOpen('time')}>
              {t('work.time.add')}
            </TextButton>
          </Buttons>
        )}
      </SideSection>
      {checklist.length > 0 && <Checklist items={checklist} may={may} onAct={act} />}
      {time.length > 0 && <TimeSpent entries={time} onAct={act} />}
      {open === 'checklist' && <ChecklistDialog incident={incident} onDone={done} onClose={() => setOpen(null)} />}
      {open === 'time' && <TimeDialog incident={incident} onDone={done} onClose={() => setOpen(null)} />}
      {open !== null && typeof open === 'object' && (
        <TaskDialog incident={incident} task={open.task} zone={zone} onDone={done} onClose={() => setOpen(null)} />
      )}
    </>
  )
}

type Act = (work: () => Promise<unknown>) => Promise<void>

interface ChecklistProps {
  readonly items: readonly ChecklistItem[]
  readonly may: boolean
  readonly onAct: Act
}

function Checklist({ items, may, onAct }: ChecklistProps) {
  const t = useText()
  const done = items.filter(({ doneAt }) => doneAt !== null).length
  return (
    <SideSection title={t('work.checklist')}>
      <p className="pl-small pl-quiet">{t('work.checklist.count', { done, all: items.length })}</p>
      <ul className={classes.lines}>
        {items.map(({ id, text, doneAt, version }) => (
          <li key={id} data-over={doneAt !== null || undefined}>
            <label className={`${classes.tick} ${classes.what}`}>
              <input
                type="checkbox"
                checked={doneAt !== null}
                disabled={!may}
                onChange={() =>
                  void onAct(() =>
                    call(api.tickItem, { params: { id }, body: { done: doneAt === null }, match: version }),
                  )
                }
              />
              <span>{text}</span>
            </label>
            {may && (
              <button
                type="button"
                className={classes.remove}
                aria-label={t('work.checklist.remove', { text })}
                onClick={() => void onAct(() => call(api.removeItem, { params: { id } }))}
              >
                ×
              </button>
            )}
          </li>
        ))}
      </ul>
    </SideSection>
  )
}

/** One's own time, and that of whom one leads: whoever sees it is told who else does. */
function TimeSpent({ entries, onAct }: { readonly entries: readonly TimeEntry[]; readonly onAct: Act }) {
  const t = useText()
  const format = useFormat()
  const minutes = (of: readonly TimeEntry[]) =>
    format.duration(of.reduce((sum, each) => sum + each.minutes, 0) * MINUTE_MS)
  return (
    <SideSection title={t('work.time')}>
      <p className="pl-small">
        {t('work.time.sum', { sum: minutes(entries), billable: minutes(entries.filter(({ billable }) => billable)) })}
      </p>
      <ul className={classes.lines}>
        {entries.map((entry) => (
          <li key={entry.id}>
            <span className={classes.what}>
              <span>
                {format.duration(entry.minutes * MINUTE_MS)} {entry.note}
              </span>
              <span className="pl-quiet pl-tiny">
                {[
                  format.dayShort(new Date(`${entry.day}T12:00Z`), 'UTC'),
                  ...(entry.own ? [] : [entry.person.name]),
                  ...(entry.billable ? [t('work.time.is-billable')] : []),
                ].join(' · ')}
              </span>
            </span>
            {entry.own && (
              <button
                type="button"
                className={classes.remove}
                aria-label={t('work.time.remove', { minutes: entry.minutes })}
                onClick={() => void onAct(() => call(api.removeTime, { params: { id: entry.id } }))}
              >
                ×
              </button>
            )}
          </li>
        ))}
      </ul>
      <p className="pl-tiny pl-quiet">{t('work.time.who-sees')}</p>
    </SideSection>
  )
}
