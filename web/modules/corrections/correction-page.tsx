import { useSuspenseQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import type { Change, Correction } from '#api/corrections'
import { barredFromInside } from '#core/may.ts'
import { useAsker } from '#web/modules/people/index.ts'
import { Facts } from '#web/ui/facts.tsx'
import { History, type HistoryEntry } from '#web/ui/history.tsx'
import { Page, Section, SideSection } from '#web/ui/page.tsx'
import { Problem } from '#web/ui/problem.tsx'
import { Progress } from '#web/ui/progress.tsx'
import { useText } from '#web/ui/text.tsx'
import { useFormat } from '#web/ui/use-format.ts'
import { AvailabilityFigures } from './correction-availability.tsx'
import { CorrectionBehind } from './correction-behind.tsx'
import { CorrectionDifferences } from './correction-differences.tsx'
import { CorrectionFigures } from './correction-figures.tsx'
import { CorrectionState } from './correction-state.tsx'
import { CorrectionSteps } from './correction-steps.tsx'
import { correctionTitle } from './correction-words.ts'
import { Evidence, WhatChanges } from './what-changes.tsx'
import { correctionQuery } from './queries.ts'

const route = getRouteApi('/shell/corrections/$id')

/** One correction: what was wrong and what shows it, what it would change, and who decided. */
export function CorrectionPage() {
  const t = useText()
  const format = useFormat()
  const { id } = route.useParams()
  const { data: correction } = useSuspenseQuery(correctionQuery(id))
  const inside = barredFromInside(useAsker()) === null
  const { counts, state, failure, progress } = correction
  const counted = counts !== null && state !== 'computing'
  return (
    <Page
      title={correctionTitle(t, format, correction)}
      lede={<Lede correction={correction} />}
      crumb={<Link to="/corrections">{t('corrections.title')}</Link>}
      actions={inside && <CorrectionSteps correction={correction} />}
      side={<Side correction={correction} />}
    >
      {failure !== null && <Problem title={t('corrections.failed')}>{failure}</Problem>}
      {state === 'computing' && (
        <Progress label={t('corrections.computing', { count: progress })} share={null} mayLeave />
      )}
      {state === 'approved' && <Progress label={t('corrections.applying')} share={null} mayLeave />}
      <Section title={t('corrections.why')}>
        <p>{correction.reason}</p>
        <p className="pl-quiet">
          {t('corrections.evidence')}: <Evidence text={correction.evidence} />
        </p>
        <WhatChanges correction={correction} />
      </Section>
      {counted && counts.clocks > 0 && (
        <>
          <CorrectionFigures correction={correction} />
          <CorrectionDifferences correction={correction} />
        </>
      )}
      {counted && counts.behind > 0 && <CorrectionBehind correction={correction} />}
      {counted && counts.figures > 0 && <AvailabilityFigures correction={correction} />}
      <Section title={t('corrections.history')}>
        <History entries={historyOf(correction)} />
      </Section>
    </Page>
  )

  function historyOf({
    requestedAt,
    requestedBy,
    computedAt,
    decidedAt,
    decidedBy,
    decisionNote,
    appliedAt,
  }: Correction) {
    const system = t('corrections.history.program')
    const entries: HistoryEntry[] = [
      {
        id: 'requested',
        at: requestedAt,
        who: requestedBy?.name ?? t('corrections.history.provider'),
        what: t('corrections.history.requested'),
      },
    ]
    if (computedAt !== null && counts !== null)
      entries.push({ id: 'computed', at: computedAt, who: system, what: computedWords(counts) })
    if (decidedAt !== null)
      entries.push({
        id: 'decided',
        at: decidedAt,
        who: decidedBy?.name ?? t('corrections.history.provider'),
        what: `${t(state === 'rejected' ? 'corrections.history.rejected' : 'corrections.history.approved')} ${decisionNote ?? ''}`,
      })
    if (appliedAt !== null)
      entries.push({ id: 'applied', at: appliedAt, who: system, what: t('corrections.history.applied') })
    return entries.toReversed()
  }

  function computedWords(found: NonNullable<Correction['counts']>): string {
    if (correction.kind === 'availability') return t('corrections.history.computed-figures', { count: found.figures })
    return t('corrections.history.computed', { ...found })
  }
}

/** What it comes to, in a sentence. */
function Lede({ correction: { state, counts, kind } }: { readonly correction: Correction }) {
  const t = useText()
  if (state === 'computing' || counts === null)
    return <>{t(state === 'computing' ? 'corrections.lede.computing' : 'corrections.lede.draft')}</>
  const { clocks, behind, flips, locked, movedIn, figures, lockedFigures } = counts
  const when = state === 'applied' ? 'done' : state === 'rejected' ? 'not' : 'would'
  const ofServices = t('corrections.lede.figures', { count: figures, locked: lockedFigures, when })
  if (kind === 'availability') return <>{figures === 0 ? t('corrections.lede.no-figure') : ofServices}</>
  const ofOthers = behind > 0 && t('corrections.lede.behind', { count: behind, when })
  if (clocks === 0)
    return <>{[t('corrections.lede.nothing'), ofOthers, figures > 0 && ofServices].filter(Boolean).join(' ')}</>
  return (
    <>
      {t('corrections.lede.counts', { clocks, flips, when, locked: locked - movedIn })}
      {movedIn > 0 && <> {t('corrections.lede.moved-in', { count: movedIn, when })}</>}
      {ofOthers && <> {ofOthers}</>}
      {figures > 0 && <> {ofServices}</>}
    </>
  )
}

function Side({ correction }: { readonly correction: Correction }) {
  const t = useText()
  const format = useFormat()
  const { customer, about, requestedBy, requestedAt, decidedBy, state } = correction
  const kind = kindOf(correction)
  return (
    <SideSection title={t('corrections.facts')}>
      <Facts
        small
        facts={[
          { name: t('corrections.state'), value: <CorrectionState state={state} /> },
          ...(kind === null ? [] : [{ name: t('corrections.kind'), value: t(`corrections.kind.${kind}`) }]),
          {
            name: t('corrections.customer'),
            value: customer ? (
              <Link to="/customers/$id" params={{ id: customer.id }}>
                {customer.name}
              </Link>
            ) : (
              t('corrections.shared')
            ),
          },
          ...(about
            ? [{ name: t(`corrections.about.${about.type}`), value: <About about={about} customer={customer?.id} /> }]
            : []),
          ...(requestedBy ? [{ name: t('corrections.asked-by'), value: requestedBy.name }] : []),
          { name: t('corrections.asked-at'), value: format.instant(requestedAt) },
          ...(decidedBy ? [{ name: t('corrections.decided-by'), value: decidedBy.name }] : []),
        ]}
      />
    </SideSection>
  )
}

/** Each of them: one that is forgotten here does not compile. */
const kinds: Readonly<Record<Change['kind'], true>> = {
  'late-holiday': true,
  'corrected-timestamp': true,
  'disputed-pause': true,
  'late-pause': true,
  'wrong-agreement': true,
  'back-dated-contract': true,
  exclusion: true,
  availability: true,
  'order-timestamp': true,
  'order-pause': true,
  'order-agreement': true,
  'order-exclusion': true,
}

function kindOf({ kind }: Correction): Change['kind'] | null {
  return kind in kinds ? (kind as Change['kind']) : null
}

interface AboutProps {
  readonly about: NonNullable<Correction['about']>
  readonly customer: string | undefined
}

function About({ about: { type, id, name }, customer }: AboutProps) {
  if (type === 'incident' || type === 'request')
    return (
      <Link to={type === 'incident' ? '/incidents/$id' : '/requests/$id'} params={{ id: name }}>
        {name}
      </Link>
    )
  if (type === 'service')
    return (
      <Link to="/availability/$serviceId" params={{ serviceId: id }} search={{ customer }}>
        {name}
      </Link>
    )
  return (
    <Link to={type === 'calendar' ? '/calendars/$id' : '/agreements/$id'} params={{ id }}>
      {name}
    </Link>
  )
}
