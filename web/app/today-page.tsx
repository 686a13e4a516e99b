import { useQuery, useSuspenseQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { barredFromAdministering, barredFromManaging } from '#core/may.ts'
import type { TextKey } from '#web/locales/catalogue.ts'
import { type FirstStep, firstSteps, thingsToSee } from '#web/app/first-steps.ts'
import { placesFor } from '#web/app/places.ts'
import { SampleOffer } from '#web/app/sample-offer.tsx'
import { sampleQuery } from '#web/app/sample-query.ts'
import { whatIsQuery } from '#web/app/today-queries.ts'
import { askerOf, useSession } from '#web/modules/people/session.ts'
import { ActionLink, LinkButton } from '#web/ui/button.tsx'
import { Page } from '#web/ui/page.tsx'
import { Glyph, type Standing } from '#web/ui/state.tsx'
import { useText } from '#web/ui/text.tsx'
import { useNow } from '#web/ui/use-now.ts'
import { useFormat } from '#web/ui/use-format.ts'
import classes from './today-page.module.css'

const route = getRouteApi('/shell/')

/** Where to begin, as long as there is something to begin with. */
export function TodayPage() {
  const t = useText()
  const format = useFormat()
  const now = useNow()
  const session = useSession()
  const { customer } = route.useSearch()
  const { data: is } = useSuspenseQuery(whatIsQuery(customer))
  const asker = askerOf(session)
  const areas = new Set(placesFor(asker).map(({ area }) => area))
  const manages = barredFromManaging(asker) === null
  const all = (manages ? firstSteps : thingsToSee)({ ...is, hasTwoFactor: session.twoFactor })
  const steps = all.filter(({ area }) => area === null || areas.has(area))
  const done = steps.filter(({ state }) => state === 'done').length
  const next = steps.find(({ state }) => state === 'next')
  return (
    <Page
      title={t(titleOf(manages, is.hasTickets, next), { done, count: steps.length })}
      lede={t(manages ? 'app.today.lede' : 'app.today.lede-see', { date: format.date(now) })}
    >
      <ol className={classes.steps}>
        {steps.map((step) => (
          <Step key={step.key} step={step} main={step === next} />
        ))}
      </ol>
      {barredFromAdministering(asker) === null && <Sample hasTickets={is.hasTickets} />}
    </Page>
  )
}

function titleOf(manages: boolean, begun: boolean, next: FirstStep | undefined): TextKey {
  if (!manages) return 'app.today.see'
  if (next === undefined) return 'app.today.all-done'
  return begun ? 'app.today.some-done' : 'app.today.begin'
}

const standing: Readonly<Record<FirstStep['state'], Standing>> = { done: 'met', next: 'runs', later: 'none' }

function Step({ step, main }: { readonly step: FirstStep; readonly main: boolean }) {
  const t = useText()
  const { to, title, why, act, later = 'app.today.later', state } = step
  return (
    <li className={classes.step} data-state={state}>
      <Glyph is={standing[state]} label={t(`app.today.state.${state}`)} />
      <div>
        <h2>{t(title)}</h2>
        <p className="pl-quiet pl-small">{t(state === 'later' ? later : why)}</p>
      </div>
      <div className={classes.act}>
        {main ? (
          <LinkButton to={to} main>
            {t(act)}
          </LinkButton>
        ) : (
          state !== 'later' && <ActionLink to={to}>{t(act)}</ActionLink>
        )}
      </div>
    </li>
  )
}

/** Offered while there is nothing else; and as long as it is there, the way to be rid of it. */
function Sample({ hasTickets }: { readonly hasTickets: boolean }) {
  const t = useText()
  const { data: sample } = useQuery(sampleQuery())
  if (sample === undefined || (hasTickets && sample.state === 'none')) return null
  return (
    <section className={classes.sample}>
      <h2>{t(sample.state === 'none' ? 'app.sample.title' : 'app.sample.company')}</h2>
      <p className="pl-quiet pl-small">{t('app.sample.why')}</p>
      <SampleOffer />
    </section>
  )
}
