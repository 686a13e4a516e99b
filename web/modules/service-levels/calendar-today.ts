/** The local date of today, in the zone of the browser. */
export function todayDate(): string {
  const now = new Date()
  return new Date(Date.UTC(now.getFullYear(), now.getMonth(), now.getDate())).toISOString().slice(0, 10)
}

export function thisYear(): number {
  return new Date().getFullYear()
}

/** Today, and the same day a year later, which is not in the year any more. */
export function comingYear(): { readonly today: string; readonly end: string } {
  const today = todayDate()
  return { today, end: `${Number(today.slice(0, 4)) + 1}${today.slice(4)}` }
}
