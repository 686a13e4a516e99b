import type { Say } from '#web/ui/text.tsx'

/** Why an incident waits, in words that fit into a sentence. */
export function waitWords(t: Say, reason: string | null): string {
  return t('incidents.wait', { reason: choice(reason ?? 'other') })
}

/** A word of ours as a message can choose by it: those know no hyphens. */
export function choice(word: string): string {
  return word.replaceAll('-', '_')
}
