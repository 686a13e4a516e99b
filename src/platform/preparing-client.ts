import type { EventEmitter } from 'node:events'
import type { Writable } from 'node:stream'
import { sql } from 'kysely'
import { Client, type ClientConfig, type QueryResult } from 'pg'
import { ACCESS_CHANGED, tellAccessChanged } from '#platform/access-change.ts'

/** So many statements are kept prepared on one connection; the program has fewer that it says often. */
const PREPARED_AT_MOST = 400

/** So many are remembered that might be said often. */
const ASKED_AT_MOST = 2000

/** From so many times on a statement is prepared: what is said once costs more to prepare than to say. */
const PREPARED_FROM = 3

/**
 * A client that prepares what it is asked often: parsing and planning again each time costs the database more than the
 * work itself does. Not so for searches and pages of incidents, whose plan depends on what is looked for.
 */
export class PreparingClient extends Client {
  /** How often statements were said that are not prepared, by role and text. */
  readonly #asked = new Map<string, number>()
  readonly #prepared = new Map<string, string>()
  #role = ''
  #gathering = false
  /** In a transaction that only reads, whose end nobody waits for. */
  #reading = false
  #failed = false
  #owed: NodeJS.Timeout | undefined

  constructor(config?: string | ClientConfig) {
    super(config)
    let accessChanged = false
    this.on('notice', ({ message }) => {
      accessChanged ||= message === ACCESS_CHANGED
    })
    const { connection } = this as unknown as { readonly connection: EventEmitter }
    connection.on('readyForQuery', ({ status }: { readonly status: string }) => {
      this.#failed = status === FAILED
      if (!accessChanged || status !== IDLE) return
      // It is written, and nobody has heard so yet.
      accessChanged = false
      tellAccessChanged()
    })
  }

  // @ts-expect-error One of the many forms of `query`: those of a text and its values, which the query builder uses.
  override query(text: unknown, values?: unknown, ...rest: unknown[]): Promise<QueryResult> | void {
    this.#gather()
    const ask = super.query.bind(this) as (...all: unknown[]) => Promise<QueryResult>
    if (this.#owed !== undefined) this.#end(ask)
    if (text === 'commit' && this.#reading && !this.#failed) {
      this.#owed = setTimeout(() => this.#end(ask), OWED_MS).unref()
      return Promise.resolve(COMMITTED)
    }
    if (typeof text === 'string' && text.startsWith('begin ')) this.#reading = text.startsWith('begin read only')
    const name = typeof text === 'string' && Array.isArray(values) ? this.#nameOf(text, values) : undefined
    return name === undefined ? ask(text, values, ...rest) : ask({ name, text, values }, ...rest)
  }

  /** Ends what was only read, ahead of whatever is asked next. */
  #end(ask: (text: string) => Promise<QueryResult>): void {
    clearTimeout(this.#owed)
    this.#owed = undefined
    this.#reading = false
    // Should the connection be gone, so is the transaction.
    ask('commit').catch(() => undefined)
  }

  /** What is asked before anybody else has a turn goes out in one piece. */
  #gather(): void {
    const { stream } = (this as unknown as { connection: { stream: Writable } }).connection
    if (this.#gathering) return
    this.#gathering = true
    stream.cork()
    process.nextTick(() => {
      this.#gathering = false
      stream.uncork()
    })
  }

  #nameOf(text: string, values: readonly unknown[]): string | undefined {
    const role = ROLE_OF.exec(text)?.[1]
    if (role !== undefined) this.#role = role
    // What may be several statements at once, as the beginning of a transaction is, has no values and cannot be prepared.
    if (values.length === 0 && !ONE_SELECT.test(text)) return undefined
    // A plan holds for one role; said by another, the statement would be read and planned anew each time they take turns.
    const key = `${this.#role} ${text}`
    const name = this.#prepared.get(key)
    if (name !== undefined) return name
    if ((values.length > 0 && isPlannedByValues(text)) || changesWithTable(text)) return undefined
    if (this.#prepared.size >= PREPARED_AT_MOST) return undefined
    const times = (this.#asked.get(key) ?? 0) + 1
    if (times < PREPARED_FROM) {
      if (this.#asked.size >= ASKED_AT_MOST) this.#asked.delete(this.#asked.keys().next().value!)
      this.#asked.set(key, times)
      return undefined
    }
    this.#asked.delete(key)
    this.#prepared.set(key, `s${this.#prepared.size}`)
    return this.#prepared.get(key)
  }
}

/** How the database names a connection that is in no transaction, and one whose transaction failed. */
const IDLE = 'I'
const FAILED = 'E'

/** So long a transaction that only read stays open for the next statement to end it on its way: a trip for each request. */
const OWED_MS = 10
const COMMITTED = { command: 'COMMIT', rows: [] } as unknown as QueryResult

/** The role that a statement sets. */
const ROLE_OF = /\bset local role (\w+)/
const ONE_SELECT = /^\s*(?:select|with) [^;]*$/

/** Put into a search or a page of incidents whose best plan is the same whatever its values are. */
export const plannedOnce = sql.raw('/* planned once */')

/** What asks for all columns breaks when a newer version beside us adds one. */
function changesWithTable(text: string): boolean {
  return text.includes(' * ') || text.includes('.* ')
}

/** Searches and pages of incidents. */
function isPlannedByValues(text: string): boolean {
  if (text.includes('/* planned once */')) return false
  return text.includes('@@') || (text.includes(' limit ') && text.includes('from "incident"'))
}
