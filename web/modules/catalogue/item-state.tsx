import type { CatalogueItem } from '#api/catalogue'
import { State, type Standing } from '#web/ui/state.tsx'
import { useText } from '#web/ui/text.tsx'

const standings: Readonly<Record<CatalogueItem['state'], Standing>> = {
  draft: 'none',
  published: 'met',
  withdrawn: 'paused',
}

/** Whether an item can be ordered. */
export function ItemState({ state }: Pick<CatalogueItem, 'state'>) {
  const t = useText()
  return <State is={standings[state]}>{t(`catalogue.state.${state}`)}</State>
}
