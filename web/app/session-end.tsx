import { useQueryClient } from '@tanstack/react-query'
import { CatchBoundary } from '@tanstack/react-router'
import { lazy, Suspense, useEffect, useRef, useState } from 'react'
import { askBySigningIn, signInAgain } from '#web/http/session-end.ts'
import { hearSession, tellSession } from '#web/http/session-news.ts'
import { sessionQuery, useSession } from '#web/modules/people/session.ts'
import { Button, Buttons } from '#web/ui/button.tsx'
import { Dialog } from '#web/ui/dialog.tsx'
import { loadTexts } from '#web/ui/language.ts'
import { useText } from '#web/ui/text.tsx'
import classes from './session-end.module.css'

const SignInSteps = lazy(async () => {
  const [{ SignInSteps: Steps }] = await Promise.all([
    import('#web/modules/people/sign-in-steps.tsx'),
    loadTexts('people'),
  ])
  return { default: Steps }
})

/** When the session has ended: asks to sign in again over the page, which stays as it is, with all that was typed. */
export function SessionEnd() {
  const t = useText()
  const cache = useQueryClient()
  const { person } = useSession()
  const answer = useRef<((again: boolean) => void) | null>(null)
  const doneElsewhere = useRef<(() => Promise<unknown>) | null>(null)
  const [asking, setAsking] = useState(false)
  useEffect(() => {
    askBySigningIn(
      () =>
        new Promise((resolve) => {
          answer.current = resolve
          setAsking(true)
        }),
    )
    return () => askBySigningIn(null)
  }, [])
  const own = person?.id
  useEffect(() => {
    if (own === undefined) return undefined
    tellSession(own)
    return hearSession((theirs) => {
      // Ended in another tab: asked at once, and not when the next thing is sent.
      if (theirs === null) void signInAgain()
      // Another person must neither see what the one before had on the screen, nor send it as their own.
      else if (theirs !== own) location.assign('/')
      else if (answer.current !== null) void doneElsewhere.current?.()
    })
  }, [own])
  useEffect(() => {
    doneElsewhere.current = done
  })
  if (!asking) return null

  async function done() {
    const session = await cache.fetchQuery({ ...sessionQuery(), staleTime: 0 })
    if (!session.signedIn) return undefined
    // Another person must not see what the one before had on the screen.
    if (session.person?.id !== person?.id) return location.assign('/')
    close(true)
  }
  function close(again: boolean) {
    setAsking(false)
    answer.current?.(again)
    answer.current = null
  }
  return (
    <Dialog title={t('app.session-end.title')} onClose={() => close(false)} firm>
      <p className={classes.why}>{t('app.session-end.kept')}</p>
      <CatchBoundary getResetKey={() => 'sign-in'} errorComponent={() => <Elsewhere onDone={() => void done()} />}>
        <Suspense>
          <SignInSteps email={person?.email ?? ''} onDone={done} />
        </Suspense>
      </CatchBoundary>
      <p className={classes.other}>
        <Button onClick={() => location.assign('/sign-in')}>{t('app.session-end.leave')}</Button>
      </p>
    </Dialog>
  )
}

/** Where the fields to sign in do not come, since the server has another version by now: they do so in a tab of their own. */
function Elsewhere({ onDone }: { readonly onDone: () => void }) {
  const t = useText()
  return (
    <>
      <p className={classes.why}>{t('app.session-end.elsewhere')}</p>
      <Buttons>
        <a href="/sign-in" target="_blank" rel="noreferrer">
          {t('app.session-end.open')}
        </a>
        <Button main onClick={onDone}>
          {t('app.session-end.done')}
        </Button>
      </Buttons>
    </>
  )
}
