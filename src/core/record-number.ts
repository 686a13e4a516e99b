/** How the numbers of one kind of record are written. */
export interface NumberForm {
  /** In front of the customer's key, for the kind of record: `INC`. Empty where the key says enough. */
  readonly prefix: string
  /** Filled up with zeros to so many digits. A number that has more keeps them all. */
  readonly digits: number
}

/** Where nobody set another one. */
export const plainNumberForm: NumberForm = { prefix: '', digits: 4 }

/**
 * A record's number as people read it: `NHL-1042`, `INC-NHL-001042`. Of two records of customers whose keys differ, or of
 * two with different numbers, it is never the same, whatever form held when each was made.
 */
export function recordNumber({ prefix, digits }: NumberForm, key: string, number: number): string {
  const counted = String(number).padStart(digits, '0')
  return prefix === '' ? `${key}-${counted}` : `${prefix}-${key}-${counted}`
}
