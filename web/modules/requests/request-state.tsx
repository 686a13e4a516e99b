import type { Request } from '#api/requests'
import { openRequestStates } from '#api/requests'
import { State, type Standing } from '#web/ui/state.tsx'
import { useText } from '#web/ui/text.tsx'
import { useFormat } from '#web/ui/use-format.ts'
import { useNow } from '#web/ui/use-now.ts'

const standing: Readonly<Record<Request['state'], Standing>> = {
  draft: 'none',
  submitted: 'runs',
  'awaiting-approval': 'paused',
  approved: 'runs',
  fulfilling: 'runs',
  delivered: 'soon',
  confirmed: 'met',
  closed: 'met',
  rejected: 'miss',
  cancelled: 'none',
}

/** How far a request has got. */
export function RequestState({ state }: Pick<Request, 'state'>) {
  const t = useText()
  return <State is={standing[state]}>{t(`requests.state.${state}`)}</State>
}

/** By when it is promised; that it is late is not said by colour alone. */
export function Promised({ request }: { readonly request: Pick<Request, 'state' | 'promisedAt' | 'customer'> }) {
  const t = useText()
  const format = useFormat()
  const now = useNow()
  const { promisedAt, state, customer } = request
  if (promisedAt === null) return '–'
  const when = format.instant(promisedAt, customer.timeZone)
  const late = promisedAt < now && openRequestStates.includes(state)
  return late ? <State is="miss">{t('requests.late', { when })}</State> : when
}
