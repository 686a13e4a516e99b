import { type Asker, barredBeyondBooks, barredBeyondPortal, barredBeyondSupplier, type Reason } from '#core/may.ts'
import { type Area, areas } from '#web/app/areas.ts'
import type { Finder, ModuleShell, PaletteAction, Place } from '#web/app/pages.ts'

let shells: readonly ModuleShell[] = []

/** What the modules add to the shell; told once, when the program starts. */
export function addShells(added: readonly ModuleShell[]): void {
  shells = added
}

/** What is there for somebody at all. */
function shellsFor(asker: Asker): readonly ModuleShell[] {
  if (barredBeyondPortal(asker) !== null) return shells.filter(({ forRequesters }) => forRequesters)
  if (barredBeyondSupplier(asker) !== null) return shells.filter(({ forSuppliers }) => forSuppliers)
  return barredBeyondBooks(asker) === null ? shells : shells.filter(({ forBooks }) => forBooks)
}

/** Beginnings of the paths that everybody who is signed in may go to. */
const OPEN = ['/portal', '/articles', '/account', '/feedback', '/help', '/notifications']

/** Those of whoever coordinates at a supplier. */
const OF_SUPPLIERS = ['/own-suppliers', '/account', '/help', '/notifications']

/** Those of pages about money, and of what belongs to everybody. */
const BOOKS = ['/account', '/help', '/notifications', '/customers', '/agreements', '/calendars', '/kpis', '/people']

/** Why somebody may not go to a path whose page would not say so itself. */
export function barredFromPath(asker: Asker, path: string): Reason | null {
  if (barredBeyondSupplier(asker) !== null) {
    return OF_SUPPLIERS.some((start) => isUnder(path, start)) ? null : barredBeyondSupplier(asker)
  }
  if (barredBeyondBooks(asker) !== null) {
    const open = shellsFor(asker).flatMap(({ places = [] }) => places.flatMap(({ to, also = [] }) => [to, ...also]))
    return [...BOOKS, ...open].some((start) => isUnder(path, start)) ? null : barredBeyondBooks(asker)
  }
  return OPEN.some((start) => isUnder(path, start)) ? null : barredBeyondPortal(asker)
}

/** Where somebody may go, in the order of the areas. */
export function placesFor(asker: Asker): readonly Place[] {
  return shellsFor(asker)
    .flatMap(({ places = [] }) => places)
    .filter(({ barred }) => barred === undefined || barred(asker) === null)
    .toSorted((one, other) => order(one.area) - order(other.area))
}

/** To which entry of the navigation a path belongs. */
export function placeOf(path: string): Place | undefined {
  return shells
    .flatMap(({ places = [] }) => places)
    .find(({ to, also = [] }) => [to, ...also].some((start) => isUnder(path, start)))
}

/** Whether what is shown at a path can be narrowed to a site; records are what they are. */
export function isBySite(path: string): boolean {
  const place = placeOf(path)
  return (place?.bySite ?? []).some((start) => isUnder(path, start))
}

function isUnder(path: string, start: string): boolean {
  return path === start || (start !== '/' && path.startsWith(`${start}/`))
}

export function actionsFor(asker: Asker): readonly PaletteAction[] {
  return shellsFor(asker)
    .flatMap(({ actions = [] }) => actions)
    .filter(({ to, barred }) => barredFromPath(asker, to) === null && (barred === undefined || barred(asker) === null))
}

/** What finds records by words, a module each. */
export function findersFor(asker: Asker): readonly Finder[] {
  return shellsFor(asker)
    .filter(({ findBarred }) => findBarred === undefined || findBarred(asker) === null)
    .flatMap(({ find }) => find ?? [])
}

function order(area: Area): number {
  return areas.indexOf(area)
}
