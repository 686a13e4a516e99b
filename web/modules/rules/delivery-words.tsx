import type { WebhookDelivery } from '#api/webhooks'
import { State } from '#web/ui/state.tsx'
import { type Say, useText } from '#web/ui/text.tsx'

const standing = { waiting: 'runs', delivered: 'met', failed: 'miss' } as const

/** What became of something that was to be sent. */
export function DeliveryState({ state }: { readonly state: WebhookDelivery['state'] }) {
  const t = useText()
  return <State is={standing[state]}>{t(`rules.hook-state.${state}`)}</State>
}

/** How an attempt went, in a sentence. */
export function lastWords(t: Say, last: WebhookDelivery['last']): string {
  if (last === null) return ''
  if (last.problem !== null) return t(`rules.problem.${last.problem}`)
  return t('rules.hook-answered', { status: last.status ?? 0, milliseconds: last.milliseconds })
}
