import { useInfiniteQuery, useSuspenseQuery } from '@tanstack/react-query'
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import type { Today } from '#api/today'
import { barredFromAdministering, barredFromInside, barredFromWorking } from '#core/may.ts'
import { DayStrip } from '#web/app/day-strip.tsx'
import { useSiteName } from '#web/app/customers.ts'
import { FirstStepsPage, OpenSteps, SampleThere } from '#web/app/today-steps.tsx'
import { lineOf } from '#web/app/today-line.ts'
import { TodayList } from '#web/app/today-list.tsx'
import { type Chosen, furtherQuery, todayQuery } from '#web/app/today-queries.ts'
import { Watched } from '#web/app/today-watched.tsx'
import { WhyThisOrder } from '#web/app/today-order.tsx'
import { askerOf, useSession } from '#web/modules/people/session.ts'
import { Button, LinkButton } from '#web/ui/button.tsx'
import { Chips } from '#web/ui/chips.tsx'
import { useKeys } from '#web/ui/keys.ts'
import { Page } from '#web/ui/page.tsx'
import { Text, useText } from '#web/ui/text.tsx'
import { useFormat } from '#web/ui/use-format.ts'
import classes from './today-page.module.css'

const route = getRouteApi('/shell/')

/** What needs whoever is signed in now; while there is nothing yet, where to begin. */
export function TodayPage() {
  const { customer, site, whose } = route.useSearch()
  const { data: today } = useSuspenseQuery(todayQuery({ customer, site, whose }))
  return today.begun.hasTickets ? <Now today={today} /> : <FirstStepsPage begun={today.begun} />
}

function Now({ today }: { readonly today: Today }) {
  const t = useText()
  const format = useFormat()
  const navigate = useNavigate()
  const asker = askerOf(useSession())
  const works = barredFromWorking(asker) === null
  const inside = barredFromInside(asker) === null
  useKeys(
    t('today.keys'),
    [{ keys: 'n', label: t('today.new'), run: () => void navigate({ to: '/incidents/new' }) }],
    works,
  )
  const { at: now, count, late } = today
  const { customer, site, whose } = route.useSearch()
  const further = useFurther(today, { customer, site, whose })
  const items = [...today.items, ...further.items]
  const lines = items.map((item) => lineOf(item, { t, format, now, works }))
  const siteName = useSiteName(site) ?? ''
  const day = format.date(now)
  return (
    <Page
      title={t('today.title', { count, late, all: late > 1 && late === count ? 'yes' : 'no' })}
      lede={
        count === 0 ? (
          t('today.lede-none', { day, site: siteName, atSite: site === undefined ? 'no' : 'yes' })
        ) : (
          <>
            {t(site === undefined ? 'today.lede' : 'today.lede-site', { day, site: siteName })} <WhyThisOrder />
          </>
        )
      }
      actions={
        works && (
          <LinkButton to="/incidents/new" keys="n">
            {t('today.new')}
          </LinkButton>
        )
      }
    >
      <DayStrip today={today} />
      <div className={classes.two}>
        <div>
          {inside && (
            <Chips
              label={t('today.whose')}
              chips={[
                { value: 'all', label: t('today.whose.all') },
                { value: 'mine', label: t('today.whose.mine') },
              ]}
              value={whose ?? 'all'}
              onChange={(value) => void navigate({ to: '/', search: value === 'mine' ? { whose: value } : {} })}
            />
          )}
          <TodayList lines={lines} />
          {whose === 'mine' && lines.length === 0 && (
            <p className={classes.more}>
              <Text id="today.whose.none" components={{ a: <Link to="/" /> }} />
            </p>
          )}
          {further.more !== null && (
            <p className={classes.more}>
              <Button busy={further.busy} onClick={further.more}>
                {t('today.further')}
              </Button>
            </p>
          )}
          {count > items.length && (
            <p className={classes.more}>
              <Text
                id="today.more"
                values={{ count: count - items.length }}
                components={{ a: <Link to="/incidents" search={{ sort: 'dueAt' }} /> }}
              />
            </p>
          )}
        </div>
        <aside className={classes.aside}>
          {/* Its figures open to everything that is there, so they are of that. */}
          {whose === undefined && <Watched today={today} />}
          <OpenSteps begun={today.begun} />
          {barredFromAdministering(asker) === null && <SampleThere />}
        </aside>
      </div>
    </Page>
  )
}

/** Lines behind the first: none before somebody asks, and not twice what has moved up since. */
function useFurther({ items, nextCursor }: Today, chosen: Chosen) {
  const [begun, setBegun] = useState<{ readonly of: string; readonly cursor: string } | null>(null)
  // Of another choice it begins anew.
  const of = JSON.stringify(chosen)
  const from = begun?.of === of ? begun.cursor : null
  const { data, hasNextPage, isFetching, fetchNextPage } = useInfiniteQuery({
    ...furtherQuery(chosen, from ?? ''),
    enabled: from !== null,
  })
  const first = new Set(items.map(({ id }) => id))
  const begin = nextCursor === null ? null : () => setBegun({ of, cursor: nextCursor })
  return {
    items: (data?.pages ?? []).flatMap((each) => each.items).filter(({ id }) => !first.has(id)),
    busy: isFetching,
    more: from === null ? begin : hasNextPage ? () => void fetchNextPage() : null,
  }
}
