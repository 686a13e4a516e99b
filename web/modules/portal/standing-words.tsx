import type { Incident } from '#api/incidents'
import type { Format } from '#web/ui/format.ts'
import { type Standing, State } from '#web/ui/state.tsx'
import { type Say, useText } from '#web/ui/text.tsx'
import { textChoice } from '#web/ui/text-choice.ts'
import { useFormat } from '#web/ui/use-format.ts'
import { type ReportKind, standingOf } from './report-standing.ts'

const DAY_MS = 86_400_000

/** A moment inside of a sentence: `today at 14:00`, `Tue 14:00`. */
export function momentWords(at: Date, { t, format, now }: { t: Say; format: Format; now: Date }): string {
  const time = format.time(at)
  const isDay = (day: Date) => format.date(at) === format.date(day)
  if (isDay(now)) return t('portal.when.today', { time })
  if (isDay(new Date(now.getTime() + DAY_MS))) return t('portal.when.tomorrow', { time })
  if (isDay(new Date(now.getTime() - DAY_MS))) return t('portal.when.yesterday', { time })
  return t('portal.when.day', { day: format.day(at), time })
}

const looks: Readonly<Record<ReportKind, Standing>> = {
  received: 'runs',
  working: 'runs',
  answer: 'soon',
  waiting: 'paused',
  restored: 'runs',
  confirm: 'soon',
  closed: 'met',
  cancelled: 'none',
}

/** How a report stands, in one plain sentence with the promised date. */
export function useStandingWords(report: Incident, now: Date): string {
  const t = useText()
  const format = useFormat()
  const { kind, promised, late } = standingOf(report, now)
  const when = (at: Date | null) => (at === null ? '' : momentWords(at, { t, format, now }))
  return t('portal.standing', {
    kind,
    wait: textChoice(report.pauseReason ?? 'other'),
    promised: promised === null ? 'no' : late ? 'late' : 'yes',
    due: when(promised),
    at: when((kind === 'confirm' ? report.resolvedAt : report.closedAt) ?? report.updatedAt),
  })
}

/** The same with its mark. */
export function StandingWords({ report, now }: { readonly report: Incident; readonly now: Date }) {
  const { kind, late } = standingOf(report, now)
  return <State is={late ? 'miss' : looks[kind]}>{useStandingWords(report, now)}</State>
}
