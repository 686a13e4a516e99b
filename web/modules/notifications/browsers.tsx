import { useMutation, useQueryClient } from '@tanstack/react-query'
import * as api from '#api/notifications'
import type { NotificationSettings } from '#api/notifications'
import { call } from '#web/http/call.ts'
import { Button, TextButton } from '#web/ui/button.tsx'
import { notify } from '#web/ui/notices.tsx'
import { Section } from '#web/ui/page.tsx'
import { Problem } from '#web/ui/problem.tsx'
import { useText } from '#web/ui/text.tsx'
import { useFormat } from '#web/ui/use-format.ts'
import { barredFromPush, subscribeHere } from './push.ts'
import classes from './settings-page.module.css'

/** Browsers that may be reached while the application is closed; this one is added by its own consent. */
export function Browsers({ settings }: { readonly settings: NotificationSettings }) {
  const t = useText()
  const format = useFormat()
  const client = useQueryClient()
  const { key, devices } = settings.push
  const renew = () => client.invalidateQueries({ queryKey: ['notification-settings'] })
  const add = useMutation({
    mutationFn: async () => {
      const subscription = await subscribeHere(key)
      if (typeof subscription === 'string') return subscription
      await call(api.addPushSubscription, { body: subscription })
      return 'added'
    },
    onSuccess: (became) => {
      notify(t(`notifications.push.${became}`))
      return renew()
    },
  })
  const remove = useMutation({
    mutationFn: (id: string) => call(api.removePushSubscription, { params: { id } }),
    onSuccess: renew,
  })
  const barred = barredFromPush()
  return (
    <Section title={t('notifications.push.title')} hint={t('notifications.push.hint')}>
      {add.isError && <Problem failure={add.error} />}
      {remove.isError && <Problem failure={remove.error} />}
      {devices.length > 0 && (
        <ul className={classes.devices}>
          {devices.map(({ id, name, createdAt }) => (
            <li key={id}>
              <span>{name}</span>
              <span className="pl-quiet pl-small">{format.date(createdAt)}</span>
              <TextButton aria-label={t('notifications.push.remove-named', { name })} onClick={() => remove.mutate(id)}>
                {t('notifications.push.remove')}
              </TextButton>
            </li>
          ))}
        </ul>
      )}
      <Button
        busy={add.isPending}
        barred={barred === null ? null : t(`notifications.push.${barred}`)}
        onClick={() => add.mutate()}
      >
        {t('notifications.push.add')}
      </Button>
    </Section>
  )
}
