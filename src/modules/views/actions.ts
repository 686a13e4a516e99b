import { Failure, invalid } from '#core/failure.ts'
import { newId } from '#core/id.ts'
import { barredFromInside, require } from '#core/may.ts'
import { requireCustomer } from '#modules/customers'
import { requireTeam } from '#modules/people'
import { explaining } from '#platform/constraint.ts'
import type { Context, Db } from '#platform/context.ts'
import type { NewView, View, ViewChange } from './api.ts'
import { barredFromKeepingViews } from './may.ts'
import { lockOwnView, readView } from './queries.ts'

/** As many as one person keeps: more is a mistake of a program. */
const KEPT_AT_MOST = 200

/** Keeps a list as its owner sees it now. */
export async function addView(context: Context, { page, usual, ...content }: NewView): Promise<View> {
  const { db, actor, now } = context
  const ownerId = requireOwner(context)
  const { count } = await db
    .selectFrom('savedView')
    .select((of) => of.fn.countAll<number>().as('count'))
    .where('ownerId', '=', ownerId)
    .executeTakeFirstOrThrow()
  if (count >= KEPT_AT_MOST) throw new Failure('refused', 'view.too-many', { most: KEPT_AT_MOST })
  const id = newId(now.getTime())
  await explaining({ saved_view_name: 'view.name-taken' }, { name: content.name }, async () =>
    db
      .insertInto('savedView')
      .values({
        id,
        ownerId,
        ownerCustomerId: actor.access === 'customer' ? (actor.customers[0] ?? null) : null,
        page,
        name: content.name,
        ...(await contentOf(context, content)),
        createdAt: now,
      })
      .execute(),
  )
  if (usual) await setUsualView(db, { personId: ownerId, page, viewId: id })
  return readView(context, id)
}

/** Changes what is given; what a view is shared with goes together with its team. */
export async function changeView(
  context: Context,
  { id, version, change }: { readonly id: string; readonly version: number; readonly change: ViewChange },
): Promise<View> {
  requireOwner(context)
  const kept = await lockOwnView(context, id)
  if (kept.version !== version) throw new Failure('moved-on', 'request.moved-on')
  const content = await contentOf(context, {
    search: change.search ?? (kept.search as View['search']),
    shared: change.shared ?? (kept.sharedWith as View['shared']),
    team: change.team ?? kept.teamId ?? undefined,
  })
  const name = change.name ?? kept.name
  await explaining({ saved_view_name: 'view.name-taken' }, { name }, () =>
    context.db
      .updateTable('savedView')
      .set({ name, ...content, version: version + 1 })
      .where('id', '=', id)
      .execute(),
  )
  return readView(context, id)
}

/** With which view a page opens for whoever asks; it need not be theirs, only in their sight. */
export async function chooseUsualView(
  context: Context,
  page: string,
  id: string | null,
): Promise<{ view: string | null }> {
  const { db } = context
  const personId = requireOwner(context)
  if (id !== null && (await readView(context, id)).page !== page) throw invalid('view.other-page')
  await setUsualView(db, { personId, page, viewId: id })
  return { view: id }
}

export async function removeView(context: Context, id: string): Promise<void> {
  requireOwner(context)
  await lockOwnView(context, id)
  await context.db.deleteFrom('savedView').where('id', '=', id).execute()
}

async function setUsualView(
  db: Db,
  { personId, page, viewId }: { readonly personId: string; readonly page: string; readonly viewId: string | null },
): Promise<void> {
  await db.deleteFrom('defaultView').where('personId', '=', personId).where('page', '=', page).execute()
  if (viewId !== null) await db.insertInto('defaultView').values({ personId, page, viewId }).execute()
}

/** What is stored of a view: whose customer it shows and with whom it is shared decide who sees it. */
async function contentOf(
  { db, actor }: Context,
  { search, shared, team }: Pick<NewView, 'search' | 'shared' | 'team'>,
) {
  const { customer } = search
  // Of a customer that the owner may see: else a shared view would tell that it exists.
  const customerId = typeof customer === 'string' ? (await requireCustomer(db, customer)).id : null
  if (shared !== 'team') return { search: JSON.stringify(search), customerId, sharedWith: shared, teamId: null }
  require(barredFromInside(actor))
  if (team === undefined) throw invalid('view.team-needed', {}, { errors: [{ path: 'team', message: '' }] })
  return { search: JSON.stringify(search), customerId, sharedWith: shared, teamId: (await requireTeam(db, team)).id }
}

function requireOwner({ actor }: Context): string {
  require(barredFromKeepingViews(actor))
  // Nobody but a person gets past that.
  return actor.personId!
}
