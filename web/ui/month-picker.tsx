import { useState } from 'react'
import { Floating } from '#web/ui/floating.tsx'
import { addMonths, monthsOf } from '#web/ui/month.ts'
import { useText } from '#web/ui/text.tsx'
import { useFormat } from '#web/ui/use-format.ts'
import classes from './month-picker.module.css'

interface MonthPickerProps {
  /** `2026-10` */
  readonly value: string
  readonly onChange: (month: string) => void
  /** The first and the last that can be chosen. */
  readonly min?: string
  readonly max?: string
  readonly label: string
}

/** A month: the one before, the one after, or any. */
export function MonthPicker({ value, onChange, min = '1970-01', max = '2199-12', label }: MonthPickerProps) {
  const t = useText()
  const format = useFormat()
  const [open, setOpen] = useState(false)
  const [year, setYear] = useState(Number(value.slice(0, 4)))
  function toggle(next: boolean) {
    setYear(Number(value.slice(0, 4)))
    setOpen(next)
  }
  function choose(month: string) {
    setOpen(false)
    onChange(month)
  }
  const step = (months: number) => {
    const to = addMonths(value, months)
    const out = to < min || to > max
    return (
      <button
        type="button"
        className={classes.step}
        aria-disabled={out || undefined}
        aria-label={t(months < 0 ? 'ui.month.before' : 'ui.month.after')}
        onClick={() => !out && onChange(to)}
      >
        {months < 0 ? '‹' : '›'}
      </button>
    )
  }
  return (
    <div className={classes.picker} role="group" aria-label={label}>
      {step(-1)}
      <Floating
        open={open}
        onOpenChange={toggle}
        width={264}
        position="bottom"
        label={label}
        className={classes.panel}
        button={
          <button type="button" className={classes.month}>
            {format.month(value)}
          </button>
        }
      >
        <div className={classes.year}>
          <button
            type="button"
            className={classes.step}
            aria-label={t('ui.month.year-before')}
            onClick={() => setYear(year - 1)}
          >
            ‹
          </button>
          <b aria-live="polite">{year}</b>
          <button
            type="button"
            className={classes.step}
            aria-label={t('ui.month.year-after')}
            onClick={() => setYear(year + 1)}
          >
            ›
          </button>
        </div>
        <div className={classes.grid}>
          {monthsOf(year).map((month) => (
            <button
              key={month}
              type="button"
              className={classes.cell}
              disabled={month < min || month > max}
              aria-pressed={month === value}
              aria-label={format.monthShort(month)}
              data-autofocus={month === value || undefined}
              onClick={() => choose(month)}
            >
              {format.monthShort(month).replace(/[\s,]*\d{4}$/, '')}
            </button>
          ))}
        </div>
      </Floating>
      {step(1)}
    </div>
  )
}
