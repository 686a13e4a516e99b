import type { Asker } from '#core/may.ts'
import { type Area, areas } from '#web/app/areas.ts'
import { shells } from '#web/app/module-pages.ts'
import type { PaletteAction, Place } from '#web/app/pages.ts'

/** Where somebody may go, in the order of the areas. */
export function placesFor(asker: Asker): readonly Place[] {
  return shells
    .flatMap(({ places = [] }) => places)
    .filter(({ barred }) => barred === undefined || barred(asker) === null)
    .toSorted((one, other) => order(one.area) - order(other.area))
}

export function actionsFor(asker: Asker): readonly PaletteAction[] {
  return shells.flatMap(({ actions = [] }) => actions).filter(({ barred }) => barred === undefined || barred(asker) === null)
}

function order(area: Area): number {
  return areas.indexOf(area)
}
