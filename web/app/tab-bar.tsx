import { Link, useLocation } from '@tanstack/react-router'
import { type ReactNode, useState } from 'react'
import { type Area, areaWords } from '#web/app/areas.ts'
import { BellTab } from '#web/app/bell.tsx'
import { CustomerSwitch } from '#web/app/customer-switch.tsx'
import type { Over } from '#web/app/over.ts'
import { placeOf, placesFor } from '#web/app/places.ts'
import { Preferences } from '#web/app/preferences.tsx'
import { FreshNotices, Places } from '#web/app/rail.tsx'
import { signOut } from '#web/app/sign-out.ts'
import { useAsker, useSession } from '#web/modules/people/session.ts'
import { Button, TextButton } from '#web/ui/button.tsx'
import { Dialog } from '#web/ui/dialog.tsx'
import { useText } from '#web/ui/text.tsx'
import classes from './tab-bar.module.css'

const icons: Readonly<Partial<Record<Area | 'find' | 'more', ReactNode>>> = {
  portal: <path d="M4 3h12v11H9l-4 3.5V14H4zM10 6v4M10 11.6h.01" />,
  today: <path d="M4 5h12M4 10h12M4 15h7" />,
  desk: <path d="M3 4h14v10H9l-4 3v-3H3z" />,
  'service-levels': <path d="M3 16l4-6 4 3 6-9" />,
  contracts: <path d="M5 3h7l4 4v10H5zM8 9h5M8 12h5" />,
  suppliers: <path d="M2 5h10v9H2zM12 8h4l2 3v3h-6M5.5 16h.01M14.5 16h.01" />,
  budgets: <path d="M3 17V9M8 17V4M13 17v-6M17 17H2" />,
  find: <path d="M10 3a6 6 0 1 0 .01 0M14.5 14.5L18 18" />,
  more: <path d="M4 10h.01M10 10h.01M16 10h.01" strokeWidth="3" strokeLinecap="round" />,
}

/** More have no room beside finding, news and the rest. */
const PLACES = 3

/** The navigation of a phone: the few places of a day, finding, and the rest under one more. */
export function TabBar({ open }: { readonly open: (over: Over) => void }) {
  const t = useText()
  const asker = useAsker()
  const [more, setMore] = useState(false)
  const here = placeOf(useLocation({ select: ({ pathname }) => pathname }))
  const all = placesFor(asker)
  const short = all.filter(({ area }) => areaWords[area].short !== undefined)
  // Who has none of the usual places has few, and these.
  const places = (short.length > 0 ? short : all.filter(({ area }) => area in icons)).slice(0, PLACES)
  return (
    <>
      <nav className={classes.bar} aria-label={t('app.areas-phone')}>
        {places.map(({ area, to }) => (
          <Link
            key={to}
            to={to}
            {...(here?.to === to && { 'aria-current': 'page' })}
            activeOptions={{ exact: to === '/', includeSearch: false }}
          >
            <Icon>{icons[area]}</Icon>
            {t(areaWords[area].short ?? areaWords[area].label)}
          </Link>
        ))}
        <BellTab />
        <button type="button" onClick={() => open('palette')}>
          <Icon>{icons.find}</Icon>
          {t('app.tab.find')}
        </button>
        <button type="button" aria-haspopup="dialog" onClick={() => setMore(true)}>
          <Icon>{icons.more}</Icon>
          {t('app.tab.more')}
        </button>
      </nav>
      {more && <MoreSheet onClose={() => setMore(false)} open={open} />}
    </>
  )
}

interface MoreProps {
  readonly onClose: () => void
  readonly open: (over: Over) => void
}

function MoreSheet({ onClose, open }: MoreProps) {
  const t = useText()
  const { person } = useSession()
  function instead(over: Over) {
    onClose()
    open(over)
  }
  return (
    <Dialog title="Plumbline" onClose={onClose}>
      <CustomerSwitch />
      <nav className={classes.places} aria-label={t('app.areas')}>
        <Places onGo={onClose} />
      </nav>
      <div className={classes.rest}>
        <TextButton onClick={() => instead('help')}>{t('app.help')}</TextButton>
        <TextButton onClick={() => instead('notices')}>
          {t('app.notices')} <FreshNotices />
        </TextButton>
        <Preferences />
        <Link to="/account" onClick={onClose}>
          {person?.name}
        </Link>
        <Button onClick={() => void signOut()}>{t('app.sign-out')}</Button>
      </div>
    </Dialog>
  )
}

function Icon({ children }: { readonly children: ReactNode }) {
  return (
    <svg viewBox="0 0 20 20" aria-hidden>
      {children}
    </svg>
  )
}
