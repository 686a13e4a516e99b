const DAY_MS = 86_400_000

const two = Array.from({ length: 100 }, (_, number) => String(number).padStart(2, '0'))
const three = Array.from({ length: 1000 }, (_, number) => String(number).padStart(3, '0'))

/** The day that was written last: moments that are written one after the other are mostly near each other. */
let day = Number.NaN
let date = ''

/** A moment (whole epoch milliseconds) as `Date.prototype.toISOString` writes it, for whoever writes millions. */
export function isoOf(at: number): string {
  const days = Math.floor(at / DAY_MS)
  if (days !== day) {
    date = new Date(days * DAY_MS).toISOString().slice(0, -13)
    day = days
  }
  const ms = at - days * DAY_MS
  const seconds = Math.floor(ms / 1000)
  const minutes = Math.floor(seconds / 60)
  return `${date}${two[Math.floor(minutes / 60)]}:${two[minutes % 60]}:${two[seconds % 60]}.${three[ms % 1000]}Z`
}
