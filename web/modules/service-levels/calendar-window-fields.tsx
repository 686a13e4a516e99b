import { TextInput } from '@mantine/core'
import { TextButton } from '#web/ui/button.tsx'
import { useText } from '#web/ui/text.tsx'
import type { WindowDraft } from './calendar-draft.ts'
import classes from './calendar-hours-fields.module.css'

interface WindowFieldsProps {
  /** Whose hours: a weekday or a date, for whoever hears the fields. */
  readonly name: string
  readonly windows: readonly WindowDraft[]
  readonly wrong: boolean
  readonly onChange: (windows: readonly WindowDraft[]) => void
}

/** Stretches of one day, from and to; the gaps between them are breaks. */
export function WindowFields({ name, windows, wrong, onChange }: WindowFieldsProps) {
  const t = useText()
  const set = (at: number, changed: Partial<WindowDraft>) => onChange(windows.with(at, { ...windows[at]!, ...changed }))
  return windows.map((window, at) => (
    // oxlint-disable-next-line react/no-array-index-key -- a stretch has no other name than its place
    <span key={at} className={classes.window}>
      <TextInput
        w={68}
        aria-label={t('agreements.calendar.from-of', { day: name, number: at + 1 })}
        value={window.opens}
        error={wrong}
        inputMode="numeric"
        maxLength={8}
        onChange={({ currentTarget }) => set(at, { opens: currentTarget.value })}
      />
      <span className="pl-quiet">{t('agreements.calendar.to')}</span>
      <TextInput
        w={68}
        aria-label={t('agreements.calendar.to-of', { day: name, number: at + 1 })}
        value={window.closes}
        error={wrong}
        inputMode="numeric"
        maxLength={8}
        onChange={({ currentTarget }) => set(at, { closes: currentTarget.value })}
      />
      <TextButton
        aria-label={t('agreements.calendar.remove-of', { day: name, number: at + 1 })}
        onClick={() => onChange(windows.toSpliced(at, 1))}
      >
        {t('agreements.calendar.remove')}
      </TextButton>
      {at === windows.length - 1 && (
        <TextButton
          aria-label={t('agreements.calendar.break-of', { day: name })}
          onClick={() => onChange(withBreak(windows))}
        >
          {t('agreements.calendar.break')}
        </TextButton>
      )}
    </span>
  ))
}

/** With a break: of one usual day two halves, else one more stretch to fill in. */
function withBreak(windows: readonly WindowDraft[]): readonly WindowDraft[] {
  const [only] = windows
  const noon = windows.length === 1 && only !== undefined && only.opens < '12:00' && only.closes > '13:00'
  return noon
    ? [
        { opens: only.opens, closes: '12:00' },
        { opens: '13:00', closes: only.closes },
      ]
    : [...windows, { opens: '', closes: '' }]
}
