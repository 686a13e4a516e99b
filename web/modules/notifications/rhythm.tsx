import type { NotificationSettings, SettingsChange } from '#api/notifications'
import { Section } from '#web/ui/page.tsx'
import { Text, useText } from '#web/ui/text.tsx'
import { useLanguage } from '#web/ui/text.tsx'
import { useFormat } from '#web/ui/use-format.ts'
import classes from './settings-page.module.css'

const HALF_HOURS = Array.from({ length: 48 }, (_, index) => index * 30)
const DAYS = [1, 2, 3, 4, 5, 6, 7] as const
const MINUTE_MS = 60_000
/** A Monday. */
const SOME_MONDAY = Date.UTC(2026, 2, 2)
const NIGHT = { from: 20 * 60, to: 7 * 60 }

interface RhythmProps {
  readonly settings: NotificationSettings
  readonly change: (change: SettingsChange) => void
}

/** When digests come, and when nothing does: two sentences with places to choose at. */
export function Rhythm({ settings, change }: RhythmProps) {
  const t = useText()
  const format = useFormat()
  const language = useLanguage()
  const { digestAt, digestDay, quiet, zone } = settings
  const weekday = new Intl.DateTimeFormat(language, { weekday: 'long', timeZone: 'UTC' })
  return (
    <Section title={t('notifications.when')} hint={t('notifications.when-hint', { zone: format.zone(zone) })}>
      <p className={classes.sentence}>
        <Text
          id="notifications.when.digest"
          components={{
            at: (
              <TimeOfDay
                label={t('notifications.when.digest-at')}
                value={digestAt}
                onChange={(minute) => change({ digestAt: minute })}
              />
            ),
            day: (
              <select
                aria-label={t('notifications.when.digest-day')}
                value={digestDay}
                onChange={({ currentTarget }) => change({ digestDay: Number(currentTarget.value) })}
              >
                {DAYS.map((day) => (
                  <option key={day} value={day}>
                    {weekday.format(SOME_MONDAY + (day - 1) * 24 * 60 * MINUTE_MS)}
                  </option>
                ))}
              </select>
            ),
          }}
        />
      </p>
      <p className={classes.sentence}>
        <label>
          <input
            type="checkbox"
            checked={quiet !== null}
            onChange={({ currentTarget }) => change({ quiet: currentTarget.checked ? NIGHT : null })}
          />{' '}
          {t('notifications.when.quiet')}
        </label>
        {quiet !== null && (
          <>
            {' '}
            <Text
              id="notifications.when.quiet-hours"
              components={{
                from: (
                  <TimeOfDay
                    label={t('notifications.when.quiet-from')}
                    value={quiet.from}
                    onChange={(from) => change({ quiet: { ...quiet, from } })}
                  />
                ),
                to: (
                  <TimeOfDay
                    label={t('notifications.when.quiet-to')}
                    value={quiet.to}
                    onChange={(to) => change({ quiet: { ...quiet, to } })}
                  />
                ),
              }}
            />
          </>
        )}
      </p>
      {quiet !== null && <p className="pl-quiet pl-small">{t('notifications.when.quiet-hint')}</p>}
    </Section>
  )
}

interface TimeOfDayProps {
  readonly label: string
  /** Minutes after midnight. */
  readonly value: number
  readonly onChange: (minute: number) => void
}

function TimeOfDay({ label, value, onChange }: TimeOfDayProps) {
  const language = useLanguage()
  const time = new Intl.DateTimeFormat(language === 'de' ? 'de-DE' : 'en-GB', {
    hour: '2-digit',
    minute: '2-digit',
    timeZone: 'UTC',
  })
  const minutes = HALF_HOURS.includes(value) ? HALF_HOURS : [...HALF_HOURS, value].toSorted((one, other) => one - other)
  return (
    <select aria-label={label} value={value} onChange={({ currentTarget }) => onChange(Number(currentTarget.value))}>
      {minutes.map((minute) => (
        <option key={minute} value={minute}>
          {time.format(minute * MINUTE_MS)}
        </option>
      ))}
    </select>
  )
}
