import type { HistoryEntry, IncidentPage } from '#api/incidents'
import type { Endpoint } from '#core/endpoint.ts'
import { newId } from '#core/id.ts'
import { keepWrite, type KeptWrite } from '#web/app/outbox.ts'
import { queryClient } from '#web/app/query-client.ts'
import type { UnsentWrite, WriteKeeper } from '#web/http/kept-writes.ts'

/** By method and path: the operations themselves, with the shapes of all they carry, come with the pages that call them. */
const kinds: Readonly<Record<string, KeptWrite['what']>> = {
  'POST /incidents/:id/notes': 'note',
  'POST /incidents/:id/transitions': 'step',
  'POST /incidents': 'incident',
}

function kindOf({ method, path }: Endpoint): KeptWrite['what'] | undefined {
  return kinds[`${method} ${path}`]
}

/** Keeps what an agent on the move writes of incidents: notes, steps, new ones. `told` when something is kept. */
export function keeperOf(personId: string, told: (write: KeptWrite) => void): WriteKeeper {
  return {
    keeps: (endpoint) => kindOf(endpoint) !== undefined,
    async keep(unsent) {
      const { endpoint, url, body, key } = unsent
      const shown = shownIncident(unsent)
      const write: KeptWrite = {
        id: key,
        personId,
        url,
        body,
        what: kindOf(endpoint) ?? 'note',
        about: shown?.number ?? (body as { title?: string }).title ?? '',
        at: new Date(),
        refusal: null,
      }
      await keepWrite(write)
      told(write)
      return standIn(unsent, shown)
    },
  }
}

/** The incident that is written to, as the page shows it. */
function shownIncident({ params }: UnsentWrite): IncidentPage | undefined {
  const id = params['id']
  return queryClient
    .getQueriesData<IncidentPage>({ queryKey: ['incidents', 'one'] })
    .map(([, data]) => data)
    .find((incident) => incident?.id === id || incident?.number === id)
}

/** What the page goes on with until the server has answered: as if it had been done. */
function standIn({ endpoint, body, params }: UnsentWrite, shown: IncidentPage | undefined): unknown {
  const now = new Date()
  if (kindOf(endpoint) === 'note') {
    const { text, visibility = 'internal' } = body as { text: string; visibility?: HistoryEntry['visibility'] }
    const entry: HistoryEntry = {
      id: newId(),
      kind: 'incident.note',
      occurredAt: now,
      recordedAt: now,
      actor: null,
      visibility,
      facts: { text },
    }
    return entry
  }
  if (kindOf(endpoint) === 'step') {
    const { to, reason = null } = body as { to: IncidentPage['state']; reason?: string | null }
    return { ...shown, id: shown?.id ?? params['id'], state: to, pauseReason: to === 'on-hold' ? reason : null }
  }
  // It has no number yet: without one the page goes back to the list.
  return { ...(body as object), number: '', priority: '' }
}
