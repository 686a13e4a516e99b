import { useQueryErrorResetBoundary } from '@tanstack/react-query'
import { type ErrorComponentProps, useRouter, useRouterState } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import { codeIsMissing } from '#web/app/code-is-missing.ts'
import { reportOf } from '#web/app/crash-report.ts'
import { Alone } from '#web/app/standalone.tsx'
import { CallFailure } from '#web/http/call-failure.ts'
import { Button, LinkButton } from '#web/ui/button.tsx'
import { Page } from '#web/ui/page.tsx'
import { Problem } from '#web/ui/problem.tsx'
import { useText } from '#web/ui/text.tsx'
import classes from './crash.module.css'

/** After so long a page that found the server or its database away looks again by itself. */
const LOOK_AGAIN_MS = 5000

/** A page that could not be shown: because the server said no, or because of a defect of ours. */
export function Crash({ error, reset }: ErrorComponentProps) {
  const t = useText()
  const router = useRouter()
  const queries = useQueryErrorResetBoundary()
  const route = useRouterState({ select: ({ matches }) => matches.at(-1)?.fullPath ?? '' })
  useEffect(() => {
    queries.reset()
  }, [queries])
  function again() {
    reset()
    void router.invalidate()
  }
  const outdated = codeIsMissing(error) || (error instanceof CallFailure && error.code === 'outdated')
  const known = error instanceof CallFailure && !outdated
  const passes = known && (error.status === 503 || error.code === 'unreachable')
  useEffect(() => {
    if (!passes) return undefined
    const timer = setTimeout(() => {
      reset()
      void router.invalidate()
    }, LOOK_AGAIN_MS)
    return () => clearTimeout(timer)
  }, [passes, reset, router])
  return (
    <Alone>
      <Page title={t(known ? 'app.crash.refused' : outdated ? 'app.crash.outdated' : 'app.crash.title')}>
        <div className={classes.body}>
          <Problem
            {...(known ? { failure: error } : { title: t(outdated ? 'ui.failure.outdated' : 'app.crash.ours') })}
            actions={
              <>
                <Button main onClick={outdated ? () => location.reload() : again}>
                  {t(outdated ? 'app.crash.reload' : 'app.crash.again')}
                </Button>
                <LinkButton to="/">{t('app.not-found.today')}</LinkButton>
              </>
            }
          >
            {!known && !outdated && t('app.crash.kept')}
            {passes && t('app.crash.by-itself')}
          </Problem>
          {!known && <Report report={reportOf(error, route)} />}
        </div>
      </Page>
    </Alone>
  )
}

function Report({ report }: { readonly report: string }) {
  const t = useText()
  const [copied, setCopied] = useState(false)
  async function copy() {
    await navigator.clipboard.writeText(report)
    setCopied(true)
  }
  return (
    <details className={classes.report}>
      <summary>{t('app.crash.report')}</summary>
      <p className="pl-small pl-quiet">{t('app.crash.report-what')}</p>
      <pre>{report}</pre>
      <Button onClick={() => void copy()}>{t(copied ? 'app.crash.copied' : 'app.crash.copy')}</Button>
    </details>
  )
}
