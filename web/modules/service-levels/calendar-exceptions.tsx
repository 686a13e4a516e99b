import { TextInput } from '@mantine/core'
import { Button, TextButton } from '#web/ui/button.tsx'
import { useText } from '#web/ui/text.tsx'
import type { ExceptionDraft, HoursDraft, HoursProblem } from './calendar-draft.ts'
import classes from './calendar-hours-fields.module.css'
import { WindowFields } from './calendar-window-fields.tsx'

interface ExceptionFieldsProps {
  readonly hours: HoursDraft
  readonly problems: readonly HoursProblem[]
  readonly onChange: (exceptions: readonly ExceptionDraft[]) => void
}

/** Days and seasons that differ from their weekdays: closed for an outing or over Christmas, half a day, open on a Sunday. */
export function ExceptionFields({ hours: { exceptions }, problems, onChange }: ExceptionFieldsProps) {
  const t = useText()
  const set = (at: number, changed: Partial<ExceptionDraft>) =>
    onChange(exceptions.with(at, { ...exceptions[at]!, ...changed }))
  return (
    <fieldset>
      <legend className={classes.legend}>{t('agreements.calendar.exceptions')}</legend>
      <p className="pl-small pl-quiet">{t('agreements.calendar.exceptions-hint')}</p>
      {exceptions.map(({ date, until, label, windows }, at) => {
        const problem = problems.find(({ exception }) => exception === at)
        const name = label || date || t('agreements.calendar.exception-number', { number: at + 1 })
        return (
          // oxlint-disable-next-line react/no-array-index-key -- while it is typed it has no other name than its place
          <fieldset key={at} className={classes.exception} aria-label={name}>
            <TextInput
              type="date"
              aria-label={t('agreements.calendar.exception-date', { number: at + 1 })}
              value={date}
              error={problem?.code === 'date-unknown' || problem?.code === 'date-twice'}
              onChange={({ currentTarget }) => set(at, { date: currentTarget.value })}
            />
            <span className={classes.until}>
              <span className="pl-quiet">{t('agreements.calendar.until')}</span>
              <TextInput
                type="date"
                aria-label={t('agreements.calendar.exception-until', { number: at + 1 })}
                value={until}
                {...(date !== '' && { min: date })}
                error={problem?.code === 'date-unknown' && until !== ''}
                onChange={({ currentTarget }) => set(at, { until: currentTarget.value })}
              />
            </span>
            <TextInput
              aria-label={t('agreements.calendar.exception-label', { number: at + 1 })}
              placeholder={t('agreements.calendar.exception-placeholder')}
              value={label}
              maxLength={100}
              onChange={({ currentTarget }) => set(at, { label: currentTarget.value })}
            />
            <div className={classes.windows}>
              <WindowFields
                name={name}
                windows={windows}
                wrong={problem?.code.startsWith('window') ?? false}
                onChange={(changed) => set(at, { windows: changed })}
              />
              <span>
                {windows.length === 0 && (
                  <>
                    {t('agreements.calendar.closed-all-day')}{' '}
                    <TextButton onClick={() => set(at, { windows: [{ opens: '08:00', closes: '12:00' }] })}>
                      {t('agreements.calendar.open-for-hours')}
                    </TextButton>{' '}
                    ·{' '}
                  </>
                )}
                <TextButton
                  aria-label={t('agreements.calendar.exception-remove', { name })}
                  onClick={() => onChange(exceptions.toSpliced(at, 1))}
                >
                  {t('agreements.calendar.exception-drop')}
                </TextButton>
              </span>
              {problem && (
                <span className={classes.error} role="alert">
                  {t(
                    problem.code === 'date-unknown' && until !== ''
                      ? 'agreements.calendar.problem.season-wrong'
                      : `agreements.calendar.problem.${problem.code}`,
                  )}
                </span>
              )}
            </div>
          </fieldset>
        )
      })}
      <p style={{ marginTop: 8 }}>
        <Button onClick={() => onChange([...exceptions, { date: '', until: '', label: '', windows: [] }])}>
          {t('agreements.calendar.exception-add')}
        </Button>
      </p>
    </fieldset>
  )
}
