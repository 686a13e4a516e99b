import { queryOptions, useMutation, useSuspenseQuery } from '@tanstack/react-query'
import * as api from '#api/people'
import { call } from '#web/http/call.ts'
import { Button } from '#web/ui/button.tsx'
import { Problem } from '#web/ui/problem.tsx'
import { useText } from '#web/ui/text.tsx'
import classes from './outside.module.css'

/** Who else vouches for people here. */
export function signInWaysQuery() {
  return queryOptions({
    queryKey: ['sign-in-ways'],
    queryFn: ({ signal }) => call(api.listSignInWays, {}, signal),
    staleTime: 60_000,
  })
}

/** Goes to a provider, out of this program; it sends the browser back to `/sign-in/return`. */
export function useProvider(connect = false) {
  return useMutation({
    mutationFn: async ({ provider, next }: { readonly provider: string; readonly next?: string | undefined }) => {
      const { address } = await call(api.beginIdentity, { body: { provider, connect, ...(next && { next }) } })
      location.assign(address)
      // The button stays busy until the browser has left.
      await new Promise(() => undefined)
    },
  })
}

/** A button for each provider; nothing where there is none. */
export function ProviderButtons({ next }: { readonly next?: string | undefined }) {
  const t = useText()
  const { data } = useSuspenseQuery(signInWaysQuery())
  const go = useProvider()
  if (data.items.length === 0) return null
  return (
    <div className={classes.ways}>
      <p className={classes.or}>{t('people.sign-in.or')}</p>
      {go.isError && <Problem failure={go.error} />}
      {data.items.map(({ id, name }) => (
        <Button
          key={id}
          busy={go.isPending && go.variables.provider === id}
          onClick={() => go.mutate({ provider: id, next })}
        >
          {t('people.sign-in.by', { name })}
        </Button>
      ))}
    </div>
  )
}
