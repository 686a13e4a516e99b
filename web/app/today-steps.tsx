import { useQuery } from '@tanstack/react-query'
import type { Today } from '#api/today'
import { barredFromAdministering, barredFromManaging } from '#core/may.ts'
import type { TextKey } from '#web/locales/catalogue.ts'
import { type FirstStep, firstSteps, thingsToSee } from '#web/app/first-steps.ts'
import { placesFor } from '#web/app/places.ts'
import { SampleOffer } from '#web/app/sample-offer.tsx'
import { sampleQuery } from '#web/app/sample-query.ts'
import { askerOf, useAsker, useSession } from '#web/modules/people/session.ts'
import { ActionLink, LinkButton } from '#web/ui/button.tsx'
import { Glyph, type Standing } from '#web/ui/state.tsx'
import { useText } from '#web/ui/text.tsx'
import { useNow } from '#web/ui/use-now.ts'
import { useFormat } from '#web/ui/use-format.ts'
import { Page, SideSection } from '#web/ui/page.tsx'
import classes from './today-steps.module.css'

type Begun = Today['begun']

/** The first steps that whoever is signed in may take, and how far each is. */
function useSteps(begun: Begun): { readonly steps: readonly FirstStep[]; readonly manages: boolean } {
  const session = useSession()
  const asker = askerOf(session)
  const areas = new Set(placesFor(asker).map(({ area }) => area))
  const manages = barredFromManaging(asker) === null
  const all = (manages ? firstSteps : thingsToSee)({ ...begun, hasTwoFactor: session.twoFactor })
  return { steps: all.filter(({ area }) => area === null || areas.has(area)), manages }
}

/** Where to begin, while there is nothing yet. */
export function FirstStepsPage({ begun }: { readonly begun: Begun }) {
  const t = useText()
  const format = useFormat()
  const now = useNow()
  const asker = useAsker()
  const { steps, manages } = useSteps(begun)
  const done = steps.filter(({ state }) => state === 'done').length
  const next = steps.find(({ state }) => state === 'next')
  return (
    <Page
      title={t(titleOf(manages, next), { done, count: steps.length })}
      lede={t(manages ? 'app.today.lede' : 'app.today.lede-see', { date: format.date(now) })}
    >
      <ol className={classes.steps}>
        {steps.map((step) => (
          <Step key={step.key} step={step} main={step === next} />
        ))}
      </ol>
      {barredFromAdministering(asker) === null && <SampleFirst />}
    </Page>
  )
}

/** What of the first steps is still to be done, beside the day's work; nothing when all is. */
export function OpenSteps({ begun }: { readonly begun: Begun }) {
  const t = useText()
  const { steps, manages } = useSteps(begun)
  const open = steps.filter(({ state }) => state === 'next')
  if (!manages || open.length === 0) return null
  return (
    <SideSection title={t('today.steps')}>
      <p className={classes.few}>
        {t('today.steps.done', { done: steps.filter(({ state }) => state === 'done').length, count: steps.length })}
      </p>
      <ul className={classes.few}>
        {open.map(({ key, to, title }) => (
          <li key={key}>
            <ActionLink to={to}>{t(title)}</ActionLink>
          </li>
        ))}
      </ul>
    </SideSection>
  )
}

function titleOf(manages: boolean, next: FirstStep | undefined): TextKey {
  if (!manages) return 'app.today.see'
  if (next === undefined) return 'app.today.all-done'
  return next.key === 'import' ? 'app.today.begin' : 'app.today.some-done'
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

/** Offered while there is nothing else. */
function SampleFirst() {
  const t = useText()
  const { data: sample } = useQuery(sampleQuery())
  if (sample === undefined) return null
  return (
    <section className={classes.sample}>
      <h2>{t(sample.state === 'none' ? 'app.sample.title' : 'app.sample.company')}</h2>
      <p className="pl-quiet pl-small">{t('app.sample.why')}</p>
      <SampleOffer />
    </section>
  )
}

/** As long as the sample company is there, the way to be rid of it. */
export function SampleThere() {
  const t = useText()
  const { data: sample } = useQuery(sampleQuery())
  if (sample === undefined || sample.state === 'none') return null
  return (
    <SideSection title={t('app.sample.company')}>
      <p className={classes.few}>{t('app.sample.why')}</p>
      <SampleOffer />
    </SideSection>
  )
}
