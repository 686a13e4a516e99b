import { queryOptions, useQuery } from '@tanstack/react-query'
import * as api from '#api/organisation'
import { type Colour, isColour, readableOn } from '#core/colour.ts'
import { call } from '#web/http/call.ts'
import { rewordWith } from '#web/app/own-words.ts'

/** Grounds that an accent has to stand out on: `--pl-paper`, light and dark. */
export const grounds = { light: '#fbfaf7', dark: '#141618' } as const satisfies Record<string, Colour>

/** A mark needs 3:1; an accent is also the colour of words. */
export const ACCENT_CONTRAST = 4.5

/** How this installation looks and what it calls things. With it come its own words, which are spoken from then on. */
export function appearanceQuery() {
  return queryOptions({
    queryKey: ['appearance'],
    queryFn: async ({ signal }) => {
      const appearance = await call(api.getAppearance, {}, signal)
      await rewordWith(appearance.words)
      return appearance
    },
    staleTime: 600_000,
  })
}

/** Null until it is known, or where nobody answers: then all is as it comes. */
export function useAppearance(): api.Appearance | null {
  return useQuery(appearanceQuery()).data ?? null
}

/** An accent as it is drawn in light and in dark: itself, or as near as one can read. */
export function accentIn(accent: string): Readonly<Record<keyof typeof grounds, Colour>> | null {
  if (!isColour(accent)) return null
  return {
    light: readableOn(accent, grounds.light, ACCENT_CONTRAST),
    dark: readableOn(accent, grounds.dark, ACCENT_CONTRAST),
  }
}

/** The accent as rules for the whole page, in light and dark. */
export function accentRules(accent: string): string {
  const drawn = accentIn(accent)
  if (drawn === null) return ''
  return `:root{--pl-accent:${drawn.light}}:root[data-mantine-color-scheme='dark']{--pl-accent:${drawn.dark}}`
}

export function logoAddress({ sha256 }: { readonly sha256: string }): string {
  return `/api/v1/logo?v=${sha256}`
}
