/**
 * Classes of records and how long each is kept where nobody said otherwise, in months (DOMAIN §5.4; which ground the law
 * gives is for counsel). `anonymous`: persons are replaced by who stands in for them, words about them are covered, files go,
 * and everything that figures are counted from stays. `gone`: the records are deleted.
 */
export const retentionClasses = {
  tickets: { months: 13, becomes: 'anonymous' },
  orders: { months: 13, becomes: 'anonymous' },
  contacts: { months: 13, becomes: 'anonymous' },
  conversations: { months: 3, becomes: 'gone' },
  mails: { months: 13, becomes: 'gone' },
  answers: { months: 12, becomes: 'anonymous' },
  'time-booked': { months: 36, becomes: 'gone' },
  searches: { months: 13, becomes: 'gone' },
  'old-tickets': { months: 84, becomes: 'gone' },
} as const satisfies Record<string, { readonly months: number; readonly becomes: 'anonymous' | 'gone' }>

export type RetentionClass = keyof typeof retentionClasses

export const retentionClassNames = Object.keys(retentionClasses) as readonly RetentionClass[] as readonly [
  RetentionClass,
  ...RetentionClass[],
]

/** How long records of a class are kept; a country by its ISO code, '' where no other rule holds; null is for good. */
export interface RetentionPeriod {
  readonly class: RetentionClass
  readonly country: string
  readonly months: number | null
}

/** Before which moment a record of a class is old enough, by country; null where it is kept for good. */
export interface Cutoffs {
  readonly usual: Date | null
  readonly countries: ReadonlyMap<string, Date | null>
}

/** The rule for the country holds, else the one for all others, else what is usual. */
export function cutoffsOf(name: RetentionClass, periods: readonly RetentionPeriod[], now: Date): Cutoffs {
  const own = periods.filter((period) => period.class === name)
  const forAll = own.find(({ country }) => country === '')
  const before = (months: number | null) => (months === null ? null : monthsBefore(now, months))
  return {
    usual: before(forAll === undefined ? retentionClasses[name].months : forAll.months),
    countries: new Map(
      own.filter(({ country }) => country !== '').map(({ country, months }) => [country, before(months)]),
    ),
  }
}

/** The same day so many months ago, in UTC; of a month that has no such day, its last one. */
export function monthsBefore(now: Date, months: number): Date {
  const before = new Date(now)
  before.setUTCDate(1)
  before.setUTCMonth(before.getUTCMonth() - months)
  const last = new Date(Date.UTC(before.getUTCFullYear(), before.getUTCMonth() + 1, 0)).getUTCDate()
  before.setUTCDate(Math.min(now.getUTCDate(), last))
  return before
}
