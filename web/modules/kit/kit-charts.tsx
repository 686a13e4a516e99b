import type { ReactNode } from 'react'
import { Section } from '#web/ui/page.tsx'
import { State } from '#web/ui/state.tsx'
import { useText } from '#web/ui/text.tsx'
import { addMonths } from '#web/ui/month.ts'
import { Trend } from '#web/ui/trend.tsx'
import type { TrendPoint } from '#web/ui/trend-layout.ts'
import { useFormat } from '#web/ui/use-format.ts'
import classes from './kit-page.module.css'

const fell = [
  96.9, 95.1, 97.6, 97.1, 95.8, 98.2, 96.9, 95.4, 97.5, 97.9, 96.6, 96.1, 97.6, 96.8, 95.9, 95.3, 96.5, 89.1,
]
const rare = [100, 100, null, 100, 100, 100, null, 100, 100, 57, 100, 100, 100, null, 100, 100, 100, null]
const rose = [
  94.1, 95.2, 94.8, 95.9, 95.1, 95.7, 96.6, 96.1, 95.6, 96.3, 95.5, 97.3, 97.6, 98.0, 98.3, 97.9, 98.6, 98.2,
]

/** A small line that fell, one with gaps, one that rose. */
export function KitCharts() {
  const t = useText()
  const format = useFormat()
  const target = { value: 95, label: t('kit.trend.target') }
  const limit = (value: number) => ({ value, label: format.number(value, 1) })
  return (
    <Section title={t('kit.trend')} hint={t('kit.trend.hint')}>
      <div className={classes.panels}>
        <Panel title={t('kit.trend.fell')} standing={<State is="miss">{t('kit.trend.fell-state')}</State>}>
          <Trend
            label={t('kit.trend.fell-label')}
            points={usePoints(fell, { 17: 'down' })}
            target={target}
            mean={96.3}
            limits={{ low: limit(93.1), high: limit(99.5) }}
          />
        </Panel>
        <Panel title={t('kit.trend.rare')} standing={<State is="none">{t('kit.trend.rare-state')}</State>}>
          <Trend label={t('kit.trend.rare-label')} points={usePoints(rare, { 9: 'down' })} target={target} />
        </Panel>
        <Panel title={t('kit.trend.rose')} standing={<State is="met" />}>
          <Trend
            label={t('kit.trend.rose-label')}
            points={usePoints(rose, { 14: 'up', 15: 'up', 16: 'up', 17: 'up' })}
            target={target}
            mean={95.7}
            limits={{ low: limit(93.9), high: limit(97.5) }}
          />
        </Panel>
      </div>
    </Section>
  )
}

function Panel({
  title,
  standing,
  children,
}: {
  readonly title: string
  readonly standing: ReactNode
  readonly children: ReactNode
}) {
  return (
    <div className={classes.panel}>
      <div className={classes.line} style={{ justifyContent: 'space-between' }}>
        <h3>{title}</h3>
        {standing}
      </div>
      {children}
    </div>
  )
}

function usePoints(
  values: readonly (number | null)[],
  signals: Readonly<Record<number, 'down' | 'up'>>,
): readonly TrendPoint[] {
  const t = useText()
  const format = useFormat()
  return values.map((value, index) => ({
    label: format.monthShort(addMonths('2025-05', index)),
    value,
    written: value === null ? t('ui.state.none') : `${format.number(value, 1)} %`,
    ...(signals[index] && { signal: signals[index] }),
  }))
}
