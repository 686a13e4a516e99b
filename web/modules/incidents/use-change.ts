import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import * as api from '#api/incidents'
import type { IncidentChange, IncidentPage } from '#api/incidents'
import { CallFailure } from '#web/http/call-failure.ts'
import { call } from '#web/http/call.ts'
import { showChanged } from './queries.ts'

/** What of an incident is being changed; the names that its form gives the fields. */
export type Editable = Readonly<Record<string, string>>

interface ChangeOptions<Values extends Editable> {
  readonly incident: IncidentPage
  /** The values of an incident, as the form shows them. */
  readonly read: (incident: IncidentPage) => Values
  readonly write: (edited: Partial<Values>, values: Values) => IncidentChange
}

interface Change<Values extends Editable> {
  readonly initial: Values
  /** What is there now, where somebody changed the same thing meanwhile; null while nobody did. */
  readonly moved: IncidentPage | null
  /** False when somebody changed the same meanwhile: then there is something to decide, and nothing was saved. */
  readonly save: (values: Values) => Promise<boolean>
}

/**
 * Changes an incident as it was when the form was opened. Sends only what was edited. When somebody else changed it
 * meanwhile, but nothing of that, it is sent again; else the form shows both and whoever edits decides.
 */
export function useChange<Values extends Editable>({ incident, read, write }: ChangeOptions<Values>): Change<Values> {
  const client = useQueryClient()
  const [opened] = useState(incident)
  const [moved, setMoved] = useState<IncidentPage | null>(null)
  const initial = read(opened)

  async function send(values: Values, version: number): Promise<IncidentPage> {
    const edited = editedOf(initial, values)
    if (Object.keys(edited).length === 0) return opened
    return call(api.changeIncident, { params: { id: opened.id }, body: write(edited, values), match: version })
  }

  return {
    initial,
    moved,
    async save(values) {
      const known = moved ?? opened
      try {
        showChanged(client, await send(values, known.version))
        return true
      } catch (thrown) {
        if (!(thrown instanceof CallFailure) || thrown.status !== 412) throw thrown
      }
      const fresh = await call(api.getIncident, { params: { id: opened.id } })
      if (collides(read(known), read(fresh), editedOf(initial, values))) {
        setMoved(fresh)
        showChanged(client, fresh)
        return false
      }
      showChanged(client, await send(values, fresh.version))
      return true
    },
  }
}

/** Of the values those that differ from what they were. */
export function editedOf<Values extends Editable>(initial: Values, values: Values): Partial<Values> {
  return Object.fromEntries(
    Object.entries(values).filter(([name, value]) => value !== initial[name]),
  ) as Partial<Values>
}

/** Whether somebody else changed one of the edited fields, to something else than it is edited to. */
export function collides<Values extends Editable>(before: Values, now: Values, edited: Partial<Values>): boolean {
  return Object.entries(edited).some(([name, mine]) => now[name] !== before[name] && now[name] !== mine)
}
