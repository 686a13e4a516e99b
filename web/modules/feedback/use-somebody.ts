import { useSyncExternalStore } from 'react'

const signs = ['pointermove', 'wheel', 'touchmove', 'keydown'] as const

let isHere = false

function subscribe(changed: () => void): () => void {
  const seen = (event: Event) => {
    // A browser moves a pointer that rests by nothing, where the page below it changes.
    const rests = event instanceof PointerEvent && event.movementX === 0 && event.movementY === 0
    if (!event.isTrusted || rests) return
    isHere = true
    changed()
    end()
  }
  const end = () => signs.forEach((sign) => removeEventListener(sign, seen))
  signs.forEach((sign) => addEventListener(sign, seen, { passive: true }))
  return end
}

/**
 * Whether somebody moved or pressed anything since the program was opened. What looks through mails for danger opens each
 * link in a browser of its own and touches nothing: what it opens must not count as an answer.
 */
export function useSomebody(): boolean {
  return useSyncExternalStore(subscribe, () => isHere)
}
