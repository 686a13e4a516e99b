import { sql } from 'kysely'
import { notFound } from '#core/failure.ts'
import type { Context } from '#platform/context.ts'
import type { View } from './api.ts'

/** Own ones and shared ones, by name; the database says which are shared with whom. */
export async function listViews(context: Context, page: string | undefined): Promise<{ items: View[] }> {
  const rows = await selectViews(context)
    .$if(page !== undefined, (query) => query.where('savedView.page', '=', page!))
    .orderBy(sql`lower(saved_view.name)`)
    .orderBy('savedView.id')
    .limit(500)
    .execute()
  return { items: await viewsOf(context, rows) }
}

/** One that is in sight. Throws when there is none. */
export async function readView(context: Context, id: string): Promise<View> {
  const rows = await selectViews(context).where('savedView.id', '=', id).execute()
  const [found] = await viewsOf(context, rows)
  if (found === undefined) throw notFound('view.not-found')
  return found
}

/** One's own, locked until the transaction ends. Throws when there is none, or somebody else made it. */
export async function lockOwnView({ db, actor }: Context, id: string) {
  const row = await db
    .selectFrom('savedView')
    .selectAll()
    .where('id', '=', id)
    .where('ownerId', '=', actor.personId)
    .forUpdate()
    .executeTakeFirst()
  if (!row) throw notFound('view.not-found')
  return row
}

function selectViews({ db, actor }: Context) {
  return db
    .selectFrom('savedView')
    .leftJoin('defaultView', (join) =>
      join.onRef('defaultView.viewId', '=', 'savedView.id').on('defaultView.personId', '=', actor.personId),
    )
    .select([
      'savedView.id',
      'savedView.page',
      'savedView.name',
      'savedView.search',
      'savedView.sharedWith',
      'savedView.teamId',
      'savedView.ownerId',
      'savedView.version',
      'defaultView.viewId as usualId',
    ])
}

type ViewRow = Awaited<ReturnType<ReturnType<typeof selectViews>['execute']>>[number]

/** Names beside: a customer's people may not ask for teams, and share with none. */
async function viewsOf({ db, actor }: Context, rows: readonly ViewRow[]): Promise<View[]> {
  const teamIds = rows.flatMap(({ teamId }) => teamId ?? [])
  const teams =
    teamIds.length === 0 ? [] : await db.selectFrom('team').select(['id', 'name']).where('id', 'in', teamIds).execute()
  const ownerIds = [...new Set(rows.map(({ ownerId }) => ownerId))]
  const owners =
    ownerIds.length === 0
      ? []
      : await db.selectFrom('person').select(['id', 'name']).where('id', 'in', ownerIds).execute()
  return rows.map(({ sharedWith, teamId, ownerId, usualId, search, ...row }) => ({
    ...row,
    search: search as View['search'],
    shared: sharedWith as View['shared'],
    team: teams.find(({ id }) => id === teamId) ?? null,
    own: ownerId === actor.personId,
    owner: owners.find(({ id }) => id === ownerId)?.name ?? null,
    usual: usualId !== null,
  }))
}
