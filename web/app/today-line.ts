import type { TodayItem } from '#api/today'
import { isolate } from '#web/ui/direction.ts'
import { incidentLine } from '#web/app/today-incident-line.ts'
import { moneyLine } from '#web/app/today-money-line.ts'
import { type Saying, spanOf, type TodayLine } from '#web/app/today-words.ts'

const DAY_MS = 86_400_000

/** What a line says of something that needs somebody. */
export function lineOf(item: TodayItem, saying: Saying): TodayLine {
  const { t, format, now } = saying
  const days = daysBetween('at' in item ? item.at : now, now)
  const count = { days: Math.abs(days) }
  const day = 'at' in item ? format.day(item.at) : ''
  switch (item.kind) {
    case 'incident':
      return incidentLine(item, saying)
    case 'review': {
      const values = { customer: item.customer, month: format.month(item.month) }
      const failed = item.why === 'failed'
      return {
        key: item.id,
        is: failed ? 'miss' : 'write',
        title: t(failed ? 'today.review.failed' : 'today.review.ready', values),
        to: `/reviews/${item.id}`,
        about: [t(failed ? 'today.review.failed-about' : 'today.review.ready-about')],
        time: t('today.days', count),
        timeNote: t('today.since', { day }),
        urgent: null,
        act: t(failed ? 'today.review.failed-do' : 'today.review.ready-do'),
      }
    }
    case 'agreement': {
      const ends = item.why === 'ends'
      const values = { name: item.name, number: item.number, customer: item.customer, day }
      return {
        key: `${item.id} ${item.number}`,
        is: 'write',
        title: t(ends ? 'today.agreement.ends' : 'today.agreement.draft', values),
        to: `/agreements/${item.id}`,
        about: [item.customer, t(ends ? 'today.agreement.ends-about' : 'today.agreement.draft-about', values)],
        time: t('today.days', count),
        timeNote: ends ? day : t('today.since', { day }),
        urgent: null,
        act: t(ends ? 'today.agreement.ends-do' : 'today.agreement.draft-do'),
      }
    }
    case 'import': {
      const failed = item.why === 'failed'
      return {
        key: item.id,
        is: failed ? 'miss' : 'paused',
        title: t(failed ? 'today.import.failed' : 'today.import.stands', { file: item.file }),
        to: `/imports/${item.id}`,
        about: [...(item.customer === null ? [] : [item.customer]), t('today.import.about')],
        time: t('today.days', count),
        timeNote: t('today.since', { day }),
        urgent: null,
        act: t(failed ? 'today.import.failed-do' : 'today.import.stands-do'),
      }
    }
    case 'calendar':
      return {
        key: item.id,
        is: 'write',
        title: t('today.calendar.title', { name: item.name, year: String(item.year) }),
        to: `/calendars/${item.id}`,
        about: [t('today.calendar.about')],
        time: t('today.days', count),
        timeNote: day,
        urgent: null,
        act: t('today.calendar.do'),
      }
    case 'major-incident':
      return majorLine(item, saying)
    case 'escalation':
      return escalationLine(item, saying)
    case 'action':
      return {
        key: item.id,
        is: item.why === 'late' ? 'miss' : item.why === 'due' ? 'soon' : 'write',
        title: item.text,
        to: `/actions/${item.id}`,
        about: [
          t(`today.action.${item.why}`),
          ...(item.customer === null ? [] : [item.customer]),
          ...(item.redated === 0 ? [] : [t('today.action.redated', { count: item.redated })]),
        ],
        time: item.why === 'late' ? t('today.days', count) : '',
        timeNote: day,
        urgent: item.why === 'late' ? 'miss' : null,
        act: t(`today.action.do-${item.why}`),
      }
    case 'forum':
      return {
        key: item.id,
        is: 'write',
        title: item.name,
        to: `/forum-runs/${item.id}`,
        about: [t(`today.forum.${item.why}`), ...(item.customer === null ? [] : [item.customer])],
        time: '',
        timeNote: format.timeNear(item.at, now),
        urgent: null,
        act: t(`today.forum.do-${item.why}`),
      }
    case 'decision':
      return {
        key: item.id,
        is: 'write',
        title: item.question,
        to: `/decisions/${item.id}`,
        about: [t(`today.decision.${item.why}`), ...(item.customer === null ? [] : [item.customer])],
        time: '',
        timeNote: day,
        urgent: null,
        act: t(`today.decision.do-${item.why}`),
      }
    case 'mention':
      return {
        key: item.id,
        is: 'felt',
        title: `${isolate(item.title)}, ${isolate(item.customer)}`,
        to: `/incidents/${encodeURIComponent(item.number)}`,
        about: [item.number, t('today.mention', { named: item.by === null ? 'no' : 'yes', by: item.by ?? '' })],
        time: '',
        timeNote: t('today.since', { day: format.timeNear(item.at, now) }),
        urgent: null,
        act: t('today.mention.do'),
      }
    case 'correction':
      return {
        key: item.id,
        is: item.why === 'failed' ? 'miss' : 'write',
        title: t(`today.correction.${item.why}`, { customer: item.customer ?? '–' }),
        to: `/corrections/${item.id}`,
        about: [item.reason],
        time: t('today.days', count),
        timeNote: t('today.since', { day }),
        urgent: null,
        act: t(item.why === 'failed' ? 'today.correction.see' : 'today.correction.decide'),
      }
    case 'approval':
      return {
        key: item.id,
        is: 'write',
        title: t('today.approval.title', { number: item.number, title: item.title }),
        to: '/requests/approvals',
        about: [item.customer],
        time: t('today.days', count),
        timeNote: t('today.since', { day }),
        urgent: null,
        act: t('today.approval.decide'),
      }
    case 'request-task':
    case 'task':
      return {
        key: item.id,
        is: item.why === 'late' ? 'miss' : 'write',
        title: t('today.task.title', { number: item.number, task: item.task }),
        to: item.kind === 'task' ? `/incidents/${item.number}` : `/requests/${item.number}`,
        about: [item.title, item.customer],
        time: format.weekTime(item.at),
        timeNote: t(`today.task.${item.why}`),
        urgent: item.why === 'late' ? 'miss' : item.why === 'appointment' ? 'soon' : null,
        act: t('today.task.do'),
      }
    case 'contract-day':
    case 'charges':
    case 'credit':
    case 'appropriation':
      return moneyLine(item, saying)
    case 'invitation':
      break
  }
  return {
    key: item.id,
    is: 'write',
    title: t('today.invitation.title', { name: item.name }),
    to: `/people/${item.id}`,
    about: [t('today.invitation.about')],
    time: t('today.days', count),
    timeNote: t('today.since', { day }),
    urgent: null,
    act: t('today.invitation.do'),
  }
}

