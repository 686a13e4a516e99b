import { useNavigate } from '@tanstack/react-router'
import { barredFromWorking } from '#core/may.ts'
import { areaWords } from '#web/app/areas.ts'
import { placesFor } from '#web/app/places.ts'
import { useAsker } from '#web/modules/people/session.ts'
import { useKeys } from '#web/ui/keys.ts'
import { useText } from '#web/ui/text.tsx'

/** `g`, then the letter of an area, goes there; `c` takes a contact down from anywhere, for whoever calls does not wait. */
export function useGoToKeys(): void {
  const t = useText()
  const navigate = useNavigate()
  const asker = useAsker()
  const bindings = placesFor(asker).map(({ area, to }) => ({
    keys: `g ${areaWords[area].key}`,
    label: t(areaWords[area].label),
    run: () => void navigate({ to }),
  }))
  const contact = { keys: 'c', label: t('app.action.new-contact'), run: () => void navigate({ to: '/contacts/new' }) }
  useKeys(t('app.keys.go'), barredFromWorking(asker) === null ? [...bindings, contact] : bindings)
}
