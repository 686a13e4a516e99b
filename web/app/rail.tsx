import { useQuery } from '@tanstack/react-query'
import { Link, useLocation, useSearch } from '@tanstack/react-router'
import { barredBeyondBooks, barredBeyondPortal, barredBeyondSupplier } from '#core/may.ts'
import { type Area, areaWords } from '#web/app/areas.ts'
import { Bell } from '#web/app/bell.tsx'
import { CustomerSwitch } from '#web/app/customer-switch.tsx'
import { OrganisationMark } from '#web/app/organisation-mark.tsx'
import type { Over } from '#web/app/over.ts'
import { placeOf, placesFor } from '#web/app/places.ts'
import { Preferences } from '#web/app/preferences.tsx'
import { signOut } from '#web/app/sign-out.ts'
import { useKeptWrites } from '#web/app/use-outbox.ts'
import { todayQuery } from '#web/app/today-queries.ts'
import { useAsker, useSession } from '#web/modules/people/session.ts'
import { TextButton } from '#web/ui/button.tsx'
import { Kbd } from '#web/ui/kbd.tsx'
import { useSaidNotices } from '#web/ui/notices.tsx'
import { useText } from '#web/ui/text.tsx'
import { useFormat } from '#web/ui/use-format.ts'
import classes from './rail.module.css'

/** The rail at the left. Its edge is the plumb line, and the bob hangs at where you are. */
export function Rail({ open }: { readonly open: (over: Over) => void }) {
  const t = useText()
  const { person, organisation } = useSession()
  return (
    <aside className={classes.rail} aria-label={t('app.rail')}>
      <div className={classes.top}>
        <Link to="/" className={classes.word}>
          Plumbline
        </Link>
        <Bell onOpen={() => open('notifications')} />
      </div>
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
        <button type="button" className={classes.quiet} onClick={() => open('help')}>
          {t('app.help')}
        </button>
        <button type="button" className={classes.quiet} onClick={() => open('notices')}>
          {t('app.notices')} <FreshNotices />
        </button>
        <Preferences />
        <Link to="/account" className={classes.person} title={person?.email ?? undefined}>
          {person?.name}
        </Link>
        <OrganisationMark name={organisation} />
        <TextButton className={classes.out ?? ''} onClick={() => void signOut()}>
          {t('app.sign-out')}
        </TextButton>
      </div>
    </aside>
  )
}

/** How much was said or is waiting that nobody has looked at; nothing when nothing is. */
export function FreshNotices() {
  const t = useText()
  const { fresh } = useSaidNotices()
  const waiting = useKeptWrites().length
  const count = fresh + waiting
  return count === 0 ? null : <span className={classes.count}>{t('app.notices.fresh', { count })}</span>
}

/** The entries of the navigation, with how much there is to do in them. */
export function Places({ onGo }: { readonly onGo?: () => void }) {
  const t = useText()
  const format = useFormat()
  const asker = useAsker()
  const counts = useCounts()
  const here = placeOf(useLocation({ select: ({ pathname }) => pathname }))
  return placesFor(asker).map(({ area, to }) => (
    <Link
      key={to}
      to={to}
      {...(here?.to === to && { 'aria-current': 'page' })}
      activeOptions={{ exact: to === '/', includeSearch: false }}
      className={classes.place}
      onClick={onGo}
    >
      {t(areaWords[area].label)}
      {(counts[area] ?? 0) > 0 && <span className={classes.count}>{format.number(counts[area]!)}</span>}
    </Link>
  ))
}

/** From the same source as Today, so that both say the same. */
function useCounts(): Readonly<Partial<Record<Area, number>>> {
  const asker = useAsker()
  const works = [barredBeyondPortal, barredBeyondSupplier, barredBeyondBooks].every((barred) => barred(asker) === null)
  // Of everything, also while a page shows only what is one's own.
  const { customer, site } = useSearch({ from: '/shell' })
  const { data } = useQuery({ ...todayQuery({ customer, site }), enabled: works })
  return data === undefined ? {} : { today: data.count, desk: data.watched.open }
}
