/** What the program answered for, and so has to be there whatever happened since. */
export interface Ledger {
  /** Titles of incidents by the state that the program said they have. */
  readonly incidents: Map<string, string>
  /** Months that were locked. */
  readonly locked: Set<string>
  /** Imports that were started, with the numbers of their tickets elsewhere. */
  readonly imports: Map<string, readonly string[]>
  /** What was sent for each of them. */
  readonly files: Map<string, Buffer>
  /** Reviews that were ordered. */
  readonly reviews: Set<string>
  /** Subjects of mails that lie in the mailbox. */
  readonly mails: Set<string>
  /** Versions of calendars that were answered for. */
  readonly calendarVersions: Set<string>
  /** What was refused although nothing speaks against it. */
  readonly refused: string[]
  /** Requests that had to be sent more than once. */
  repeated: number
}

export function emptyLedger(): Ledger {
  return {
    incidents: new Map(),
    locked: new Set(),
    imports: new Map(),
    files: new Map(),
    reviews: new Set(),
    mails: new Set(),
    calendarVersions: new Set(),
    refused: [],
    repeated: 0,
  }
}
