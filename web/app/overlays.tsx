import { CatchBoundary } from '@tanstack/react-router'
import { lazy, Suspense, useState } from 'react'
import { NotLoaded } from '#web/app/not-loaded.tsx'
import type { Over } from '#web/app/over.ts'
import { loadTexts } from '#web/ui/language.ts'

/** What lies over the page comes when it is first asked for. */
const coming = () => ({
  Palette: lazy(async () => ({ default: (await import('#web/app/palette.tsx')).Palette })),
  SaidNotices: lazy(async () => ({ default: (await import('#web/app/said-notices.tsx')).SaidNotices })),
  NotificationsPanel: lazy(async () => {
    const [{ NotificationsPanel: Panel }] = await Promise.all([
      import('#web/modules/notifications/panel.tsx'),
      loadTexts('notifications'),
    ])
    return { default: Panel }
  }),
  PageHelp: lazy(async () => {
    const [{ PageHelp: Help }] = await Promise.all([import('#web/modules/help/page-help.tsx'), loadTexts('help')])
    return { default: Help }
  }),
  Tour: lazy(async () => {
    const [{ Tour: Steps }] = await Promise.all([import('#web/modules/help/tour.tsx'), loadTexts('help')])
    return { default: Steps }
  }),
  KeysHelp: lazy(async () => ({ default: (await import('#web/app/keys-help.tsx')).KeysHelp })),
})

interface OverlaysProps {
  readonly over: Over
  readonly open: (over: Over) => void
}

/** What was asked for over the page. Where it does not come, the page below stays as it is, with what was typed there. */
export function Overlays({ over, open }: OverlaysProps) {
  const [{ Palette, SaidNotices, NotificationsPanel, PageHelp, Tour, KeysHelp }, setParts] = useState(coming)
  const close = () => open(null)
  function letGo() {
    close()
    // What failed once is asked for anew.
    setParts(coming)
  }
  return (
    <CatchBoundary
      getResetKey={() => over ?? ''}
      errorComponent={({ error }) => <NotLoaded error={error} onClose={letGo} />}
    >
      <Suspense>
        {over === 'palette' && <Palette onClose={close} open={open} />}
        {over === 'keys' && <KeysHelp onClose={close} />}
        {over === 'notices' && <SaidNotices onClose={close} />}
        {over === 'notifications' && <NotificationsPanel onClose={close} />}
        {over === 'help' && <PageHelp onClose={close} openKeys={() => open('keys')} openTour={() => open('tour')} />}
        {over === 'tour' && <Tour onClose={close} />}
      </Suspense>
    </CatchBoundary>
  )
}
