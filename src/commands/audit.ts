import { parseArgs } from 'node:util'
import { type Head, linkEntries, verifyChain } from '#modules/audit'
import { system } from '#platform/context.ts'
import { transaction } from '#platform/database.ts'
import type { CommandWorld } from './command.ts'
import { sayCommand } from './text.ts'

function optionsOf(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: { head: { type: 'string' }, help: { type: 'boolean', default: false } },
    })
  } catch {
    return null
  }
}

/** `NUMBER:HASH`, as it was told before; null where it is something else. */
function headOf(text: string): Head | null {
  const [, number, hash] = /^(\d{1,15}):([0-9a-f]{64})$/i.exec(text) ?? []
  return number === undefined ? null : { number: Number(number), hash: Buffer.from(hash!, 'hex') }
}

/**
 * `audit verify [--head NUMBER:HASH]`: compares the chain with the audit. Exit 1 when an entry was changed, taken away or
 * put in, or when the chain does not go through the link that was told before.
 */
export async function auditCommand(
  args: readonly string[],
  { database: { db }, out, err, json, language }: CommandWorld,
): Promise<number> {
  const given = optionsOf(args)
  const known = given?.values.head === undefined ? undefined : headOf(given.values.head)
  const isUse = given !== null && given.positionals.length === 1 && given.positionals[0] === 'verify' && known !== null
  if (!isUse || given.values.help) {
    out(sayCommand(language, 'audit.usage'))
    return given?.values.help ? 0 : 2
  }
  await linkEntries({
    inTransaction: (work) =>
      transaction(db, system, 'read write', (tx) =>
        work({
          db: tx,
          actor: system,
          now: new Date(),
          requestId: 'audit',
          listeners: {},
          enqueue: async () => undefined,
        }),
      ),
  })
  const onProgress = (number: number) => err(String(number))
  const { head, faults, ...counts } = await verifyChain(db, known ? { known, onProgress } : { onProgress })
  const hash = head?.hash.toString('hex') ?? null
  if (json) {
    out(JSON.stringify({ ...counts, head: head === null ? null : { number: head.number, hash }, faults }))
    return counts.faultCount === 0 ? 0 : 1
  }
  for (const { kind, number, entry, at } of faults)
    out(
      sayCommand(language, `audit.${kind === 'head' ? 'told' : kind}`, {
        number: number ?? '–',
        entry: entry ?? '–',
        at: at ?? '–',
      }),
    )
  if (counts.faultCount > 0) out(sayCommand(language, 'audit.broken', { count: counts.faultCount }))
  else out(sayCommand(language, 'audit.holds', { entries: counts.entries, aged: counts.aged }))
  if (head !== null) out(sayCommand(language, 'audit.head', { head: `${head.number}:${hash}` }))
  return counts.faultCount === 0 ? 0 : 1
}
