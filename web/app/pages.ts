import { lazyRouteComponent } from '@tanstack/react-router'
import type { ComponentType } from 'react'
import type { Asker, Reason } from '#core/may.ts'
import type { Area } from '#web/app/areas.ts'
import type { TextKey, TextPart } from '#web/locales/catalogue.ts'
import { loadTexts } from '#web/ui/language.ts'

/** What a module adds to the shell. Its routes are beside it, in the same `pages.ts`; see `module-pages.ts`. */
export interface ModuleShell {
  /** It is there for those too who only report and have no other page. */
  readonly forRequesters?: true
  /** It is there for those too who coordinate at a supplier. */
  readonly forSuppliers?: true
  /** It is there for those too who keep the books and see nothing of the work. */
  readonly forBooks?: true
  /** Entries of the navigation. */
  readonly places?: readonly Place[]
  /** What can be begun from anywhere by `Ctrl K`. */
  readonly actions?: readonly PaletteAction[]
  /** Records that `Ctrl K` finds by words. */
  readonly find?: Finder
  /** Whose search it is not: for whom this gives a reason. */
  readonly findBarred?: (asker: Asker) => Reason | null
}

export interface Place {
  readonly area: Area
  /** Path of a route, as `/incidents`. */
  readonly to: string
  /** Beginnings of other paths that belong to it, as `/calendars`. */
  readonly also?: readonly string[]
  /** Its paths whose figures a chosen site narrows; all others are of the whole customer. */
  readonly bySite?: readonly string[]
  /** Not shown to whom this gives a reason. */
  readonly barred?: (asker: Asker) => Reason | null
}

export interface PaletteAction {
  /** In `app.json`: the texts of a module are not there before its pages are. */
  readonly label: Extract<TextKey, `app.${string}`>
  readonly to: string
  readonly barred?: (asker: Asker) => Reason | null
}

export interface Found {
  /** Path of its page, as `/incidents/INC-1042`. */
  readonly to: string
  /** What of its address stands behind the question mark. */
  readonly search?: Readonly<Record<string, string>>
  readonly title: string
  /** What it is, where its words do not say so. */
  readonly kind?: Extract<TextKey, `app.kind.${string}`>
  /** Beside it, quieter: number, customer. */
  readonly about: string
}

/** Finds records by words; loads its own code when it is first asked. */
export type Finder = (words: string, signal: AbortSignal) => Promise<readonly Found[]>

/**
 * A page that comes when it is gone to, with its texts: `page('incidents', () => import('./incident-page.tsx'), 'IncidentPage')`.
 */
export function page<Exports extends Record<Name, ComponentType>, Name extends keyof Exports & string>(
  part: TextPart | readonly TextPart[],
  load: () => Promise<Exports>,
  name: Name,
) {
  const parts = typeof part === 'string' ? [part] : part
  return lazyRouteComponent(async () => {
    const [loaded] = await Promise.all([load(), ...parts.map(loadTexts)])
    return loaded
  }, name)
}
