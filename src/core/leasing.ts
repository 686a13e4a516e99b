/*
 * What turns bought capacity into employment in disguise: whoever names a supplier's people, directs them, keeps their hours
 * or takes them for their own employs them, in the eyes of a German court (DOMAIN §2.5.9, § 1 AÜG). Capacity is called off by
 * role, place and units; what was typed in is read for signs of more. A guess by words: a sign is something to look at.
 */

export const leasingKinds = ['person', 'direction', 'hours', 'belonging'] as const
export type LeasingKind = (typeof leasingKinds)[number]

export interface LeasingSign {
  readonly kind: LeasingKind
  /** As it was typed. */
  readonly word: string
}

const NAME = String.raw`\p{Lu}[\p{L}’'-]+`

/** German and English side by side: a contract with a supplier is written in either. */
const signs: Readonly<Record<LeasingKind, RegExp>> = {
  person: new RegExp(
    [
      String.raw`(?<!\p{L})(?:Herrn?|Frau|Hr\.|Fr\.|Mr\.?|Mrs\.?|Ms\.?|Kolleg(?:e|en|in))\s+(?:Dr\.\s+)?${NAME}`,
      String.raw`[\w.+-]+@[\w-]+\.[\w.-]+\w`,
      String.raw`(?<!\p{L})(?:wieder|nur|again|only)\s+(?:der|die|den|the)\s+(?:gleichen?|selben?|same)\s+(?:Personen?|Leute|Mitarbeiter\p{L}*|people|persons?)`,
    ].join('|'),
    'gu',
  ),
  direction:
    /(?<!\p{L})(?:weisungs\p{L}*|(?:nach|auf|unter)\s+(?:unserer\s+|direkter\s+)?(?:an)?weisung\p{L}*|unterstellt|disziplinarisch\p{L}*|berichtet\s+an|under\s+(?:our|the)\s+(?:direction|supervision)|reports?\s+to|line\s+manage\p{L}*)/giu,
  hours:
    /(?<!\p{L})(?:anwesenheitspflicht\p{L}*|zeiterfassung\p{L}*|arbeitszeitkont\p{L}*|stempel\p{L}*|überstunden|urlaub\p{L}*|krankmeldung\p{L}*|time\s?sheets?|clock(?:s|ing)?\s+in|overtime|annual\s+leave|sick\s+(?:leave|note)s?)/giu,
  belonging:
    /(?<!\p{L})(?:teammitglied\p{L}*|unser(?:e[nmrs]?)?\s+team|mitarbeitergespräch\p{L}*|wie\s+eigene\s+(?:mitarbeiter\p{L}*|leute)|eingliedern|eingegliedert|team\s+members?|part\s+of\s+our\s+team|as\s+our\s+own\s+(?:staff|people|employees))/giu,
}

/** The signs in a text, in the order of {@link leasingKinds}, each word once; none in a text that says role, place and units. */
export function leasingSigns(text: string): readonly LeasingSign[] {
  return leasingKinds.flatMap((kind) => {
    const words = Array.from(text.matchAll(signs[kind]), ([word]) => word.trim())
    return [...new Set(words)].map((word) => ({ kind, word }))
  })
}
