import { Outlet, useLocation } from '@tanstack/react-router'
import { useState } from 'react'
import { Standalone } from '#web/app/standalone.tsx'
import { useLiveNotifications } from '#web/app/bell.tsx'
import { useGoToKeys } from '#web/app/go-to-keys.ts'
import type { Over } from '#web/app/over.ts'
import { Overlays } from '#web/app/overlays.tsx'
import { NotYours } from '#web/app/not-yours.tsx'
import { OfflineNotice } from '#web/app/offline-notice.tsx'
import { barredFromPath } from '#web/app/places.ts'
import { Rail } from '#web/app/rail.tsx'
import { SessionEnd } from '#web/app/session-end.tsx'
import { TabBar } from '#web/app/tab-bar.tsx'
import { useOutbox } from '#web/app/use-outbox.ts'
import { Refusals } from '#web/app/refusals.tsx'
import { useAsker, useSession } from '#web/modules/people/session.ts'
import { draftsAre } from '#web/ui/drafts.ts'
import { useKeys } from '#web/ui/keys.ts'
import { Notices } from '#web/ui/notices.tsx'
import { useText } from '#web/ui/text.tsx'
import { ReaderZone } from '#web/ui/use-format.ts'
import classes from './shell.module.css'

/** What stands around every page of whoever is signed in. */
export function Shell() {
  const t = useText()
  const { person } = useSession()
  const [over, setOver] = useState<Over>(null)
  useOutbox(person?.id)
  draftsAre(person?.id ?? '')
  useGoToKeys()
  useLiveNotifications()
  useKeys(t('app.keys.everywhere'), [
    { keys: 'mod+k', label: t('app.keys.find'), run: () => setOver('palette') },
    { keys: '?', label: t('app.keys.help'), run: () => setOver('keys') },
    { keys: 'b', label: t('app.keys.bell'), run: () => setOver('notifications') },
  ])
  return (
    <ReaderZone value={person?.timeZone ?? null}>
      <a className={classes.skip} href="#main">
        {t('app.skip')}
      </a>
      <div className={classes.app}>
        <Rail open={setOver} />
        <main id="main" className={classes.main} tabIndex={-1}>
          <OfflineNotice />
          <Standalone value={false}>
            <Inside />
          </Standalone>
        </main>
      </div>
      <TabBar open={setOver} />
      <Notices />
      <Refusals />
      <SessionEnd />
      <Overlays over={over} open={setOver} />
    </ReaderZone>
  )
}

/** The page, for whom it is there. */
function Inside() {
  const asker = useAsker()
  const reason = barredFromPath(asker, useLocation({ select: ({ pathname }) => pathname }))
  return reason === null ? <Outlet /> : <NotYours reason={reason} />
}
