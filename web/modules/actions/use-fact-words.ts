import type { ActionInFull, ActionState } from '#api/actions'
import { useText } from '#web/ui/text.tsx'
import { useDay } from './words.tsx'

type Entry = ActionInFull['log'][number]

/** What happened to an action, in words. */
export function useFactWords(): (entry: Entry) => string {
  const t = useText()
  const day = useDay()
  const text = (value: unknown) => (typeof value === 'string' ? value : '')
  return ({ kind, facts }) => {
    switch (kind) {
      case 'made':
        return t('actions.fact.made', { day: day(text(facts['due'])) })
      case 'changed':
        return t('actions.fact.changed')
      case 'redated': {
        const { from, to, reason } = facts
        return t('actions.fact.redated', { from: day(text(from)), to: day(text(to)), reason: text(reason) })
      }
      case 'state':
        break
    }
    const state = t(`actions.state.${text(facts['to']) as ActionState}`)
    const why = text(facts['reason'] ?? facts['evidence'])
    return why === '' ? state : t('actions.fact.state', { state, why })
  }
}
