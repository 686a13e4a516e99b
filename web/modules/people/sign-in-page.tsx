import { useQueryClient, useSuspenseQuery } from '@tanstack/react-query'
import { getRouteApi, Navigate, useRouter } from '@tanstack/react-router'
import { OrganisationMark } from '#web/app/organisation-mark.tsx'
import { speakFromNow } from '#web/app/choose-language.ts'
import { Outside } from '#web/modules/people/outside.tsx'
import { ProviderButtons } from '#web/modules/people/provider-sign-in.tsx'
import { sessionQuery } from '#web/modules/people/session.ts'
import { SignInSteps } from '#web/modules/people/sign-in-steps.tsx'
import { Empty } from '#web/ui/empty.tsx'
import { State } from '#web/ui/state.tsx'
import { useText } from '#web/ui/text.tsx'

const route = getRouteApi('/outside/sign-in')

export function SignInPage() {
  const t = useText()
  const { next, reset } = route.useSearch()
  const { data: session } = useSuspenseQuery(sessionQuery())
  const arrive = useArrival(next)
  if (session.signedIn) return <Navigate to="/" replace />
  if (session.setUpNeeded) {
    return (
      <Outside title={t('people.set-up.title')}>
        <Empty title={t('people.set-up.no-administrator')}>{t('people.set-up.where-link')}</Empty>
      </Outside>
    )
  }
  return (
    <Outside title={t('people.sign-in.title')} lede={<OrganisationMark name={session.organisation} />}>
      {reset && <State is="met">{t('people.password-reset.done')}</State>}
      <SignInSteps onDone={arrive} />
      <ProviderButtons next={next} />
      <p className="pl-small pl-quiet">{t('people.sign-in.forgotten')}</p>
    </Outside>
  )
}

/** Goes on to where one wanted to go, as the one who signed in. */
export function useArrival(next?: string) {
  const cache = useQueryClient()
  const router = useRouter()
  return async () => {
    // What another one saw; but for the link that led here, which would be looked at once more.
    cache.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== 'one-time-link' })
    const { person } = await cache.fetchQuery(sessionQuery())
    if (person) await speakFromNow(person.language)
    // Only within this program: an address that begins with two slashes leads elsewhere.
    const within = next !== undefined && /^\/(?![/\\])/.test(next)
    router.history.push(within ? next : '/')
  }
}
