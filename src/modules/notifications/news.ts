import { type RawBuilder, sql } from 'kysely'
import { pauseReasons } from '#core/clock-terms.ts'
import { waitText } from '#core/clock-text.ts'
import { barredBeyondPortal, barredFromInside } from '#core/may.ts'
import { localAt } from '#core/zone.ts'
import type { Actor, Db } from '#platform/context.ts'
import type { Notification } from './api.ts'
import type { NotificationKind } from './kind.ts'
import { titleOf } from './text.ts'

/** Of what was said, so much. */
const EXCERPT = 280
/** An update is what its readers wait for. */
const UPDATE = 2000

/** A notification with the fact that it tells, as far as its reader sees them. */
export interface NewsRow {
  readonly id: string
  readonly kind: NotificationKind
  readonly factId: string
  readonly factKind: string
  readonly facts: Readonly<Record<string, unknown>>
  readonly at: Date
  readonly readAt: Date | null
  readonly subjectType: string
  readonly subjectId: string
  readonly number: string | null
  readonly title: string | null
  readonly customer: string | null
  readonly actor: string | null
  readonly team: string | null
  readonly sortKey: string
}

/**
 * Notifications of whoever the transaction belongs to, the newest first: row-level security leaves away whatever they lost
 * sight of since.
 *
 * @param where Of `n`, the notification.
 */
export async function readNews(
  db: Db,
  actor: Actor,
  { where, limit }: { readonly where: RawBuilder<unknown>; readonly limit: number },
): Promise<NewsRow[]> {
  const inside = barredFromInside(actor) === null
  const names = inside
    ? sql`(select name from person where person.id = h.actor_id) as actor,
        (select name from team where team.id::text = h.facts->'team'->>'to') as team`
    : sql`null as actor, null as team`
  const { rows } = await sql<NewsRow>`
    select n.id, n.kind, n.fact_id, h.kind as fact_kind, h.facts, h.occurred_at as at, n.read_at, n.subject_type, n.subject_id,
      coalesce(i.number, r.number) as number,
      coalesce(i.title, r.name->>${actor.language}, r.name->>'en', r.name->>'de', a.text) as title, customer.name as customer, ${names}, n.created_at::text as sort_key
    from notification n
    join history h on h.id = n.fact_id and h.occurred_at = n.fact_at
    left join major_incident m on n.subject_type = 'major-incident' and m.id = n.subject_id
    left join incident i on i.id = case when n.subject_type = 'incident' then n.subject_id else m.incident_id end
    left join request r on n.subject_type = 'request' and r.id = n.subject_id
    left join action a on n.subject_type = 'action' and a.id = n.subject_id
    left join customer on customer.id = n.customer_id
    where n.person_id = ${actor.personId} and ${where}
    order by n.created_at desc, n.id desc limit ${limit}`.execute(db)
  return rows
}

/** A notification in its reader's words. */
export function newsIn(row: NewsRow, actor: Actor, zone: string): Notification {
  const { id, kind, factKind, facts, at, readAt, number, title, customer } = row
  const { language } = actor
  const text = (value: unknown) => (typeof value === 'string' ? value : '')
  const values = {
    number: number ?? '',
    who: row.actor ?? text(facts['author']),
    // The provider's people have no names for a customer's.
    named: (row.actor ?? text(facts['author'])) === '' ? 'no' : 'yes',
    team: row.team ?? '',
    kind: kind.replaceAll('-', '_'),
    to: text(facts['to']).replaceAll('-', '_'),
    priority: text(facts['to']).toUpperCase(),
    metric: text(facts['metric']).replaceAll('-', '_'),
    name: text(facts['name']),
    percent: Number(facts['percent'] ?? 0),
    due: facts['due'] ? momentIn(text(facts['due']), zone, language) : '',
    level: Number(facts['level'] ?? 0),
    role: text(facts['role']).replaceAll('-', '_'),
  }
  return {
    id,
    kind,
    at,
    readAt,
    title: titleOf(language, factKind, values),
    text: excerpt(
      text(facts['text']) || text(facts['note']) || reasonIn(row, language),
      factKind === 'major-incident.update' ? UPDATE : EXCERPT,
    ),
    about: [title, customer].filter((part) => part !== null).join(' · '),
    path: pathOf(row, actor),
  }
}

/** Why, as somebody wrote it, or as we call what they chose; that it waits for its reader stands in the title. */
function reasonIn({ factKind, facts, kind }: NewsRow, language: Actor['language']): string {
  const { reason } = facts
  // Of these the title says it.
  if (typeof reason !== 'string' || /^(?:incident\.priority$|webhook\.)/.test(factKind)) return ''
  if (factKind !== 'incident.state') return reason
  const waits = pauseReasons.find((each) => each === reason)
  if (kind === 'answered' || waits === undefined) return ''
  const said = waitText(language, waits)
  return `${said.charAt(0).toUpperCase()}${said.slice(1)}`
}

function excerpt(text: string, most: number): string {
  const flat = text.replace(/\s+/g, ' ').trim()
  return flat.length <= most ? flat : `${flat.slice(0, most - 1).trimEnd()}…`
}

/** Where a notification opens: for whoever only reports there is the portal alone. */
function pathOf({ subjectType, subjectId, factKind, facts, number }: NewsRow, actor: Actor): string {
  const inPortal = barredBeyondPortal(actor) !== null
  if (subjectType === 'request' && number !== null) {
    if (factKind === 'request.approval-asked') return inPortal ? '/portal/approvals' : '/requests/approvals'
    return `${inPortal ? '/portal' : ''}/requests/${encodeURIComponent(number)}`
  }
  if (number !== null && inPortal) return `/portal/reports/${encodeURIComponent(number)}`
  const escalation = facts['escalation']
  if (factKind.startsWith('incident.escalat') && typeof escalation === 'string') return `/escalations/${escalation}`
  if (subjectType === 'major-incident') return `/major-incidents/${subjectId}`
  if (subjectType === 'incident' && number !== null) return `/incidents/${encodeURIComponent(number)}`
  return `/${subjectType}s/${subjectId}`
}

function momentIn(iso: string, zone: string, language: 'en' | 'de'): string {
  const at = Date.parse(iso)
  if (Number.isNaN(at)) return ''
  return new Intl.DateTimeFormat(language === 'de' ? 'de-DE' : 'en-GB', {
    weekday: 'short',
    hour: '2-digit',
    minute: '2-digit',
    timeZone: 'UTC',
  }).format(localAt(zone, at))
}
