import type { ReactNode } from 'react'
import { Preferences } from '#web/app/preferences.tsx'
import { KitActions } from '#web/modules/kit/kit-actions.tsx'
import { KitCharts } from '#web/modules/kit/kit-charts.tsx'
import { KitClocks } from '#web/modules/kit/kit-clocks.tsx'
import { KitFields } from '#web/modules/kit/kit-fields.tsx'
import { KitList } from '#web/modules/kit/kit-list.tsx'
import { KitNumbers } from '#web/modules/kit/kit-numbers.tsx'
import { KitPickers } from '#web/modules/kit/kit-pickers.tsx'
import type { TextKey } from '#web/locales/catalogue.ts'
import { Button, Buttons } from '#web/ui/button.tsx'
import { Empty } from '#web/ui/empty.tsx'
import { Notices, notify } from '#web/ui/notices.tsx'
import { Page } from '#web/ui/page.tsx'
import { Problem } from '#web/ui/problem.tsx'
import { Progress } from '#web/ui/progress.tsx'
import { type Standing, State } from '#web/ui/state.tsx'
import { useText } from '#web/ui/text.tsx'
import classes from './kit-page.module.css'

/** Every part of the kit in every state, for whoever builds with it and for pictures to compare. */
export function KitPage() {
  const t = useText()
  return (
    <main className={classes.page}>
      <Page
        title={t('kit.title')}
        lede={t('kit.lede')}
        actions={
          <div className={classes.preferences}>
            <Preferences />
          </div>
        }
      >
        <div className={classes.kit}>
          <Part title="kit.states">
            <States />
          </Part>
          <Part title="kit.numbers">
            <KitNumbers />
          </Part>
          <Part title="kit.actions">
            <KitActions />
          </Part>
          <Part title="kit.empty">
            <Empty
              title={t('kit.empty.title')}
              actions={
                <>
                  <Button main>{t('kit.empty.first')}</Button>
                  <Button>{t('kit.empty.other')}</Button>
                </>
              }
            >
              {t('kit.empty.more')}
            </Empty>
          </Part>
          <Part title="kit.problem">
            <Problem
              title={t('kit.problem.title')}
              actions={
                <>
                  <Button main>{t('kit.problem.compare')}</Button>
                  <Button>{t('kit.problem.theirs')}</Button>
                </>
              }
            >
              {t('kit.problem.kept')}
            </Problem>
          </Part>
          <Part title="kit.work">
            <Work />
          </Part>
          <Part title="kit.paper">
            <Swatches names={paper} />
          </Part>
          <Part title="kit.meaning">
            <Swatches names={meaning} />
          </Part>
        </div>
        <KitClocks />
        <KitCharts />
        <KitList />
        <KitFields />
        <KitPickers />
      </Page>
      <Notices />
    </main>
  )
}

function Part({ title, children }: { readonly title: TextKey; readonly children: ReactNode }) {
  const t = useText()
  return (
    <section className={classes.part}>
      <h2>{t(title)}</h2>
      {children}
    </section>
  )
}

const standings: readonly Standing[] = ['met', 'runs', 'soon', 'miss', 'paused', 'none', 'felt', 'clash']

function States() {
  return (
    <ul className={classes.states}>
      {standings.map((standing) => (
        <li key={standing}>
          <State is={standing} />
        </li>
      ))}
    </ul>
  )
}

function Work() {
  const t = useText()
  const show = () => notify(t('kit.work.done'), () => notify(t('kit.work.undone')))
  return (
    <>
      <Progress
        label={t('kit.work.label')}
        share={0.61}
        remainingSeconds={20}
        mayLeave
        onStop={show}
        stopHint={t('kit.work.stop')}
      />
      <Progress label={t('kit.work.unknown')} share={null} />
      <Buttons>
        <Button onClick={show}>{t('kit.work.notice')}</Button>
      </Buttons>
    </>
  )
}

const paper: readonly (readonly [string, TextKey])[] = [
  ['paper', 'kit.paper.paper'],
  ['surface', 'kit.paper.surface'],
  ['sunk', 'kit.paper.sunk'],
  ['ink', 'kit.paper.ink'],
  ['ink-2', 'kit.paper.ink-2'],
  ['door', 'kit.paper.door'],
  ['door-wash', 'kit.paper.door-wash'],
]

const meaning: readonly (readonly [string, TextKey])[] = [
  ['met', 'kit.meaning.met'],
  ['soon', 'kit.meaning.soon'],
  ['miss', 'kit.meaning.miss'],
  ['felt', 'kit.meaning.felt'],
  ['pause', 'kit.meaning.pause'],
  ['closed', 'kit.meaning.closed'],
  ['miss-wash', 'kit.meaning.miss-wash'],
]

function Swatches({ names }: { readonly names: readonly (readonly [string, TextKey])[] }) {
  const t = useText()
  return (
    <ul className={classes.swatches}>
      {names.map(([name, words]) => (
        <li key={name}>
          <span className={classes.swatch} style={{ background: `var(--pl-${name})` }} />
          {t(words)}
        </li>
      ))}
    </ul>
  )
}
