import type { Pool } from 'pg'
import type { Db } from '#platform/context.ts'
import { connect } from '#platform/database.ts'
import type { Log } from '#platform/log.ts'

/*
 * Reports may be read from a copy of the database that follows by streaming, so that whoever works waits for none of them.
 * How far it is behind is not asked of the copy: one that is cut off believes to be up to date. Each second the primary is
 * asked how far its log is; the copy has all that was there then when it has replayed that far.
 */

/** How far the log of the primary was at a moment, in bytes since it began. */
export interface LogMark {
  readonly at: number
  readonly position: bigint
}

/** `16/B374D848` as bytes. */
export function positionOf(lsn: string): bigint {
  const [high = '0', low = '0'] = lsn.split('/')
  return (BigInt(`0x${high}`) << 32n) + BigInt(`0x${low}`)
}

/**
 * How old what a copy shows is at most, in milliseconds: the time since the latest mark that it has reached; infinite where it
 * has reached none of those that are known.
 *
 * @param marks In the order of their moments.
 */
export function stalenessOf(marks: readonly LogMark[], replayed: bigint, now: number): number {
  const reached = marks.findLast(({ position }) => position <= replayed)
  return reached === undefined ? Infinity : now - reached.at
}

export interface Replica {
  /** To read reports from; null while it is not there or too far behind. */
  readonly reader: () => Db | null
  /** In milliseconds; infinite while that is not known. */
  readonly staleness: () => number
  readonly close: () => Promise<void>
}

const MARK_EACH_MS = 1000

interface ReplicaOptions {
  readonly primary: Pool
  readonly url: string
  /** Older than this nothing is told, in milliseconds. */
  readonly boundMs: number
  readonly log: Log
}

/**
 * How far a copy has replayed the log; nothing of it where it does not answer. Of a database that is idle it would seem to be
 * up to date for as long as nobody asked.
 */
async function replayedBy(copy: Pool): Promise<bigint> {
  try {
    const { rows } = await copy.query<{ lsn: string | null }>(
      'select case when pg_is_in_recovery() then pg_last_wal_replay_lsn() end::text as lsn',
    )
    return rows[0]?.lsn ? positionOf(rows[0].lsn) : 0n
  } catch {
    return 0n
  }
}

/** Follows a copy of the database. What it cannot reach costs nobody anything: then the primary answers. */
export function followReplica({ primary, url, boundMs, log }: ReplicaOptions): Replica {
  const replica = connect(url, { connections: 8 })
  let marks: LogMark[] = []
  let replayed = 0n
  let used = false
  const staleness = () => stalenessOf(marks, replayed, Date.now())

  async function look(): Promise<void> {
    // The moment is before the question: what comes between makes it older and never younger.
    const at = Date.now()
    try {
      const { rows } = await primary.query<{ lsn: string }>('select pg_current_wal_lsn()::text as lsn')
      marks = [...marks.filter((mark) => mark.at > at - 10 * boundMs), { at, position: positionOf(rows[0]!.lsn) }]
    } catch {
      // What was known grows old by itself.
    }
    replayed = await replayedBy(replica.pool)
    const uses = staleness() <= boundMs
    if (uses !== used)
      log.info({ replica: uses, behindMs: staleness() }, uses ? 'reports from a copy' : 'copy is behind')
    used = uses
  }

  let looking = look()
  const timer = setInterval(() => {
    looking = looking.then(look)
  }, MARK_EACH_MS)
  timer.unref()
  return {
    reader: () => (staleness() <= boundMs ? replica.db : null),
    staleness,
    close: async () => {
      clearInterval(timer)
      await looking
      await replica.close()
    },
  }
}
