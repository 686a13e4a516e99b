import { createHash } from 'node:crypto'
import { canonicalJson, checkedPart, type ReviewFacts } from './facts.ts'
import type { LockedFacts } from './gather.ts'
import type { IncidentRow } from './incident-row.ts'

/** SHA-256 as hexadecimal digits. */
export function sha256(content: string | Uint8Array): string {
  return createHash('sha256').update(content).digest('hex')
}

/** Of the facts without version and moment: the same data gives the same. */
export function checksumOf(facts: ReviewFacts): string {
  return sha256(checkedPart(facts))
}

/** Of everything that was read in one lock, whichever editions were made of it. */
export function checksumOfLock(locked: LockedFacts, incidents: ReviewFacts['incidents']): string {
  return sha256(canonicalJson({ ...locked, lockedAt: undefined, incidents }))
}

/** Of a list that comes in parts: its length and the SHA-256 of its rows, a line of JSON each. */
export interface ListDigest {
  readonly add: (rows: readonly IncidentRow[]) => void
  readonly finish: () => ReviewFacts['incidents']
}

export function listDigest(): ListDigest {
  const hash = createHash('sha256')
  let count = 0
  return {
    add: (rows) => {
      count += rows.length
      hash.update(rows.map((row) => `${JSON.stringify(row)}\n`).join(''))
    },
    finish: () => ({ count, sha256: hash.digest('hex') }),
  }
}
