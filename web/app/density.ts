import { useSyncExternalStore } from 'react'
import { keep } from '#web/ui/kept.ts'

export const densities = ['compact', 'comfortable'] as const
export type Density = (typeof densities)[number]

/** `web/public/theme.js` reads the same before the first picture. */
const STORED = 'plumbline.density'
const listeners = new Set<() => void>()

function current(): Density {
  return document.documentElement.dataset['density'] === 'comfortable' ? 'comfortable' : 'compact'
}

/** How much room rows have; kept in this browser. */
export function chooseDensity(density: Density): void {
  document.documentElement.dataset['density'] = density
  keep(STORED, density)
  for (const listener of listeners) listener()
}

export function useDensity(): Density {
  return useSyncExternalStore((listener) => {
    listeners.add(listener)
    return () => listeners.delete(listener)
  }, current)
}
