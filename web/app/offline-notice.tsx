import { useSyncExternalStore } from 'react'
import { useKeptWrites } from '#web/app/use-outbox.ts'
import { State } from '#web/ui/state.tsx'
import { useText } from '#web/ui/text.tsx'
import classes from './offline-notice.module.css'

/** Says that there is no network, for as long as there is none. */
export function OfflineNotice() {
  const t = useText()
  const waiting = useKeptWrites().filter(({ refusal }) => refusal === null).length
  const online = useSyncExternalStore(
    (listener) => {
      addEventListener('online', listener)
      addEventListener('offline', listener)
      return () => {
        removeEventListener('online', listener)
        removeEventListener('offline', listener)
      }
    },
    () => navigator.onLine,
  )
  return (
    <div role="status">
      {(!online || waiting > 0) && (
        <p className={classes.notice}>
          <State is="soon">{t(online ? 'app.offline-server' : 'app.offline')}</State>{' '}
          <span className="pl-quiet">
            {t('app.offline-kept')} {t('app.offline-waiting', { count: waiting })}
          </span>
        </p>
      )}
    </div>
  )
}
