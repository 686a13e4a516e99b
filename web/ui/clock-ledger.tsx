import type { LedgerLine, StretchKind } from '#web/ui/clock-stretches.ts'
import { useText } from '#web/ui/text.tsx'
import { useFormat } from '#web/ui/use-format.ts'
import classes from './clock-ledger.module.css'

interface ClockLedgerProps {
  /** Of `clockPicture`. */
  readonly lines: readonly LedgerLine[]
  readonly label: string
  /** While the clock runs or is paused: the end of the last stretch is called *now*. */
  readonly now: Date | null
  readonly zone?: string
}

/** Each stretch of a clock in a sentence: what it counted, and the sum. */
export function ClockLedger({ lines, label, now, zone }: ClockLedgerProps) {
  const t = useText()
  const format = useFormat()
  const near = lines.at(-1)?.to
  function when({ from, to }: LedgerLine): string {
    const stretch = format.stretch(from, to, { ...(zone && { zone }), ...(near && { near }) })
    if (now === null) return stretch
    if (to.getTime() === now.getTime()) return t('ui.clock.until-now', { from: stretch.split('–')[0] })
    return from.getTime() === now.getTime() ? t('ui.clock.from-now', { to: stretch.split('–')[1] }) : stretch
  }
  return (
    <table className={classes.ledger} aria-label={label}>
      <thead>
        <tr>
          <th scope="col">
            <span className="pl-hidden">{t('ui.clock.number')}</span>
          </th>
          <th scope="col">{t('ui.clock.when')}</th>
          <th scope="col">{t('ui.clock.what')}</th>
          <th scope="col" className="pl-number">
            {t('ui.clock.counted')}
          </th>
          <th scope="col" className="pl-number">
            {t('ui.clock.sum')}
          </th>
        </tr>
      </thead>
      <tbody>
        {lines.map((line) => (
          <tr key={`${line.from.getTime()}${line.kind}`}>
            <td>
              <Swatch kind={line.kind} number={line.number} />
            </td>
            <td className="pl-nowrap">{when(line)}</td>
            <td className="pl-quiet">{line.sentence ?? t('ui.clock.left')}</td>
            <td className="pl-number">{format.durationCell(line.countedSeconds * 1000)}</td>
            <td className="pl-number pl-quiet">{format.durationCell(line.sumSeconds * 1000)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function Swatch({ kind, number }: { readonly kind: StretchKind; readonly number: number | null }) {
  return (
    <span className={`${classes.swatch} ${classes[kind]}`}>
      {number !== null && <span className={classes.number}>{number}</span>}
    </span>
  )
}
