import { type RawBuilder, sql } from 'kysely'
import type { MeetingKind } from './api.ts'

/** Begun so much later is still on time. */
const ON_TIME = sql`interval '5 minutes'`

/** What a meeting `r` of a forum `f` is counted as; each of them counts meetings whose time has come alone. */
export function meetingsThat(now: Date): Readonly<Record<MeetingKind, RawBuilder<boolean>>> {
  const over = sql<boolean>`r.planned_at < ${now}`
  return {
    planned: over,
    held: sql`(${over} and r.state = 'held')`,
    'on-time': sql`(${over} and r.began_at <= r.planned_at + ${ON_TIME})`,
    full: sql`(${over} and r.state = 'held' and (select count(*) from forum_attendance a where a.run_id = r.id) >= f.quorum
      and (r.minutes is not null or exists (select from action where origin_kind = 'forum-run' and origin_id = r.id)
        or exists (select from decision where origin_kind = 'forum-run' and origin_id = r.id)))`,
    unrecorded: isUnrecorded(now),
  }
}

/** Whether the time of a meeting `r` of a forum `f` is over, and nobody has said whether it was held. */
export function isUnrecorded(now: Date): RawBuilder<boolean> {
  return sql`(r.state = 'planned' and r.planned_at + make_interval(mins => f.minutes) < ${now})`
}
