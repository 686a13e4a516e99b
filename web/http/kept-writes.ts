import type { Endpoint } from '#core/endpoint.ts'

/** A write that could not be sent. */
export interface UnsentWrite {
  readonly endpoint: Endpoint
  readonly url: string
  readonly params: Readonly<Record<string, unknown>>
  readonly body: unknown
  /** The same each time it is sent, so that it is done once, also when only the answer was lost. */
  readonly key: string
}

/** Keeps what cannot be sent now, to send it later. */
export interface WriteKeeper {
  readonly keeps: (endpoint: Endpoint) => boolean
  /** What the caller gets in place of the answer. */
  readonly keep: (write: UnsentWrite) => Promise<unknown>
}

let keeper: WriteKeeper | null = null

/** Who keeps writes while there is no network; null: they fail. */
export function keepWritesBy(by: WriteKeeper | null): void {
  keeper = by
}

export function keeperFor(endpoint: Endpoint): WriteKeeper | null {
  return keeper?.keeps(endpoint) ? keeper : null
}
