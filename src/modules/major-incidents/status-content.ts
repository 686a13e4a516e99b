import { sql } from 'kysely'
import { type Language, languageOf } from '#core/text.ts'
import type { Db } from '#platform/context.ts'
import { currentStates, type MajorIncidentState } from './major-incident.ts'

/** What one audience of one customer is told. No name of a person is here; inside stands only in pages for inside. */
export interface StatusContent {
  /** Of the secret in its address, in hexadecimal digits. */
  readonly fingerprint: string
  readonly customer: string
  readonly timeZone: string
  readonly language: Language
  readonly provider: string
  readonly current: readonly Disturbance[]
  /** Over within the last fortnight, the latest first. */
  readonly past: readonly Disturbance[]
}

export interface Disturbance {
  readonly state: MajorIncidentState
  readonly services: readonly string[]
  readonly sites: readonly string[]
  readonly since: Date
  readonly restoredAt: Date | null
  readonly nextUpdateDue: Date | null
  /** For leaders alone; null where it is nobody's business, or not known. */
  readonly affectedUsers: number | null
  readonly businessImpact: string | null
  /** For technicians alone: which incident it is, and where they meet. */
  readonly number: string | null
  readonly bridge: string | null
  /** The latest first. */
  readonly updates: readonly ToldUpdate[]
}

export interface ToldUpdate {
  readonly at: Date
  readonly language: Language
  readonly text: string
}

/** So long what is over stays on the page. */
const PAST_DAYS = 14

/** Another text whenever anything that a status page tells is another. Versions only grow, so a late commit is seen too. */
export async function readStatusPrint(db: Db): Promise<string> {
  const { rows } = await sql<{ readonly print: string }>`
    select (select count(*) || ' ' || coalesce(sum(version), 0) from major_incident) || ' ' ||
      (select count(*) || ' ' || coalesce(sum(version), 0) from status_page) || ' ' ||
      (select count(*) || ' ' || coalesce(sum(version), 0) from incident where concerns_privacy or concerns_security) as print`.execute(
    db,
  )
  return rows[0]!.print
}

interface PageRow {
  readonly fingerprint: string
  readonly customerId: string
  readonly audience: string
  readonly customer: string
  readonly timeZone: string
  readonly language: string
}

interface MajorRow {
  readonly id: string
  readonly customerId: string
  readonly state: MajorIncidentState
  readonly services: readonly string[]
  readonly sites: readonly string[]
  readonly since: Date
  readonly restoredAt: Date | null
  readonly nextUpdateDue: Date | null
  readonly affectedUsers: number | null
  readonly businessImpact: string
  readonly number: string
  readonly bridge: string
}

interface UpdateRow {
  readonly majorId: string
  readonly audience: string
  readonly at: Date
  readonly language: string
  readonly text: string
}

/** Everything that status pages tell, as the program itself reads it. */
export async function readStatusContents(db: Db, now: Date, provider: string): Promise<StatusContent[]> {
  const { rows: pages } = await sql<PageRow>`
    select encode(p.fingerprint, 'hex') as fingerprint, p.customer_id, p.audience, c.name as customer, c.time_zone, c.language
    from status_page p join customer c on c.id = p.customer_id where p.revoked_at is null`.execute(db)
  if (pages.length === 0) return []
  const customers = [...new Set(pages.map(({ customerId }) => customerId))]
  const since = new Date(now.getTime() - PAST_DAYS * 86_400_000)
  const { rows: majors } = await sql<MajorRow>`
    select m.id, m.customer_id, m.state, least(i.occurred_at, i.opened_at) as since, m.restored_at, m.next_update_due,
      m.affected_users, m.business_impact, i.number, m.bridge,
      array(select name from service where id = any(m.service_ids) order by name) as services,
      array(select name from site where id = any(m.site_ids) order by name) as sites
    from major_incident m join incident i on i.id = m.incident_id
    where m.customer_id = any(${customers}::uuid[]) and m.declared_at is not null
      and not (i.concerns_privacy or i.concerns_security)
      and (m.state = any(${[...currentStates]}::text[]) or m.stood_down_at >= ${since})
    order by since desc, m.id`.execute(db)
  const { rows: updates } = await sql<UpdateRow>`
    select subject_id as major_id, facts->>'audience' as audience, occurred_at as at, facts->>'language' as language, facts->>'text' as text
    from history where subject_type = 'major-incident' and kind = 'major-incident.update'
      and subject_id = any(${majors.map(({ id }) => id)}::uuid[])
    order by occurred_at desc, sequence desc`.execute(db)
  return pages.map(({ customerId, audience, language, ...page }) => {
    const all = majors
      .filter((major) => major.customerId === customerId)
      .map(({ id, ...major }) => ({
        ...major,
        affectedUsers: audience === 'leaders' ? major.affectedUsers : null,
        businessImpact: audience === 'leaders' && major.businessImpact !== '' ? major.businessImpact : null,
        number: audience === 'technicians' ? major.number : null,
        bridge: audience === 'technicians' && major.bridge !== '' ? major.bridge : null,
        updates: updates
          .filter((update) => update.majorId === id && update.audience === audience)
          .map(({ at, text, language: spoken }) => ({ at, text, language: languageOf(spoken) })),
      }))
    const isCurrent = ({ state }: Disturbance) => currentStates.includes(state)
    return {
      ...page,
      language: languageOf(language),
      provider,
      current: all.filter(isCurrent),
      past: all.filter((major) => !isCurrent(major)),
    }
  })
}
