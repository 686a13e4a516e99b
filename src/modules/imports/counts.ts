/** What an import did, or would do. */
export interface ImportCounts {
  /** Of the file, without the header. */
  readonly rows: number
  /** Tickets that were not there before. */
  readonly tickets: number
  /** Tickets that were there, and got something new. */
  readonly updated: number
  /** Facts added to the history. */
  readonly events: number
  /** Rows that were not taken. */
  readonly rejected: number
  /** Values that were left out of rows that were taken. */
  readonly leftOut: number
  readonly seconds: number
  readonly encoding: string
  /** Bytes that fit no encoding were in it. */
  readonly damaged: boolean
}
