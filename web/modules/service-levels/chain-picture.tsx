import { Flag } from '#web/ui/flag.tsx'
import { useFormat } from '#web/ui/use-format.ts'
import classes from './chain-picture.module.css'
import type { ChainLink, ChainStep } from './chain-steps.ts'

interface ChainPictureProps {
  readonly steps: readonly ChainStep[]
  /** As the list under it counts them. */
  readonly numberOf: (link: ChainLink) => number
  readonly targetSeconds: number
  readonly reserveSeconds: number
  /** For whoever does not see it; the numbers are in the list under it. */
  readonly label: string
}

/**
 * A chain in one line, in the hours of the promise: each step behind the one before, its branches above each other, the
 * reserve hatched, what is over the target crosshatched. The flag is the target. A link has its number, and its name where that
 * fits.
 */
export function ChainPicture({ steps, numberOf, targetSeconds, reserveSeconds, label }: ChainPictureProps) {
  const format = useFormat()
  const known = steps.map((step) => ({ ...step, seconds: step.seconds ?? 0 }))
  const total = known.reduce((sum, { seconds }) => sum + seconds, reserveSeconds)
  const whole = Math.max(total, targetSeconds) * 1.02
  const percent = (seconds: number) => `${(seconds / whole) * 100}%`
  const lengthOf = (some: readonly { readonly seconds: number }[]) =>
    some.reduce((sum, { seconds }) => sum + seconds, 0)
  const end = lengthOf(known)
  const laid = known.map((step, index) => ({ ...step, from: lengthOf(known.slice(0, index)) }))
  const boxes = laid.flatMap(({ from, links, step }) =>
    links.map((link, lane) => ({
      key: `${step} ${link.agreementId}`,
      number: numberOf(link),
      name: link.name,
      from,
      seconds: link.inPromise?.seconds ?? 0,
      lane,
      lanes: links.length,
    })),
  )
  const lanes = Math.max(1, ...boxes.map((box) => box.lanes))
  return (
    <div className={classes.frame} role="img" aria-label={label} style={{ '--lanes': lanes } as never}>
      {boxes.map(({ key, number, name, from, seconds, lane }) => (
        <span
          key={key}
          className={classes.link}
          style={{ left: percent(from), width: percent(seconds), top: `calc(${lane} * var(--lane))` }}
        >
          {/* What does not fit as a whole goes to a line that is not seen. */}
          <span className={classes.nothing} />
          <span className={classes.number}>{number}</span>
          <span className={classes.name}>
            {name} {format.duration(seconds * 1000)}
          </span>
        </span>
      ))}
      {reserveSeconds > 0 && (
        <span className={classes.reserve} style={{ left: percent(end), width: percent(reserveSeconds) }} />
      )}
      {total > targetSeconds && (
        <span
          className={classes.over}
          style={{ left: percent(targetSeconds), width: percent(total - targetSeconds) }}
        />
      )}
      {total < targetSeconds && (
        <span className={classes.left} style={{ left: percent(total), width: percent(targetSeconds - total) }} />
      )}
      <Flag x={percent(targetSeconds)} className={classes.target}>
        <span data-end={targetSeconds > whole / 2 || undefined}>{format.duration(targetSeconds * 1000)}</span>
      </Flag>
    </div>
  )
}
