/*
 * The mechanics of a contract: on which day something has to be done at the latest (DOMAIN §2.5.7). All are local dates
 * where the contract is at home; a notice has to be there on its last day.
 */
import { daysAfter, monthsAfter, occurrences, readRecurrence } from '#core/recurrence.ts'

/** Something that may be used to go on with a contract, with the notice that it takes. */
export interface ExtensionOption {
  readonly name: string
  readonly months: number
  /** Days before the end by which it has to be said. */
  readonly noticeDays: number
  /** The day on which it was used; null: not yet. */
  readonly usedOn: string | null
}

export interface ContractDates {
  readonly startsOn: string
  /** Exclusive: the first day on which it no longer holds. Null: it goes on until somebody ends it. */
  readonly endsOn: string | null
  readonly noticeDays: number
  readonly options: readonly ExtensionOption[]
}

/** The day from which the contract no longer holds, with the options that were used; null where it has no end. */
export function endOf({ endsOn, options }: ContractDates): string | null {
  if (endsOn === null) return null
  return options.filter(({ usedOn }) => usedOn !== null).reduce((end, { months }) => monthsAfter(end, months), endsOn)
}

/** The last day on which something can be done, and what it is. */
export interface LastDay {
  readonly kind: 'notice' | 'option' | 'end'
  readonly on: string
  /** Of an option: its name. */
  readonly name: string | null
}

/** What the terms of a contract ask to be decided in `[from, to)`, the earliest first. */
export function termDays(dates: ContractDates, from: string, to: string): readonly LastDay[] {
  const end = endOf(dates)
  if (end === null) return []
  const open = dates.options.filter(({ usedOn }) => usedOn === null)
  const days: LastDay[] = [
    { kind: 'end', on: daysAfter(end, -1), name: null },
    { kind: 'notice', on: daysAfter(end, -dates.noticeDays), name: null },
    // Options are used in their order: only the next one can be.
    ...open
      .slice(0, 1)
      .map(({ name, noticeDays }) => ({ kind: 'option', on: daysAfter(end, -noticeDays), name }) as const),
  ]
  return days.filter(({ on }) => on >= from && on < to).toSorted((one, other) => one.on.localeCompare(other.on))
}

/** When an obligation falls due in `[from, to)`: once, or by its rule, never from the end of the contract on. */
export function dueDays(
  obligation: { readonly rule: string | null; readonly firstOn: string },
  { from, to, end }: { readonly from: string; readonly to: string; readonly end: string | null },
): readonly string[] {
  const until = end !== null && end < to ? end : to
  const rule = obligation.rule === null ? null : readRecurrence(obligation.rule)
  if (rule === null) return obligation.firstOn >= from && obligation.firstOn < until ? [obligation.firstOn] : []
  return occurrences(rule, { start: obligation.firstOn, from, to: until })
}
