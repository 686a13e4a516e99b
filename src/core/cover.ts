/** What stands for each letter and digit that is covered: the language and the length of a text stay to be seen. */
export const COVER = '•'

const MAIL = /[\p{L}\p{N}._%+-]+@[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)+/gu
/** With a country code or an area code in front, in groups of any kind; a day is none. */
const PHONE = /(?<![\p{L}\p{N}.-])(?!\d{1,2}\.\d{1,2}\.\d{2,4})(?:\+|00|0)\d[\d ()/.-]{5,18}\d(?![\p{L}\p{N}])/gu
/** An account number of a bank (ISO 13616). */
const IBAN = /(?<![\p{L}\p{N}])[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){3,7}(?: ?[A-Z0-9]{1,3})?(?![\p{L}\p{N}])/gu
/** The number of a vehicle (ISO 3779): 17 letters and digits, some of each, without I, O and Q. */
const VEHICLE = /(?<![\p{L}\p{N}])(?=[A-Z0-9]*\d)(?=[A-Z0-9]*[A-Z])[A-HJ-NPR-Z0-9]{17}(?![\p{L}\p{N}])/gu

const FEWEST_DIGITS_OF_A_PHONE = 7

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

/** The same text with names, mail addresses, phone, bank account and vehicle numbers covered, of the same length. */
export function covered(text: string, names: readonly string[] = []): string {
  return namesIn(text, names)
    .replace(MAIL, cover)
    .replace(IBAN, cover)
    .replace(VEHICLE, cover)
    .replace(PHONE, (number) =>
      (number.match(/\d/g) ?? []).length >= FEWEST_DIGITS_OF_A_PHONE ? cover(number) : number,
    )
}

/** The same text with these names covered and nothing else, in whatever case they are written. */
export function namesIn(text: string, names: readonly string[]): string {
  return names.reduce((rest, name) => (name === '' ? rest : rest.replace(wordsOf(name), cover)), text)
}

/** {@link covered} for every text in a value of JSON; ids and the names of fields stay. */
export function coveredWithin(value: unknown, covering: (text: string) => string): unknown {
  if (typeof value === 'string') return UUID.test(value) ? value : covering(value)
  if (Array.isArray(value)) return value.map((each) => coveredWithin(each, covering))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, coveredWithin(each, covering)]))
}

/**
 * As which words somebody is found in texts: their name as it is and turned round, and their address. A name of one word
 * may be any word; it is looked for only where the text is their own.
 *
 * @param own Whether the texts are about them: then each word of the name of three letters and more is theirs, too.
 */
export function wordsFor(
  { name, email }: { readonly name: string; readonly email: string | null },
  own: boolean,
): string[] {
  const words = name
    .trim()
    .split(/[\s,]+/u)
    .filter(Boolean)
  const turned = words.length > 1 ? [`${words.at(-1)}, ${words.slice(0, -1).join(' ')}`] : []
  const whole = words.length > 1 ? [words.join(' '), ...turned] : []
  const single = own ? words.filter((word) => word.length >= 3) : []
  return [...new Set([...(email === null ? [] : [email]), ...whole, ...single])]
}

function cover(found: string): string {
  return found.replace(/[\p{L}\p{N}\p{M}]/gu, COVER)
}

function wordsOf(name: string): RegExp {
  const written = name
    .trim()
    .split(/\s+/u)
    .map((word) => word.replace(/[$()*+.?[\\\]^{|}]/g, String.raw`\$&`))
  return new RegExp(String.raw`(?<![\p{L}\p{N}])${written.join(String.raw`\s+`)}(?![\p{L}\p{N}])`, 'giu')
}
