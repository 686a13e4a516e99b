import type { Context, Db } from '#platform/context.ts'
import type { Concerned, NewsFact, NewsSource } from '#platform/news.ts'
import type { NotificationKind } from './kind.ts'

/** Less of a target used up is no reason to call anybody. */
const AT_RISK_FROM_PERCENT = 75

type Whom = Concerned<NotificationKind>

/** Whom facts about incidents concern: whoever holds one, their team while nobody does, who watches, who reported it. */
export const incidentNews: NewsSource = {
  facts: [
    'incident.assigned',
    'incident.note',
    'incident.answer',
    'incident.state',
    'incident.priority',
    'incident.reader-named',
    'clock.at-risk',
    'clock.breached',
    'clock.behind-at-risk',
    'clock.behind-breached',
  ],
  concerns: async ({ db }, fact) => {
    const incident = await db
      .selectFrom('incident')
      .select(['id', 'assigneeId', 'teamId', 'requesterId'])
      .where('id', '=', fact.subjectId)
      .executeTakeFirst()
    return incident === undefined ? [] : concernedBy(db, fact, incident)
  },
}

interface Held {
  readonly id: string
  readonly assigneeId: string | null
  readonly teamId: string | null
  readonly requesterId: string | null
}

async function concernedBy(db: Db, { kind, facts, visibility }: NewsFact, incident: Held): Promise<readonly Whom[]> {
  const { id, assigneeId, requesterId } = incident
  const holder = (as: NotificationKind): Whom[] => (assigneeId === null ? [] : [{ personId: assigneeId, kind: as }])
  const reporter = (as: NotificationKind): Whom[] => (requesterId === null ? [] : [{ personId: requesterId, kind: as }])
  const watching = async (as: NotificationKind) =>
    (await watchersOf(db, id)).map((personId) => ({ personId, kind: as }))
  switch (kind) {
    case 'incident.assigned':
      return assignedTo(db, facts)
    case 'incident.note':
      return [
        ...mentionedIn(facts),
        ...holder('watched'),
        ...(await watching('watched')),
        ...(visibility === 'public' ? reporter('answered') : []),
      ]
    case 'incident.answer':
      return [
        ...holder('answered'),
        ...(assigneeId === null ? await ofTeam(db, incident) : []),
        ...(await watching('answered')),
      ]
    case 'incident.state':
      // That an answer took it up again is told with the answer.
      // That nobody said anything more is no news either.
      if (facts['automatic'] === 'answered' || facts['automatic'] === 'unanswered') return []
      return [
        ...holder('watched'),
        ...(await watching('watched')),
        ...(isForReporter(facts) ? reporter('answered') : []),
      ]
    case 'incident.reader-named':
      return typeof facts['person'] === 'string' ? [{ personId: facts['person'], kind: 'mentioned' }] : []
    case 'incident.priority':
      return [...holder('watched'), ...(await watching('watched'))]
    case 'clock.at-risk':
    case 'clock.behind-at-risk': {
      if (Number(facts['percent']) < AT_RISK_FROM_PERCENT) return []
      return assigneeId === null ? ofTeam(db, incident, 'clock-at-risk') : holder('clock-at-risk')
    }
    case 'clock.breached':
    case 'clock.behind-breached':
      return assigneeId === null ? ofTeam(db, incident, 'clock-missed') : holder('clock-missed')
    default:
      return []
  }
}

/** Whoever reported it hears of what asks something of them, or of the end. */
function isForReporter({ to, reason }: NewsFact['facts']): boolean {
  return to === 'restored' || to === 'resolved' || (to === 'on-hold' && reason === 'awaiting-requester')
}

/** People who are named in a note, as it was checked when it was written. */
function mentionedIn({ mentions }: NewsFact['facts']): Whom[] {
  const people = Array.isArray(mentions) ? (mentions as readonly { readonly id: string }[]) : []
  return people.map(({ id }) => ({ personId: id, kind: 'mentioned' }))
}

async function assignedTo(db: Db, { assignee, team }: NewsFact['facts']): Promise<readonly Whom[]> {
  const given = (change: unknown) => (change as { readonly to?: string | null } | undefined)?.to ?? null
  const personId = given(assignee)
  if (personId !== null) return [{ personId, kind: 'assigned' }]
  return ofTeam(db, { teamId: given(team) })
}

async function ofTeam(
  db: Db,
  { teamId }: Pick<Held, 'teamId'>,
  kind: NotificationKind = 'team',
): Promise<readonly Whom[]> {
  if (teamId === null) return []
  const rows = await db.selectFrom('teamMember').select('personId').where('teamId', '=', teamId).execute()
  return rows.map(({ personId }) => ({ personId, kind }))
}

/** Who follows an incident. */
async function watchersOf(db: Context['db'], incidentId: string): Promise<readonly string[]> {
  const rows = await db.selectFrom('incidentWatcher').select('personId').where('incidentId', '=', incidentId).execute()
  return rows.map(({ personId }) => personId)
}
