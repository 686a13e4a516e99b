import { queryOptions, useQueryClient, useSuspenseQuery } from '@tanstack/react-query'
import { useRouter } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import * as api from '#api/people'
import { CallFailure } from '#web/http/call-failure.ts'
import { call } from '#web/http/call.ts'
import { Outside } from '#web/modules/people/outside.tsx'
import { useArrival } from '#web/modules/people/sign-in-page.tsx'
import { SecondFactor } from '#web/modules/people/sign-in-steps.tsx'
import { LinkButton } from '#web/ui/button.tsx'
import { notify } from '#web/ui/notices.tsx'
import { Problem } from '#web/ui/problem.tsx'
import { useText } from '#web/ui/text.tsx'

type Returned = Awaited<ReturnType<typeof call<typeof api.endIdentity>>> | { readonly failure: CallFailure }

/** What the provider sent the browser back with. It is redeemed once: a second time it opens nothing. */
function returnQuery(parameters: string) {
  return queryOptions({
    // Under this name it stays when all else is forgotten because somebody else is here now.
    queryKey: ['one-time-link', 'return', parameters],
    queryFn: async (): Promise<Returned> => {
      try {
        return await call(api.endIdentity, { body: { parameters } })
      } catch (failure) {
        if (failure instanceof CallFailure) return { failure }
        throw failure
      }
    },
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
  })
}

/** Whoever comes back from a provider: in, or told why not. */
export function ReturnPage() {
  const t = useText()
  const [parameters] = useState(() => location.search.slice(1))
  const { data: returned } = useSuspenseQuery(returnQuery(parameters))
  if ('failure' in returned) {
    return (
      <Outside title={t('people.return.refused')}>
        <Problem
          failure={returned.failure}
          actions={
            <LinkButton to="/sign-in" main>
              {t('people.link.to-sign-in')}
            </LinkButton>
          }
        />
      </Outside>
    )
  }
  if (returned.connected) return <Connected />
  return <Arrival next={returned.next} to={returned.to ?? undefined} />
}

function Arrival({ next, to }: { readonly next: 'done' | 'second-factor'; readonly to: string | undefined }) {
  const t = useText()
  const router = useRouter()
  const arrive = useArrival(to)
  useEffect(() => {
    if (next === 'done') void arrive()
    // Once: what leads on has its own new names each time.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [])
  return (
    <Outside title={t('people.sign-in.title')}>
      {next === 'done' ? (
        <p role="status">{t('app.waiting')}</p>
      ) : (
        <SecondFactor onDone={arrive} onBack={() => void router.navigate({ to: '/sign-in' })} />
      )}
    </Outside>
  )
}

function Connected() {
  const t = useText()
  const cache = useQueryClient()
  const router = useRouter()
  useEffect(() => {
    void cache.invalidateQueries({ queryKey: ['identities'] })
    notify(t('people.identities.connected'))
    void router.navigate({ to: '/account', replace: true })
    // Once: it is told and left, and must not be told again when the language is another.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [])
  return (
    <Outside title={t('people.identities.connected')}>
      <p role="status">{t('app.waiting')}</p>
    </Outside>
  )
}
