import type { Compilable } from 'kysely'
import { newId } from '#core/id.ts'
import type { Context } from '#platform/context.ts'
import { inserting } from '#platform/insert.ts'

/** Something that happened. */
export interface Fact {
  /** Given by {@link namedFacts} where it is needed before it is written. */
  readonly id?: string
  readonly subjectType: string
  readonly subjectId: string
  readonly customerId: string | null
  /** In the past tense: `incident.resolved`. */
  readonly kind: `${string}.${string}`
  readonly facts?: Readonly<Record<string, unknown>>
  /** Whether the customer may read it. */
  readonly visibility?: 'public' | 'internal'
  /** When it was true; the context's moment unless given. */
  readonly occurredAt?: Date
  /** Names it among the facts of its subject, so that it is never written twice. */
  readonly sourceKey?: string
}

/** What is read of a fact to tell it again. */
export const factColumns = [
  'history.id',
  'history.kind',
  'history.occurredAt',
  'history.recordedAt',
  'history.facts',
  'history.visibility',
] as const

/** Writes facts down in their order, and queues a job for every module that listens for them. */
export async function record(context: Context, ...facts: readonly Fact[]): Promise<void> {
  const named = namedFacts(context, facts)
  await context.db.executeQuery(writeFacts(context, named))
  await announce(context, named)
}

type NamedFact = Fact & { readonly id: string }

/** The same facts with the ids under which they are written, for whoever announces them apart from writing them. */
export function namedFacts({ now }: Context, facts: readonly Fact[]): readonly NamedFact[] {
  return facts.map((fact) => ({ ...fact, id: fact.id ?? newId(now.getTime()) }))
}

/** Queues a job for every module that listens for these facts. */
export async function announce({ listeners, enqueue, now }: Context, facts: readonly NamedFact[]): Promise<void> {
  for (const { id, kind, subjectId, occurredAt = now } of facts) {
    const happened = { subjectId, factId: id, at: occurredAt.toISOString() }
    for (const job of listeners[kind] ?? []) if (job.wants?.(kind) !== false) await enqueue(job, happened)
  }
}

/** The statement that writes facts down, for whoever says it with others and announces them. */
export function writeFacts({ db, actor, now, cause }: Context, facts: readonly Fact[]): Compilable {
  const rows = facts.map((fact, sequence) => ({
    id: fact.id ?? newId(now.getTime()),
    subjectType: fact.subjectType,
    subjectId: fact.subjectId,
    customerId: fact.customerId,
    kind: fact.kind,
    facts: JSON.stringify(fact.facts ?? {}),
    visibility: fact.visibility ?? 'internal',
    actorId: actor.personId,
    sequence,
    sourceKey: fact.sourceKey ?? null,
    occurredAt: fact.occurredAt ?? now,
    recordedAt: now,
    ...(cause !== undefined && { causeId: cause }),
  }))
  if (facts.every(({ sourceKey }) => sourceKey === undefined)) return inserting('history', rows)
  return db
    .insertInto('history')
    .values(rows)
    .onConflict((conflict) =>
      conflict.columns(['subjectId', 'sourceKey', 'occurredAt']).where('sourceKey', 'is not', null).doNothing(),
    )
}

/** What an auditor reads: who did what to what. Facts name fields, never secrets. */
export interface AuditEntry {
  readonly action: string
  readonly subjectType?: string
  readonly subjectId?: string
  readonly customerId?: string | null
  readonly facts?: Readonly<Record<string, unknown>>
}

/** Adds to the audit, in the transaction of what it tells of. */
export async function audit(context: Context, entry: AuditEntry): Promise<void> {
  await context.db.executeQuery(writeAudit([[context, entry]]))
}

/** The statement that adds to the audit what was done in each of these contexts. */
export function writeAudit(entries: readonly (readonly [Context, AuditEntry])[]): Compilable {
  return inserting(
    'audit',
    entries.map(([{ actor, now, requestId }, entry]) => ({
      id: newId(now.getTime()),
      at: now,
      actorId: actor.personId,
      action: entry.action,
      subjectType: entry.subjectType ?? null,
      subjectId: entry.subjectId ?? null,
      customerId: entry.customerId ?? null,
      requestId,
      facts: JSON.stringify(entry.facts ?? {}),
    })),
  )
}
