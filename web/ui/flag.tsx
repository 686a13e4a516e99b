import type { ReactNode } from 'react'
import classes from './flag.module.css'

interface FlagProps {
  /** From the left. */
  readonly x: number | string
  /** Says from where to where it stands. */
  readonly className: string | undefined
  readonly children?: ReactNode
}

/** The flag in a picture of time: due, or what was promised. */
export function Flag({ x, className, children }: FlagProps) {
  return (
    <span className={`${classes.flag} ${className}`} style={{ left: x }}>
      {children}
    </span>
  )
}
