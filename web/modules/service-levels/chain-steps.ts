import type { ChainReport } from '#api/service-levels'

export type ChainLink = ChainReport['promises'][number]['links'][number]

/** What goes on side by side, and how long it takes at worst. */
export interface ChainStep {
  readonly step: number
  readonly links: readonly ChainLink[]
  /** Of its branches the longest; null when one of them may never be due. */
  readonly longest: ChainLink | null
  readonly seconds: number | null
}

/** The steps of a chain in their order. */
export function stepsOf(links: readonly ChainLink[]): readonly ChainStep[] {
  return [...Map.groupBy(links, ({ step }) => step)]
    .toSorted(([one], [other]) => one - other)
    .map(([step, branches]) => {
      const never = branches.some(({ inPromise }) => inPromise === null)
      const longest = branches.toSorted((one, other) => length(other) - length(one))[0] ?? null
      return { step, links: branches, longest, seconds: never || longest === null ? null : length(longest) }
    })
}

function length({ inPromise }: ChainLink): number {
  return inPromise?.seconds ?? Infinity
}
