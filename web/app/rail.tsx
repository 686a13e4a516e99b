import { Link } from '@tanstack/react-router'
import { areaWords } from '#web/app/areas.ts'
import { CustomerSwitch } from '#web/app/customer-switch.tsx'
import type { Over } from '#web/app/over.ts'
import { placesFor } from '#web/app/places.ts'
import { Preferences } from '#web/app/preferences.tsx'
import { signOut } from '#web/app/sign-out.ts'
import { useAsker, useSession } from '#web/modules/people/session.ts'
import { TextButton } from '#web/ui/button.tsx'
import { Kbd } from '#web/ui/kbd.tsx'
import { useText } from '#web/ui/text.tsx'
import classes from './rail.module.css'

/** The rail at the left. Its edge is the plumb line, and the bob hangs at where you are. */
export function Rail({ open }: { readonly open: (over: Over) => void }) {
  const t = useText()
  const { person, organisation } = useSession()
  return (
    <aside className={classes.rail} aria-label={t('app.rail')}>
      <Link to="/" className={classes.word}>
        Plumbline
      </Link>
      <CustomerSwitch />
      <button
        type="button"
        className={classes.find}
        onClick={() => open('palette')}
        aria-keyshortcuts="Control+K Meta+K"
      >
        <span>{t('app.find')}</span>
        <Kbd keys="mod+k" />
      </button>
      <nav aria-label={t('app.areas')}>
        <Places />
      </nav>
      <div className={classes.foot}>
        <button type="button" className={classes.quiet} onClick={() => open('keys')}>
          {t('app.keys')} <Kbd keys="?" />
        </button>
        <Preferences />
        <Link to="/account" className={classes.person} title={person?.email ?? undefined}>
          {person?.name}
        </Link>
        {organisation && <span className={classes.organisation}>{organisation}</span>}
        <TextButton className={classes.out ?? ''} onClick={() => void signOut()}>
          {t('app.sign-out')}
        </TextButton>
      </div>
    </aside>
  )
}

/** The entries of the navigation. */
export function Places({ onGo }: { readonly onGo?: () => void }) {
  const t = useText()
  const asker = useAsker()
  return placesFor(asker).map(({ area, to }) => (
    <Link
      key={to}
      to={to}
      activeOptions={{ exact: to === '/', includeSearch: false }}
      className={classes.place}
      onClick={onGo}
    >
      {t(areaWords[area].label)}
    </Link>
  ))
}
