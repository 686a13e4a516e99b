import { createContext, useContext } from 'react'
import type { Language } from '#core/text.ts'
import { useLanguage } from '#web/ui/text.tsx'
import { browserZone, type Format, formatIn } from '#web/ui/format.ts'

/** The zone in which the reader wants to see times, where a page does not say another. */
export const ReaderZone = createContext<string | null>(null)

/** Writes durations, times, shares and numbers in the language of the page and the zone of its reader. */
export function useFormat(): Format {
  const language = useLanguage()
  const zone = useContext(ReaderZone)
  return formatFor(language, zone ?? ownZone())
}

const made = new Map<string, Format>()
let known: string | undefined

/** One for all who read: making formatters costs a row of a list more than everything else in it. */
function formatFor(language: Language, zone: string): Format {
  const key = `${language} ${zone}`
  const format = made.get(key) ?? formatIn(language, zone)
  made.set(key, format)
  return format
}

/** The browser's zone, as it was when it was first asked for. */
function ownZone(): string {
  known ??= browserZone()
  return known
}

/** The zone in which times are written where a page does not say another; whose days are meant where days are asked for. */
export function useReaderZone(): string {
  return useContext(ReaderZone) ?? ownZone()
}
