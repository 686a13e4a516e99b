import type { IncidentItem, IncidentReason } from '#api/today'
import { isolate } from '#web/ui/direction.ts'
import type { Standing } from '#web/ui/state.tsx'
import { type Saying, spanOf, type TodayLine } from '#web/app/today-words.ts'

const standings: Readonly<Record<IncidentReason, Standing>> = {
  late: 'miss',
  'due-soon': 'soon',
  unassigned: 'soon',
  reopened: 'felt',
  yours: 'runs',
  mine: 'runs',
  team: 'soon',
  answer: 'paused',
}

/** What a line says of an incident: its promise first, then why it is there. */
export function incidentLine(item: IncidentItem, { t, format, now, works }: Saying): TodayLine {
  const { why, number, title, customer, site, priority, metric, dueAt, leftSeconds, reopenCount, updatedAt } = item
  const first = why[0] ?? 'yours'
  const about = [
    number,
    metric === null ? priority.toUpperCase() : t(`today.promise.${metric}`, { priority: priority.toUpperCase() }),
    ...why
      .filter((reason) => reason !== 'late' && reason !== 'due-soon')
      .map((reason) => t(`today.why.${reason}`, { count: reopenCount })),
  ]
  const urgent = first === 'late' ? 'miss' : first === 'due-soon' ? 'soon' : null
  const promised = dueAt !== null && leftSeconds !== null
  // Who has nobody needs somebody first; else what the strongest reason asks for.
  const next = !works && first !== 'answer' ? 'look' : why.includes('unassigned') ? 'unassigned' : first
  return {
    key: item.id,
    is: standings[first],
    title: [title, customer, ...(site === null ? [] : [site])].map(isolate).join(', '),
    to: `/incidents/${encodeURIComponent(number)}`,
    about,
    time: promised ? spanOf(leftSeconds * 1000, format) : '',
    timeNote: !promised
      ? t('today.since', { day: format.timeNear(updatedAt, now) })
      : first === 'late'
        ? t('today.late')
        : t('today.due', { when: format.timeNear(dueAt, now) }),
    urgent,
    act: t(`today.do.${next}`),
  }
}
