import { useMutation, useQueryClient, useSuspenseQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import * as api from '#api/notifications'
import type { NotificationSettings, SettingsChange } from '#api/notifications'
import { call } from '#web/http/call.ts'
import { Button } from '#web/ui/button.tsx'
import { notify } from '#web/ui/notices.tsx'
import { Page, Section } from '#web/ui/page.tsx'
import { Problem } from '#web/ui/problem.tsx'
import { useText } from '#web/ui/text.tsx'
import { useFormat } from '#web/ui/use-format.ts'
import { Browsers } from './browsers.tsx'
import { settingsQuery } from './queries.ts'
import { Rhythm } from './rhythm.tsx'
import classes from './settings-page.module.css'

/** Of what whoever is signed in is told, in which way and when. What is chosen holds at once. */
export function NotificationSettingsPage() {
  const t = useText()
  const client = useQueryClient()
  const { data: settings } = useSuspenseQuery(settingsQuery())
  const { mutate, isError, error } = useMutation({
    mutationFn: (body: SettingsChange) => call(api.changeNotificationSettings, { body }),
    onSuccess: (changed) => {
      client.setQueryData(settingsQuery().queryKey, changed)
      notify(t('notifications.saved'))
    },
  })
  return (
    <Page
      title={t('notifications.settings.title')}
      lede={t('notifications.settings.lede')}
      crumb={<Link to="/notifications">{t('notifications.title')}</Link>}
    >
      {isError && <Problem failure={error} />}
      <MailStanding settings={settings} change={mutate} />
      <Kinds settings={settings} change={mutate} />
      <Rhythm settings={settings} change={mutate} />
      <Browsers settings={settings} />
    </Page>
  )
}

interface Changing {
  readonly settings: NotificationSettings
  readonly change: (change: SettingsChange) => void
}

/** Why no mail comes, where none does. */
function MailStanding({ settings: { mail }, change }: Changing) {
  const t = useText()
  const format = useFormat()
  if (mail.failedAt !== null) {
    return (
      <div className={classes.standing}>
        <p>{t('notifications.mail.failed', { address: mail.address ?? '', day: format.day(mail.failedAt) })}</p>
        <Button onClick={() => change({ mailWorks: true })}>{t('notifications.mail.again')}</Button>
      </div>
    )
  }
  if (mail.address === null) return <p className={classes.standing}>{t('notifications.mail.no-address')}</p>
  return mail.sends ? null : <p className={classes.standing}>{t('notifications.mail.no-mailbox')}</p>
}

function Kinds({ settings: { kinds }, change }: Changing) {
  const t = useText()
  const hasOwn = kinds.some(({ usual }) => !usual)
  return (
    <Section title={t('notifications.settings.kinds')} hint={t('notifications.settings.kinds-hint')}>
      <table className={classes.kinds} aria-label={t('notifications.settings.kinds')}>
        <thead>
          <tr>
            <th scope="col">{t('notifications.settings.kind')}</th>
            <th scope="col">{t('notifications.settings.shown')}</th>
            <th scope="col">{t('notifications.settings.mail')}</th>
            <th scope="col">{t('notifications.settings.push')}</th>
          </tr>
        </thead>
        <tbody>
          {kinds.map(({ usual: _usual, ...ways }) => {
            const name = t(`notifications.kind.${ways.kind}`)
            const set = (changed: Partial<typeof ways>) => change({ kinds: [{ ...ways, ...changed }] })
            return (
              <tr key={ways.kind}>
                <th scope="row">
                  {name}
                  <span className="pl-quiet pl-small">{t(`notifications.kind.${ways.kind}-hint`)}</span>
                </th>
                <td data-label={t('notifications.settings.shown')}>
                  <input
                    type="checkbox"
                    aria-label={t('notifications.settings.shown-of', { kind: name })}
                    checked={ways.shown}
                    onChange={({ currentTarget }) => set({ shown: currentTarget.checked })}
                  />
                </td>
                <td data-label={t('notifications.settings.mail')}>
                  <select
                    aria-label={t('notifications.settings.mail-of', { kind: name })}
                    value={ways.mail}
                    onChange={({ currentTarget }) => set({ mail: currentTarget.value as typeof ways.mail })}
                  >
                    {api.mailRhythms.map((rhythm) => (
                      <option key={rhythm} value={rhythm}>
                        {t(`notifications.rhythm.${rhythm}`)}
                      </option>
                    ))}
                  </select>
                </td>
                <td data-label={t('notifications.settings.push')}>
                  <input
                    type="checkbox"
                    aria-label={t('notifications.settings.push-of', { kind: name })}
                    checked={ways.push}
                    onChange={({ currentTarget }) => set({ push: currentTarget.checked })}
                  />
                </td>
              </tr>
            )
          })}
        </tbody>
      </table>
      {hasOwn && (
        <p className={classes.usual}>
          <Button onClick={() => change({ kinds: api.usualKinds() })}>{t('notifications.settings.usual')}</Button>
        </p>
      )}
    </Section>
  )
}
