/** Words that say nothing about which company it is. */
const LEGAL_FORMS = /\b(ag|gmbh|ltd|inc|llc|se|kg|plc|sa|co|corp|group|the|und|and|of)\b/gi

/**
 * A short key for a customer's numbers: initials of the name's words, or its first letters; made unique by a digit.
 * `Nordhafen Logistics` → `NL`, when that is taken `NL2`.
 */
export function keyFor(name: string, taken: ReadonlySet<string>): string {
  const words = plainLetters(name).replace(LEGAL_FORMS, ' ').split(/\s+/).filter(Boolean)
  const initials = words.map((word) => word[0]!).join('')
  const base = (words.length >= 2 ? initials : (words[0] ?? 'CUS')).slice(0, 4).toUpperCase().padEnd(2, 'X')
  const start = /^[A-Z]/.test(base) ? base : `C${base}`.slice(0, 4)
  if (!taken.has(start)) return start
  for (let digit = 2; ; digit++) {
    const key = `${start}${digit}`
    if (!taken.has(key)) return key
  }
}

/** `Müller & Söhne` → `Muller Sohne`: letters and digits that everybody can type, and blanks. */
function plainLetters(text: string): string {
  return text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/[^A-Za-z0-9 ]/g, ' ')
}
