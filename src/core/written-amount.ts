/** Which sign parts the decimals in a file. It is asked, never guessed: 1,234 is a thousand or one and a bit. */
export type DecimalSign = 'comma' | 'point'

/** Which signs all of these amounts can be read with; none: they contradict each other. */
export function possibleSigns(texts: readonly string[]): readonly DecimalSign[] {
  return (['comma', 'point'] as const).filter((sign) => texts.every((text) => readAmount(text, sign, 2) !== null))
}

/**
 * What somebody wrote as an amount, in the smallest unit: `1.234,50` with a comma is 123450. Below zero it is by a minus
 * before it, or behind it as bookkeeping programs write it: `1.234,50-`. Null when it is none, has more decimals than the
 * currency, or parts its thousands at other places than after three digits.
 */
export function readAmount(text: string, sign: DecimalSign, decimals: number): number | null {
  const typed = text.trim().replaceAll(/[\s\u00A0\u202F]/g, '')
  // A typesetter's minus is one, too.
  const plain = typed.replace(/^\u2212/, '-').replace(/^([^+-]+)[-\u2212]$/, '-$1')
  const [point, thousands] = sign === 'comma' ? [',', '.'] : ['.', ',']
  const [whole = '', part = '', ...rest] = plain.replace(/^[+-]/, '').split(point)
  if (rest.length > 0 || !/^\d*$/.test(part) || part.length > decimals) return null
  const groups = whole.split(thousands)
  const isGrouped =
    groups.length > 1 && /^\d{1,3}$/.test(groups[0]!) && groups.slice(1).every((each) => /^\d{3}$/.test(each))
  if (!/^\d+$/.test(whole) && !isGrouped) return null
  const amount = Number(groups.join('')) * 10 ** decimals + Number(part.padEnd(decimals, '0') || 0)
  if (!Number.isSafeInteger(amount)) return null
  return plain.startsWith('-') && amount !== 0 ? -amount : amount
}
