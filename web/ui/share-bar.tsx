import type { ReactNode } from 'react'
import classes from './share-bar.module.css'

interface Share {
  readonly key: string
  readonly label: ReactNode
  readonly figure: ReactNode
  readonly weight: number
  /** Not used yet: only outlined. */
  readonly left?: boolean
}

/** Parts of a whole in greys that add up, each with its words under it: who held the time. */
export function ShareBar({ label, shares }: { readonly label: string; readonly shares: readonly Share[] }) {
  const total = shares.reduce((sum, { weight }) => sum + weight, 0)
  let grey = 0
  return (
    <dl className={classes.shares} aria-label={label}>
      {shares.map(({ key, label: name, figure, weight, left }) => {
        const tone = left ? classes.left : classes[`grey${(grey++ % 3) + 1}`]
        return (
          <div key={key} className={classes.share} style={{ flexGrow: total > 0 ? Math.max(weight / total, 0.01) : 1 }}>
            <span className={`${classes.bar} ${tone}`} aria-hidden />
            <dt>{name}</dt>
            <dd>{figure}</dd>
          </div>
        )
      })}
    </dl>
  )
}

/** How much of the time is used, in a row of a table: 0.81, over 1 when it is exceeded. */
export function UsedBar({
  share,
  standing,
  label,
}: {
  readonly share: number
  readonly standing: 'runs' | 'soon' | 'miss' | 'paused'
  readonly label: string
}) {
  return (
    <span className={classes.used} role="img" aria-label={label}>
      <span className={classes[standing]} style={{ width: `${Math.min(1, Math.max(0, share)) * 100}%` }} />
    </span>
  )
}
