import type { Db } from '#platform/context.ts'
import type { MajorIncident } from './api.ts'
import type { UpdateAudience } from './major-incident.ts'
import type { SentUpdate } from './rhythm.ts'

export interface ToldUpdate extends SentUpdate {
  readonly id: string
  readonly audience: UpdateAudience
  readonly language: 'en' | 'de'
  readonly text: string
}

/** What audiences were told, the oldest first, as far as it is in sight. */
export async function readSentUpdates(db: Db, { id }: Pick<MajorIncident, 'id'>): Promise<ToldUpdate[]> {
  const rows = await db
    .selectFrom('history')
    .select(['id', 'occurredAt', 'facts'])
    .where('subjectId', '=', id)
    .where('subjectType', '=', 'major-incident')
    .where('kind', '=', 'major-incident.update')
    .orderBy('occurredAt')
    .orderBy('sequence')
    .execute()
  return rows.map(({ id: factId, occurredAt, facts }) => {
    const { nextDue, ...told } = facts as unknown as Omit<ToldUpdate, 'at' | 'nextDue' | 'id'> & {
      nextDue: string | null
    }
    return { ...told, id: factId, at: occurredAt, nextDue: nextDue === null ? null : new Date(nextDue) }
  })
}
