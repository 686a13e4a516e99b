import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { Correction } from '#api/corrections'
import type { IncidentPage } from '#api/incidents'
import type { Adjustment, KeptResult } from '#api/service-levels'
import { History, type HistoryEntry } from '#web/ui/history.tsx'
import { Section } from '#web/ui/page.tsx'
import { textChoice } from '#web/ui/text-choice.ts'
import { Text, useText } from '#web/ui/text.tsx'
import { useFormat } from '#web/ui/use-format.ts'
import { otherResultsQuery } from './queries.ts'
import { resultWords } from './told-words.ts'

/** What was told of an incident's clocks before, and what stands beside it; nothing where there was one result only. */
export function OtherResults({ incident, zone }: { readonly incident: IncidentPage; readonly zone: string }) {
  const t = useText()
  const { data } = useQuery(otherResultsQuery(incident.id))
  return <ResultsBeside results={data} zone={zone} title={t('incidents.told.title')} />
}

interface Results {
  readonly kept: readonly (Pick<KeptResult, 'id' | 'keptAt' | 'result'> & Pick<Adjustment, 'metric'>)[]
  readonly adjusted: readonly Adjustment[]
  readonly corrected: readonly Correction[]
}

interface ResultsBesideProps {
  /** Undefined until they are there. */
  readonly results: Results | undefined
  readonly zone: string
  readonly title: string
}

/** Results that were told before, or stand beside one that is told, with the corrections that they come of. */
export function ResultsBeside({ results, zone, title }: ResultsBesideProps) {
  const t = useText()
  const format = useFormat()
  if (results === undefined) return null
  const to = (id: string, words: string) => (
    <Link to="/corrections/$id" params={{ id }}>
      {words}
    </Link>
  )
  const entries: readonly HistoryEntry[] = [
    ...results.kept.map(({ id, keptAt, metric, result }) => ({
      id: `kept ${id}`,
      at: keptAt,
      who: t('incidents.told.kept'),
      what: t('incidents.told.kept-what', { metric: textChoice(metric), result: resultWords(t, format, result) }),
    })),
    ...results.adjusted.map(({ id, createdAt, metric, month, enteredMonth, before, after, correctionId }) => ({
      id: `adjusted ${id}`,
      at: createdAt,
      who: t('incidents.told.adjusted'),
      what: (
        <Text
          id="incidents.told.adjusted-what"
          values={{
            metric: textChoice(metric),
            month: format.month(month),
            entered: format.month(enteredMonth),
            told: resultWords(t, format, before),
            known: resultWords(t, format, after),
          }}
          components={{ why: correctionId === null ? <span /> : to(correctionId, t('incidents.told.correction')) }}
        />
      ),
    })),
    ...results.corrected.map(({ id, requestedAt, state, reason }) => ({
      id: `correction ${id}`,
      at: requestedAt,
      who: t('incidents.told.correction'),
      what: <Text id="incidents.told.correction-what" values={{ state }} components={{ what: to(id, reason) }} />,
    })),
  ].toSorted((one, other) => other.at.getTime() - one.at.getTime())
  if (entries.length === 0) return null
  return (
    <Section title={title} hint={t('incidents.told.hint')}>
      <History zone={zone} entries={entries} />
    </Section>
  )
}