function majorLine(item: MajorItem, { t, format, now }: Saying): TodayLine {
  const { why, id, number, title, customer, at } = item
  const urgent = why === 'update-late' ? 'miss' : why === 'update-due' ? 'soon' : null
  return {
    key: id,
    is: urgent ?? 'write',
    title: `${isolate(title)}, ${isolate(customer)}`,
    to: `/major-incidents/${id}`,
    about: [number, t(`today.major.${why}`)],
    time: spanOf(at.getTime() - now.getTime(), format),
    timeNote: t(why === 'update-late' ? 'today.late' : why === 'update-due' ? 'today.due' : 'today.since', {
      when: format.timeNear(at, now),
      day: format.timeNear(at, now),
    }),
    urgent,
    act: t(why === 'follow-up' ? 'today.major.look' : urgent === null ? 'today.major.decide' : 'today.major.tell'),
  }
}

type EscalationItem = Extract<TodayItem, { readonly kind: 'escalation' }>

function escalationLine(
  { why, id, number, title, customer, level, at }: EscalationItem,
  { t, format, now }: Saying,
): TodayLine {
  const urgent = why === 'update-late' ? 'miss' : why === 'update-due' ? 'soon' : null
  const when = format.timeNear(at, now)
  return {
    key: id,
    is: urgent ?? 'felt',
    title: `${isolate(title)}, ${isolate(customer)}`,
    to: `/escalations/${id}`,
    about: [number, t('today.escalation', { level }), t(`today.escalation.${why}`)],
    time: urgent === null ? '' : spanOf(at.getTime() - now.getTime(), format),
    timeNote:
      urgent === 'miss'
        ? t('today.late')
        : urgent === 'soon'
          ? t('today.due', { when })
          : t('today.since', { day: when }),
    urgent,
    act: t(`today.escalation.do-${why}`),
  }
}

type MajorItem = Extract<TodayItem, { readonly kind: 'major-incident' }>

function daysBetween(at: Date, now: Date): number {
  return Math.floor((at.getTime() - now.getTime()) / DAY_MS)
}
