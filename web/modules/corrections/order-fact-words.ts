import type { RequestEntry } from '#api/requests'
import { useText } from '#web/ui/text.tsx'

const states = ['delivered', 'rejected', 'cancelled'] as const

/** What a fact that an order's promise is counted from says, in a few words. */
export function useOrderFactWords(): (fact: RequestEntry) => string {
  const t = useText()
  return ({ kind, facts }) => {
    if (kind === 'request.ordered') return t('corrections.order-fact.ordered')
    if (kind === 'request.approval-asked')
      return t('corrections.order-fact.asked', { side: facts['side'] === 'customer' ? 'customer' : 'provider' })
    if (kind === 'request.approval')
      return t('corrections.order-fact.decided', {
        decision: facts['decision'] === 'rejected' ? 'rejected' : 'approved',
      })
    const to = states.find((state) => state === facts['to'])
    return t(to === undefined ? 'corrections.order-fact.reopened' : `corrections.order-fact.${to}`)
  }
}
