/** One of the ways in which an incident can end, as an installation names them. */
export interface ResolutionCode {
  /** What programs call it; it stays when its names change. */
  readonly code: string
  readonly en: string
  readonly de: string
  /** Not to be chosen any more; what has it keeps it. */
  readonly retired: boolean
}

/** What can be asked for before something is resolved. A configuration item joins them when there are such items. */
export const resolvingNeeds = ['code', 'category', 'service'] as const
export type ResolvingNeed = (typeof resolvingNeeds)[number]

/** What an incident has to have before it is resolved (DOMAIN §2.3.2). */
export interface Resolving {
  readonly codes: readonly ResolutionCode[]
  readonly needs: readonly ResolvingNeed[]
  /** Whether programs are asked as well as people at the desk. */
  readonly everybody: boolean
}

const usualCodes = [
  ['fixed', 'Cause removed', 'Ursache behoben'],
  ['configured', 'Setting changed', 'Einstellung geändert'],
  ['replaced', 'Device or part replaced', 'Gerät oder Teil getauscht'],
  ['access', 'Access restored', 'Zugang wiederhergestellt'],
  ['explained', 'Explained how it works', 'Bedienung erklärt'],
  ['supplier', 'Fixed by the supplier', 'Vom Lieferanten behoben'],
  ['by-itself', 'Went away by itself', 'Von selbst vergangen'],
  ['not-found', 'Could not be reproduced', 'Nicht nachvollziehbar'],
] as const

/** Where nobody said otherwise: people at the desk give a code, programs need not. */
export const usualResolving: Resolving = {
  codes: usualCodes.map(([code, en, de]) => ({ code, en, de, retired: false })),
  needs: ['code'],
  everybody: false,
}

/** What of an incident its resolving waits for. */
interface Resolved {
  readonly code: string | null
  readonly category: string | null
  readonly service: unknown
}

/** What is asked for and not there, in the order in which it is asked for. Without codes to choose from none is missed. */
export function lackingToResolve({ needs, codes }: Resolving, resolved: Resolved): readonly ResolvingNeed[] {
  const canChoose = codes.some(({ retired }) => !retired)
  return resolvingNeeds.filter(
    (need) => needs.includes(need) && (need !== 'code' || canChoose) && (resolved[need] ?? '') === '',
  )
}

/** What a code is called; one that is on no list, as from another system, is called what it is. */
export function resolutionName({ codes }: Pick<Resolving, 'codes'>, code: string, language: 'en' | 'de'): string {
  return codes.find((each) => each.code === code)?.[language] ?? code
}
