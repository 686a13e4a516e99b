import { type Ratio, reaches } from '#core/attainment.ts'
import { useText } from '#web/ui/text.tsx'
import { useFormat } from '#web/ui/use-format.ts'
import classes from './attainment-strip.module.css'

/** The lowest share that the strip shows, in per cent; what is lower lies at its edge. */
const FROM = 85
const WIDTH = 132

/** What the strips below it show, and the target that is marked on each. */
export function StripHead({ targetBp }: { readonly targetBp: number | null }) {
  const t = useText()
  const format = useFormat()
  const target = targetBp === null ? '' : format.number(targetBp / 100)
  return (
    <>
      {t('attainment.column.strip')}{' '}
      <span className="pl-tiny">
        {t('attainment.column.strip-range', { from: FROM, hasTarget: targetBp === null ? 'no' : 'yes', target })}
      </span>
    </>
  )
}

interface StripProps {
  readonly ratio: Ratio | null
  readonly targetBp: number | null
  /** A sum has no target of its own. */
  readonly plain: boolean
}

/** A share on a line of its own: a disc that reaches the target, a square that does not. The figure stands beside it. */
export function Strip({ ratio, targetBp, plain }: StripProps) {
  const t = useText()
  if (ratio === null) return <span className="pl-tiny pl-quiet">{t('attainment.not-measured')}</span>
  const x = xOf((ratio.numerator / ratio.denominator) * 100)
  const judged = targetBp !== null && !plain
  return (
    <svg className={classes.strip} viewBox={`0 0 ${WIDTH} 20`} aria-hidden>
      <path className={classes.rail} d={`M0 10H${WIDTH}`} />
      {targetBp !== null && <path className={classes.target} d={`M${xOf(targetBp / 100)} 3V17`} />}
      {judged && !reaches(ratio, targetBp) ? (
        <rect className={classes.square} x={x - 4.5} y={5.5} width="9" height="9" />
      ) : (
        <circle className={judged ? classes.disc : classes.plain} cx={x} cy="10" r="4.5" />
      )}
    </svg>
  )
}

function xOf(percent: number): number {
  return (Math.max(0, percent - FROM) / (100 - FROM)) * WIDTH
}
