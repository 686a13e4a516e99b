import type { Request } from '#api/requests'
import { type Standing, State } from '#web/ui/state.tsx'
import { useText } from '#web/ui/text.tsx'
import { useFormat } from '#web/ui/use-format.ts'
import { type RequestKind, standingOfRequest } from './request-standing.ts'
import { momentWords } from './standing-words.tsx'

const looks: Readonly<Record<RequestKind, Standing>> = {
  draft: 'none',
  asked: 'paused',
  working: 'runs',
  confirm: 'soon',
  confirmed: 'met',
  over: 'met',
  rejected: 'miss',
  cancelled: 'none',
}

interface RequestWordsProps {
  readonly request: Pick<Request, 'state' | 'promisedAt' | 'updatedAt' | 'deliveredAt'>
  readonly now: Date
}

/** How a request stands, in one plain sentence with a date. */
export function RequestWords({ request, now }: RequestWordsProps) {
  const t = useText()
  const format = useFormat()
  const { kind, promised, late } = standingOfRequest(request, now)
  const when = (at: Date) => momentWords(at, { t, format, now })
  return (
    <State is={late ? 'miss' : looks[kind]}>
      {t('portal.request.standing', {
        kind,
        promised: promised === null ? 'no' : late ? 'late' : 'yes',
        due: promised === null ? '' : when(promised),
        at: when(request.deliveredAt ?? request.updatedAt),
      })}
    </State>
  )
}
