import type { CSSProperties, ReactNode } from 'react'
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
          <div key={key} className={classes.share} style={shareOf(total > 0 ? weight / total : 0, total)}>
            <span className={`${classes.bar} ${tone}`} aria-hidden />
            <dt>{name}</dt>
            <dd>{figure}</dd>
          </div>
        )
      })}
    </dl>
  )
}

/** Beside each other by its width; below each other, where it is narrow, by the length of its bar. */
function shareOf(share: number, total: number): CSSProperties {
  return {
    flexGrow: total > 0 ? Math.max(share, 0.01) : 1,
    '--share': `${Math.max(share, 0.01) * 100}%`,
  } as CSSProperties
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
