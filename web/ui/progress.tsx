import { type ReactNode, useId } from 'react'
import { TextButton } from '#web/ui/button.tsx'
import { useText } from '#web/ui/text.tsx'
import { useFormat } from '#web/ui/use-format.ts'
import classes from './progress.module.css'

interface ProgressProps {
  /** What is being done: `Recomputing 8,214 clocks`. */
  readonly label: string
  /** 0 to 1; null while nobody can say. */
  readonly share: number | null
  readonly remainingSeconds?: number | null
  /** It goes on without this page. */
  readonly mayLeave?: boolean
  readonly onStop?: () => void
  /** Beside Stop: what becomes of what was done so far. */
  readonly stopHint?: ReactNode
}

/** Long work: how far, how long still, that one may leave, and how to stop it. */
export function Progress({ label, share, remainingSeconds = null, mayLeave = false, onStop, stopHint }: ProgressProps) {
  const t = useText()
  const format = useFormat()
  const id = useId()
  const percent = share === null ? null : Math.floor(share * 100)
  const facts = [
    percent !== null && `${percent} %`,
    remainingSeconds !== null && t('ui.progress.about', { duration: format.duration(remainingSeconds * 1000) }),
    mayLeave && t('ui.progress.may-leave'),
  ].filter((fact) => fact !== false)
  return (
    <div>
      <p>
        <span id={id}>{label}</span>
        {facts.length > 0 && <span className="pl-quiet"> · {facts.join(' · ')}</span>}
      </p>
      <div
        className={classes.bar}
        role="progressbar"
        aria-labelledby={id}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={percent ?? undefined}
      >
        <span
          className={share === null ? classes.unknown : classes.done}
          style={{ width: `${(share ?? 0.3) * 100}%` }}
        />
      </div>
      {onStop && (
        <p className="pl-small">
          <TextButton onClick={onStop}>{t('ui.progress.stop')}</TextButton> <span className="pl-quiet">{stopHint}</span>
        </p>
      )}
    </div>
  )
}
