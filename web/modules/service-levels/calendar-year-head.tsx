import { useText } from '#web/ui/text.tsx'
import classes from './agreements.module.css'

interface YearHeadProps {
  readonly year: number
  readonly onYear: (year: number) => void
}

/** Which year is shown; the one before, the one after. */
export function YearHead({ year, onYear }: YearHeadProps) {
  const t = useText()
  return (
    <div className={classes.yearHead} role="group" aria-label={t('agreements.calendar.year')}>
      <h3 aria-live="polite">{t('agreements.calendar.year-of', { year: String(year) })}</h3>
      <Step label={t('agreements.calendar.year-before')} sign="‹" onClick={() => onYear(year - 1)} />
      <Step label={t('agreements.calendar.year-after')} sign="›" onClick={() => onYear(year + 1)} />
    </div>
  )
}

interface StepProps {
  readonly label: string
  readonly sign: string
  readonly onClick: () => void
}

function Step({ label, sign, onClick }: StepProps) {
  return (
    <button type="button" className={classes.step} aria-label={label} onClick={onClick}>
      {sign}
    </button>
  )
}
