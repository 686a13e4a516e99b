import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import * as api from '#api/incidents'
import type { IncidentPage, PauseReason } from '#api/incidents'
import { call } from '#web/http/call.ts'
import { notify } from '#web/ui/notices.tsx'
import { useText } from '#web/ui/text.tsx'
import { showChanged } from './queries.ts'
import { stateAfter, type Step } from './steps.ts'

export interface StepWords {
  readonly reason?: PauseReason
  readonly cancelledFor?: 'mistake' | 'reclassified'
  readonly note?: string
  /** What shows that it is so. */
  readonly evidence?: string
  /** How it ended, by the list of codes. */
  readonly resolutionCode?: string
  /** The cause is still there. */
  readonly workaround?: boolean
  /** When what waits goes on by itself. */
  readonly resumeAt?: Date
}

/** Takes a step and shows what became of it. Fails as the call does, after asking what is there now. */
export function useStep(incident: IncidentPage): (step: Step, words?: StepWords) => Promise<void> {
  const t = useText()
  const client = useQueryClient()
  return async (step, words = {}) => {
    try {
      const changed = await call(api.transitIncident, {
        params: { id: incident.id },
        body: { to: stateAfter(step), ...words },
      })
      showChanged(client, changed)
      notify(t(`incidents.done.${step}`, { number: incident.number }))
    } catch (thrown) {
      // Somebody else took a step before: the page then shows which.
      void client.invalidateQueries({ queryKey: ['incidents'] })
      throw thrown
    }
  }
}

/** A step without questions: whether it is under way, and what went wrong. */
export function useDirectStep(incident: IncidentPage) {
  const take = useStep(incident)
  const [busy, setBusy] = useState<Step | null>(null)
  const [problem, setProblem] = useState<unknown>(null)
  async function run(step: Step) {
    setBusy(step)
    setProblem(null)
    try {
      await take(step)
    } catch (thrown) {
      setProblem(thrown)
    } finally {
      setBusy(null)
    }
  }
  return { busy, problem, run: (step: Step) => void run(step) }
}
