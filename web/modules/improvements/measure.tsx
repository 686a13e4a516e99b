import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { ImprovementInFull } from '#api/improvements'
import { barredFromInside } from '#core/may.ts'
import { KpiChart, kpiQuery, useKpiFormat } from '#web/modules/kpis/index.ts'
import { useAsker } from '#web/modules/people/index.ts'
import { Section } from '#web/ui/page.tsx'
import { State } from '#web/ui/state.tsx'
import { useText } from '#web/ui/text.tsx'
import { useFormat } from '#web/ui/use-format.ts'

/** By what the benefit is seen: the figure before, its aim, and whether it signals a change for the better by now. */
export function Measure({ improvement }: { readonly improvement: ImprovementInFull }) {
  const t = useText()
  const inside = barredFromInside(useAsker()) === null
  const { kpi, agreedEvidence } = improvement
  if (kpi === null && agreedEvidence === null) {
    return (
      <Section title={t('improvements.measure')}>
        <p className="pl-quiet">{t('improvements.measure-none')}</p>
      </Section>
    )
  }
  return (
    <Section title={t('improvements.measure')}>
      {kpi !== null && (inside ? <Figure improvement={improvement} kpi={kpi} /> : <p>{kpi.key}</p>)}
      {agreedEvidence !== null && <p>{t('improvements.agreed', { text: agreedEvidence })}</p>}
    </Section>
  )
}

interface FigureProps {
  readonly improvement: ImprovementInFull
  readonly kpi: NonNullable<ImprovementInFull['kpi']>
}

function Figure({ improvement, kpi: { key, part, of } }: FigureProps) {
  const t = useText()
  const format = useFormat()
  const written = useKpiFormat()
  const { customer, baseline, targetValue, benefit, startedAt, state, proofMonth, proofValue } = improvement
  const { data: kpi } = useQuery(kpiQuery(key, { customer: customer?.id, part, of }))
  if (kpi === undefined) return null
  const { unit, name } = kpi
  const search = { ...(customer && { customer: customer.id }), part, ...(of !== '' && { of }) }
  const verified = proofMonth !== null && proofValue !== null
  return (
    <>
      <p>
        <Link to="/kpis/$key" params={{ key }} search={{ ...search, ...(baseline && { month: baseline.month }) }}>
          {key} {name}
        </Link>
        {': '}
        {baseline === null
          ? t('improvements.no-baseline')
          : t('improvements.baseline', {
              value: written(unit, baseline.value),
              month: format.month(baseline.month),
              aim: targetValue === null ? '–' : written(unit, targetValue),
            })}
      </p>
      <KpiChart kpi={kpi} />
      {startedAt !== null && state !== 'stopped' && (
        <p>
          {verified ? (
            <State is="met">
              {t('improvements.proved', { month: format.month(proofMonth), value: written(unit, proofValue) })}
            </State>
          ) : benefit === null ? (
            <State is="none">{t('improvements.no-signal')}</State>
          ) : (
            <State is="met">
              {t('improvements.signal', { month: format.month(benefit.month), value: written(unit, benefit.value) })}
            </State>
          )}
        </p>
      )}
    </>
  )
}
