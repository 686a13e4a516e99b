import { openMsBetween } from '#core/calendar.ts'
import { correctedHistory } from '#core/corrected-facts.ts'
import { wholeSeconds } from '#core/clock-text.ts'
import { barredFromInside, require } from '#core/may.ts'
import type { Context, Db } from '#platform/context.ts'
import type { OrderHolders, RequestPage } from './api.ts'
import { countOrderBehind } from './behind.ts'
import { explainOrderOf } from './explain.ts'
import { cutBy, type HeldTask, heldBy, type Holding } from './held.ts'
import { type KnownFact, readFacts } from './promise.ts'

type Holder = OrderHolders['shares'][number]['holder']

/** Who held an order while its promise was counted: the parts add up to what was counted. */
export async function readOrderHolders(context: Context, idOrNumber: string): Promise<OrderHolders> {
  require(barredFromInside(context.actor))
  const { db } = context
  const found = await explainOrderOf(context, idOrNumber)
  if (found === null) return { missed: false, elapsedSeconds: 0, stretches: [], shares: [], behind: [] }
  const { again, order, explanation } = found
  const { result, open } = again
  const facts = correctedHistory((await readFacts(db, [order.id])).get(order.id) ?? [], 'request.corrected')
  const held = heldBy(askedProvider(facts), await readTasks(db, order.id))
  const teams = await readTeams(db, [...new Set(held.flatMap(({ holding }) => holding?.teams ?? []))])
  let [elapsedMs, told] = [0, 0]
  const stretches = cutBy(result.segments, held).map(({ stretch: { kind, reason }, from, to, holding }) => {
    elapsedMs += kind === 'run' ? openMsBetween(open, from, to) : 0
    const countedSeconds = wholeSeconds(elapsedMs) - told
    told += countedSeconds
    const holder = kind === 'pause' ? pausedBy(reason) : holderOf(holding, teams)
    const wallSeconds = wholeSeconds(to - from)
    return { from: new Date(from), to: new Date(to), holder, wallSeconds, countedSeconds }
  })
  return {
    missed: explanation.state.startsWith('breached'),
    elapsedSeconds: wholeSeconds(result.elapsedMs),
    stretches,
    shares: sharesOf(stretches, wholeSeconds(result.elapsedMs)),
    behind: await countOrderBehind(db, relyingOf(again.versionId, order), { result, held, now: context.now.getTime() }),
  }
}

function relyingOf(versionId: string, { item, service, site, orderedAt }: RequestPage) {
  return { versionId, itemId: item.id, serviceId: service?.id ?? null, siteId: site?.id ?? null, orderedAt }
}

/** When somebody of ours was asked whether it may be, until they said. */
function askedProvider(facts: readonly Pick<KnownFact, 'kind' | 'at' | 'facts'>[]) {
  return facts.flatMap(({ kind, at, facts: said }, index) => {
    if (kind !== 'request.approval-asked' || said['side'] === 'customer') return []
    const answer = facts.slice(index + 1).find((each) => each.kind === 'request.approval' || isEnd(each))
    return [{ from: at, to: answer?.at ?? Infinity }]
  })
}

function isEnd({ kind, facts }: Pick<KnownFact, 'kind' | 'facts'>): boolean {
  return kind === 'request.state' && (facts['to'] === 'rejected' || facts['to'] === 'cancelled')
}

/** Its tasks with the teams that had them: as the order was made, and to whom they were given on. */
async function readTasks(db: Db, requestId: string): Promise<HeldTask[]> {
  const tasks = await db
    .selectFrom('requestTask')
    .innerJoin('request', 'request.id', 'requestTask.requestId')
    .innerJoin('catalogueItemVersion as v', 'v.id', 'request.itemVersionId')
    .select(['requestTask.id', 'teamId', 'position', 'openedAt', 'doneAt', 'requestTask.state', 'v.plan'])
    .select('request.closedAt')
    .where('requestId', '=', requestId)
    .execute()
  const given = await db
    .selectFrom('history')
    .select(['facts', 'occurredAt'])
    .where('subjectId', '=', requestId)
    .where('subjectType', '=', 'request')
    .where('kind', '=', 'request.task')
    .orderBy('occurredAt')
    .orderBy('sequence')
    .execute()
  return tasks.flatMap(({ id, teamId, position, openedAt, doneAt, plan, closedAt }) => {
    if (openedAt === null) return []
    const moves = given.flatMap(({ facts, occurredAt }) => {
      const { task, team } = facts as { readonly task?: string; readonly team?: string }
      return task === id && team !== undefined ? [{ at: occurredAt.getTime(), team }] : []
    })
    const planned = (plan as unknown as readonly { readonly team?: string | null }[])[position]?.team ?? null
    const first = { at: openedAt.getTime(), team: moves.length === 0 ? teamId : planned }
    const holding = [first, ...moves.filter(({ at }) => at > first.at)]
    const end = (doneAt ?? closedAt)?.getTime() ?? Infinity
    const stretches = holding.map(({ at, team }, index) => ({ from: at, to: holding[index + 1]?.at ?? end, team }))
    return [{ stretches }]
  })
}

interface Team {
  readonly name: string
  readonly kind: string
}

async function readTeams(db: Db, ids: readonly string[]): Promise<ReadonlyMap<string, Team>> {
  if (ids.length === 0) return new Map()
  const rows = await db.selectFrom('team').select(['id', 'name', 'kind']).where('id', 'in', ids).execute()
  return new Map(rows.map((team) => [team.id, team]))
}

/** What stands still waits for the customer's decision, or was there already. */
function pausedBy(reason: string | null): Holder {
  return { kind: reason === 'resolved' ? 'nobody' : 'customer', id: null, name: null }
}

function holderOf(holding: Holding | null, teams: ReadonlyMap<string, Team>): Holder {
  if (holding === null) return { kind: 'nobody', id: null, name: null }
  if (holding.kind === 'approver') return { kind: 'approver', id: null, name: null }
  const those = holding.teams.flatMap((id) => teams.get(id) ?? [])
  if (those.length === 0) return { kind: 'program', id: null, name: null }
  const kind = those.every((team) => team.kind === 'supplier') ? 'supplier' : 'team'
  const name = those.map((team) => team.name).join(', ')
  return { kind, id: holding.teams.length === 1 ? holding.teams[0]! : null, name }
}

function sharesOf(stretches: OrderHolders['stretches'], elapsedSeconds: number): OrderHolders['shares'] {
  const groups = Map.groupBy(stretches, ({ holder: { kind, name } }) => `${kind} ${name ?? ''}`)
  return [...groups.values()].map((those) => {
    const sum = (of: 'wallSeconds' | 'countedSeconds') => those.reduce((total, each) => total + each[of], 0)
    const countedSeconds = sum('countedSeconds')
    const share = elapsedSeconds === 0 ? null : { numerator: countedSeconds, denominator: elapsedSeconds }
    return { holder: those[0]!.holder, wallSeconds: sum('wallSeconds'), countedSeconds, share }
  })
}
