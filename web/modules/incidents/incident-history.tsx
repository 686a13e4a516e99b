import { useQueries, useQuery } from '@tanstack/react-query'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import type { HistoryEntry, IncidentPage } from '#api/incidents'
import { barredFromInside } from '#core/may.ts'
import { useAsker } from '#web/modules/people/index.ts'
import { Chips } from '#web/ui/chips.tsx'
import { History } from '#web/ui/history.tsx'
import { Problem } from '#web/ui/problem.tsx'
import { useText } from '#web/ui/text.tsx'
import { useFormat } from '#web/ui/use-format.ts'
import { ClockWords, FactWords } from './fact-words.tsx'
import type { NameOf } from './record-words.tsx'
import { historyLines, type HistoryLine, historyParts, textOf } from './history-facts.ts'
import { useKnownNames } from './choices.ts'
import { explanationQuery, timelineQuery } from './queries.ts'
import classes from './incident-history.module.css'

const route = getRouteApi('/shell/incidents/$id')

interface IncidentHistoryProps {
  readonly incident: IncidentPage
  readonly zone: string
}

/** What happened, the latest first: what was written, what was done, and what it meant for the clocks. */
export function IncidentHistory({ incident, zone }: IncidentHistoryProps) {
  const t = useText()
  const format = useFormat()
  const navigate = useNavigate()
  const { history: part } = route.useSearch()
  const nameOf = useNames(incident)
  const { data: facts, error } = useQuery(timelineQuery(incident.number))
  const told = useQueries({ queries: incident.clocks.map(({ id }) => explanationQuery(incident.number, id)) })
  const lines = historyLines(
    facts ?? [],
    told.flatMap(({ data }) => data ?? []),
  )
  // Until it is there nobody knows how much it is.
  const counted = (those: readonly HistoryLine[]) => facts && { count: those.length }
  const shown = lines.filter((line) => part === undefined || line.part === part)
  return (
    <>
      <div className={classes.head}>
        <h2>{t('incidents.history')}</h2>
        <Chips
          label={t('incidents.history.filter')}
          value={part ?? 'all'}
          onChange={(chosen) =>
            void navigate({
              to: '.',
              search: (before: object) => ({ ...before, history: chosen === 'all' ? undefined : chosen }),
              replace: true,
              resetScroll: false,
            })
          }
          chips={[
            { value: 'all' as const, label: t('incidents.history.all'), ...counted(lines) },
            ...historyParts.map((value) => ({
              value,
              label: t(`incidents.history.${value}`),
              ...counted(lines.filter((line) => line.part === value)),
            })),
          ]}
        />
      </div>
      <p className={`${classes.times} pl-quiet pl-tiny`}>
        {t('incidents.history.zone', {
          zone: format.zone(zone, incident.openedAt),
          place: incident.site?.name ?? incident.customer.name,
        })}
      </p>
      {error && facts === undefined && <Problem failure={error} />}
      {facts && shown.length === 0 && <p className="pl-quiet">{t('incidents.history.none')}</p>}
      <History
        zone={zone}
        entries={shown.map((line) => ({
          id: line.id,
          at: line.at,
          who: 'fact' in line ? <Who fact={line.fact} /> : t('incidents.history.clock'),
          what: 'fact' in line ? <FactWords fact={line.fact} nameOf={nameOf} /> : <ClockWords line={line.clock} />,
          ...('fact' in line &&
            learnedLater(line.fact, facts?.[0]) && {
              learned: t('incidents.history.learned', { at: format.instant(line.fact.recordedAt, zone) }),
            }),
        }))}
      />
    </>
  )
}

/** Who did it; where nobody is named, what kind of thing it is. */
function Who({ fact }: { readonly fact: HistoryEntry }) {
  const t = useText()
  const inside = barredFromInside(useAsker()) === null
  const { kind, visibility, rule } = fact
  const label = t('incidents.history.kind', { kind: kind.replace('incident.', '') })
  const actor = rule === undefined ? fact.actor : t('incidents.by-rule', { name: rule.name, number: rule.number })
  // Whoever wrote from outside need not be anybody we know.
  if (kind === 'incident.answer') return textOf(fact.facts['author']) || label
  // What is said with a step, such as a question or how it was solved, goes to the customer as a message does.
  const speaks = kind === 'incident.note' || (kind === 'incident.state' && textOf(fact.facts['note']) !== '')
  if (!speaks || !inside) return actor ?? label
  return (
    <>
      {actor ?? label}
      <span className={classes.kind} data-visibility={visibility}>
        {t('incidents.note.kind', { visibility })}
      </span>
    </>
  )
}

const LATER_MS = 5 * 60_000

/** Whether it was told later than it happened. A history that came in as a whole was learned at once, which says nothing. */
function learnedLater({ occurredAt, recordedAt }: HistoryEntry, first: HistoryEntry | undefined): boolean {
  const together = first !== undefined && first.recordedAt.getTime() === recordedAt.getTime()
  return !together && recordedAt.getTime() - occurredAt.getTime() > LATER_MS
}

/** Names for the ids of a history: of the incident itself, and of everything there is to choose from. */
function useNames({ customer, site, service, team, assignee }: IncidentPage): NameOf {
  const known = useKnownNames(customer.id)
  const own = [site, service, team, assignee].filter((each) => each !== null)
  return (id) => (typeof id === 'string' ? (own.find((each) => each.id === id)?.name ?? known.get(id)) : undefined)
}
