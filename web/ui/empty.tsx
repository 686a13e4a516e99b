import type { ReactNode } from 'react'
import { Buttons } from '#web/ui/button.tsx'
import classes from './empty.module.css'

interface EmptyProps {
  readonly title: string
  /** What would be here. */
  readonly children?: ReactNode
  /** The first step. */
  readonly actions?: ReactNode
}

/** Nothing here yet: what would be here, and the first step towards it. */
export function Empty({ title, children, actions }: EmptyProps) {
  return (
    <div className={classes.empty}>
      <p>
        <b>{title}</b>
      </p>
      {children && <div className={classes.more}>{children}</div>}
      {actions && (
        <div className={classes.actions}>
          <Buttons>{actions}</Buttons>
        </div>
      )}
    </div>
  )
}
