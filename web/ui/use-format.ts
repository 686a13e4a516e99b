import { createContext, useContext, useMemo } from 'react'
import { useLanguage } from '#web/ui/text.tsx'
import { browserZone, type Format, formatIn } from '#web/ui/format.ts'

/** The zone in which the reader wants to see times, where a page does not say another. */
export const ReaderZone = createContext<string | null>(null)

/** Writes durations, times, shares and numbers in the language of the page and the zone of its reader. */
export function useFormat(): Format {
  const language = useLanguage()
  const zone = useContext(ReaderZone)
  return useMemo(() => formatIn(language, zone ?? browserZone()), [language, zone])
}

/** The zone in which times are written where a page does not say another; whose days are meant where days are asked for. */
export function useReaderZone(): string {
  return useContext(ReaderZone) ?? browserZone()
}
