import { useQuery, useSuspenseQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import type { Forum } from '#api/forums'
import { SteeringTabs } from '#web/modules/actions/index.ts'
import { DoorLink } from '#web/ui/door.tsx'
import { Facts } from '#web/ui/facts.tsx'
import { Page } from '#web/ui/page.tsx'
import { useText } from '#web/ui/text.tsx'
import { useFormat } from '#web/ui/use-format.ts'
import { IntervalFigures } from './board-interval.tsx'
import { Adherence } from './forums-page.tsx'
import classes from './forums.module.css'
import { forumsQuery, intervalQuery } from './queries.ts'

const route = getRouteApi('/shell/forums/tiers')

/** Always shown; the fourth, which meets seldom, where there is one. */
const DAILY_TIERS = [1, 2, 3] as const

/** The tiers beside each other: what each of their forums has to deal with now, and what was handed up to it. */
export function TiersPage() {
  const t = useText()
  const { customer } = route.useSearch()
  const { data } = useSuspenseQuery(forumsQuery(customer))
  const tiers = data.some(({ tier }) => tier === 4) ? [...DAILY_TIERS, 4 as const] : DAILY_TIERS
  return (
    <Page title={t('forums.tiers')} lede={t('forums.tiers-lede')} crumb={<Link to="/forums">{t('forums.title')}</Link>}>
      <SteeringTabs />
      <div className={classes.tiers}>
        {tiers.map((tier) => {
          const forums = data.filter((forum) => forum.tier === tier)
          return (
            <section key={tier} aria-labelledby={`tier-${tier}`}>
              <h2 id={`tier-${tier}`}>{t(`forums.tier-of.${tier}`)}</h2>
              {forums.length === 0 && <p className="pl-quiet">{t('forums.tiers-none')}</p>}
              {forums.map((forum) => (
                <Board key={forum.id} forum={forum} />
              ))}
            </section>
          )
        })}
      </div>
    </Page>
  )
}

/** What one forum has before it. */
function Board({ forum }: { readonly forum: Forum }) {
  const t = useText()
  const format = useFormat()
  const { data } = useQuery(intervalQuery(forum.id))
  const { id, name, customer, nextAt, timeZone, openActions, overdueActions } = forum
  const period =
    data === undefined
      ? ''
      : t('forums.tiers-since', {
          since: format.instant(data.since, timeZone),
          until: format.instant(data.until, timeZone),
        })
  const facts = [
    { name: t('forums.customer'), value: customer?.name ?? t('forums.all-customers') },
    { name: t('forums.next'), value: nextAt === null ? '–' : format.instant(nextAt, timeZone) },
    {
      name: t('forums.actions'),
      value: (
        <DoorLink to="/forums/$id" params={{ id }}>
          {t('forums.tiers-actions', { open: openActions, overdue: overdueActions })}
        </DoorLink>
      ),
    },
    { name: t('forums.adherence'), value: <Adherence of={forum} /> },
  ]
  return (
    <article className={classes.board} aria-labelledby={`forum-${id}`}>
      <h3 id={`forum-${id}`}>
        <Link to="/forums/$id" params={{ id }}>
          {name}
        </Link>
      </h3>
      <Facts small facts={facts} />
      {data !== undefined && (
        <>
          <p className={`pl-quiet pl-small ${classes.between}`}>{period}</p>
          <IntervalFigures lines items={data.items} period={period} />
        </>
      )}
    </article>
  )
}
