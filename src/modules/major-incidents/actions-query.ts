import type { Db } from '#platform/context.ts'
import type { actionKinds } from './major-incident.ts'

export interface ActionRow {
  readonly id: string
  readonly kind: (typeof actionKinds)[number]
  readonly what: string
  readonly owner: { readonly id: string; readonly name: string } | null
  /** A local date. */
  readonly due: string | null
  readonly verification: string
  readonly doneAt: Date | null
  readonly version: number
}

/** What is to be different afterwards, the first written first. */
export async function readActions(db: Db, majorIncidentId: string): Promise<ActionRow[]> {
  const rows = await db
    .selectFrom('majorIncidentAction as a')
    .leftJoin('person', 'person.id', 'a.ownerId')
    .select([
      'a.id',
      'a.kind',
      'a.what',
      'a.due',
      'a.verification',
      'a.doneAt',
      'a.version',
      'a.ownerId',
      'person.name',
    ])
    .where('a.majorIncidentId', '=', majorIncidentId)
    .orderBy('a.createdAt')
    .orderBy('a.id')
    .execute()
  return rows.map(({ ownerId, name, kind, ...row }) => ({
    ...row,
    kind: kind as ActionRow['kind'],
    owner: ownerId === null ? null : { id: ownerId, name: name ?? '' },
  }))
}
