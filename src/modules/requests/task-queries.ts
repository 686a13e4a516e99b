import { sql } from 'kysely'
import { notFound } from '#core/failure.ts'
import { barredFromInside } from '#core/may.ts'
import type { Context } from '#platform/context.ts'
import { keyOf, pageFrom } from '#platform/paging.ts'
import type { Task, TasksQuery } from './api.ts'

/** Tasks of requests in sight; who does them, and what they brought, only for the provider's people. */
function tasks({ db, actor }: Pick<Context, 'db' | 'actor'>) {
  const inside = barredFromInside(actor) === null
  return db
    .selectFrom('requestTask as t')
    .innerJoin('request as r', 'r.id', 't.requestId')
    .innerJoin('customer as c', 'c.id', 'r.customerId')
    .select([
      't.id',
      't.position',
      't.stage',
      't.kind',
      't.title',
      't.state',
      't.plannedSeconds',
      't.openedAt',
      't.startedAt',
      't.doneAt',
      'r.id as requestId',
      'r.number',
      'r.name',
      'r.promisedAt',
      'c.id as customerId',
      'c.name as customerName',
      sql<Task['request']['requester']>`(select json_build_object('id', p.id, 'name', p.name) from person p
        where p.id = r.requester_id)`.as('requester'),
    ])
    .$if(inside, (query) =>
      query
        .leftJoin('team', 'team.id', 't.teamId')
        .leftJoin('person as a', 'a.id', 't.assigneeId')
        .select(['t.uses', 't.result', 'team.id as teamId', 'team.name as teamName'])
        .select(['a.id as assigneeId', 'a.name as assigneeName'])
        .select(
          sql<Task['call']>`(select json_build_object('state', k.state, 'attempts', k.attempts, 'status', k.status,
            'problem', k.problem) from request_call k where k.task_id = t.id order by k.created_at desc, k.id desc limit 1)`.as(
            'call',
          ),
        ),
    )
}

type Row = Awaited<ReturnType<ReturnType<typeof tasks>['execute']>>[number]

function viewOf(row: Row): Task {
  const { requestId, number, name, promisedAt, customerId, customerName, requester } = row
  return {
    id: row.id,
    request: {
      id: requestId,
      number,
      name: name as unknown as Task['request']['name'],
      customer: { id: customerId, name: customerName },
      requester,
      promisedAt,
    },
    position: row.position,
    stage: row.stage,
    kind: row.kind as Task['kind'],
    title: row.title as unknown as Task['title'],
    team: row.teamId ? { id: row.teamId, name: row.teamName ?? '' } : null,
    assignee: row.assigneeId ? { id: row.assigneeId, name: row.assigneeName ?? '' } : null,
    state: row.state as Task['state'],
    plannedSeconds: row.plannedSeconds,
    uses: row.uses ?? [],
    result: row.result ?? null,
    call: row.call ?? null,
    openedAt: row.openedAt,
    startedAt: row.startedAt,
    doneAt: row.doneAt,
  }
}

/** What has no promise is last. */
const LAST = '9999-12-31T00:00:00Z'

/** A page of them. */
export async function listTasks(
  context: Context,
  { state, team, mine, item, position, limit, cursor }: TasksQuery,
): Promise<{ items: Task[]; nextCursor: string | null }> {
  const { actor } = context
  const after = keyOf(cursor, ['moment', 'id'])
  const done = state === 'done'
  const key = done ? sql<string>`t.done_at` : sql<string>`coalesce(r.promised_at, ${LAST}::timestamptz)`
  const rows = await tasks(context)
    .select(sql<string>`${key}::text`.as('sortKey'))
    .where('t.state', 'in', done ? ['done'] : ['open', 'started', 'failed'])
    // A call that is under way is nobody's work yet.
    .$if(!done, (query) =>
      query.where((where) => where.or([where('t.kind', '=', 'people'), where('t.state', '<>', 'started')])),
    )
    .$if(team !== undefined, (query) => query.where('t.teamId', '=', team!))
    .$if(item !== undefined, (query) => query.where('t.itemId', '=', item!))
    .$if(position !== undefined, (query) => query.where('t.position', '=', position!))
    .$if(mine === true, (query) =>
      query.where(
        sql<boolean>`(t.assignee_id = ${actor.personId}::uuid or (t.assignee_id is null
          and t.team_id in (select m.team_id from team_member m where m.person_id = ${actor.personId}::uuid)))`,
      ),
    )
    .$if(after !== undefined, (query) =>
      query.where(
        done
          ? sql<boolean>`(${key}, t.id) < (${after?.[0]}::timestamptz, ${after?.[1]}::uuid)`
          : sql<boolean>`(${key}, t.id) > (${after?.[0]}::timestamptz, ${after?.[1]}::uuid)`,
      ),
    )
    .orderBy(key, done ? 'desc' : 'asc')
    .orderBy('t.id', done ? 'desc' : 'asc')
    .limit(limit + 1)
    .execute()
  const { items, nextCursor } = pageFrom(rows, limit, ({ sortKey, id }) => [sortKey, id])
  return { items: items.map(viewOf), nextCursor }
}

/** What has to be done for one request, in its order. */
export async function tasksOf(context: Context, requestId: string): Promise<Task[]> {
  const rows = await tasks(context).where('t.requestId', '=', requestId).orderBy('t.position').execute()
  return rows.map(viewOf)
}

export async function taskOf(context: Context, id: string): Promise<Task> {
  const row = await tasks(context).where('t.id', '=', id).executeTakeFirst()
  if (row === undefined) throw notFound('request-task.not-found')
  return viewOf(row)
}

/** One of a request. Throws when there is none in sight. */
export async function requireTask(context: Context, requestId: string, id: string): Promise<Task> {
  const found = await taskOf(context, id)
  if (found.request.id !== requestId) throw notFound('request-task.not-found')
  return found
}
