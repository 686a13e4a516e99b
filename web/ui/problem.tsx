import { type ReactNode, useCallback } from 'react'
import { CallFailure } from '#web/http/call-failure.ts'
import type { TextKey } from '#web/locales/catalogue.ts'
import { Buttons } from '#web/ui/button.tsx'
import { useText } from '#web/ui/text.tsx'
import classes from './problem.module.css'

interface ProblemProps {
  /** What was thrown: a `CallFailure` brings its own sentence. */
  readonly failure?: unknown
  /** What happened, where no failure says it. */
  readonly title?: string
  /** What is kept, what to do. */
  readonly children?: ReactNode
  /** The way out. */
  readonly actions?: ReactNode
}

/** Something failed: what happened, what is kept, what to do. Read out when it appears. */
export function Problem({ failure, title, children, actions }: ProblemProps) {
  const said = useSentence(failure)
  return (
    <div className={classes.problem} role="alert">
      <p>
        <b>{title ?? said}</b>
      </p>
      {title !== undefined && failure !== undefined && <p className={classes.more}>{said}</p>}
      {children && <div className={classes.more}>{children}</div>}
      {actions && (
        <div className={classes.actions}>
          <Buttons>{actions}</Buttons>
        </div>
      )}
    </div>
  )
}

const own: Readonly<Record<string, TextKey>> = {
  unreachable: 'ui.failure.unreachable',
  unreadable: 'ui.failure.unreadable',
  outdated: 'ui.failure.outdated',
}

/** What is said otherwise than the server does: it names addresses, which is for programs. */
const instead: Readonly<Record<string, TextKey>> = {
  'request.no-such-page': 'ui.failure.gone',
}

const ID = /[\da-f]{8}-(?:[\da-f]{4}-){3}[\da-f]{12}/

/** The sentence for whatever was thrown. */
export function useSentence(failure: unknown): string {
  return useSentenceOf()(failure)
}

/** The same for what is thrown later. */
export function useSentenceOf(): (failure: unknown) => string {
  const t = useText()
  return useCallback((failure) => sentenceOf(t, failure), [t])
}

function sentenceOf(t: ReturnType<typeof useText>, failure: unknown): string {
  if (!(failure instanceof CallFailure)) return t('ui.failure.unknown')
  // An id says nothing to anybody who reads: what was open here is gone.
  const key =
    instead[failure.code] ?? (failure.status === 404 && ID.test(failure.message) ? 'ui.failure.removed' : undefined)
  if (key !== undefined) return t(key)
  return failure.message === '' ? t(own[failure.code] ?? 'ui.failure.unknown') : failure.message
}
