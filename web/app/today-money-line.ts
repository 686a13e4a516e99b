import type { TodayItem } from '#api/today'
import { type Saying, type TodayLine } from '#web/app/today-words.ts'

const DAY_MS = 86_400_000

type MoneyItem = Extract<TodayItem, { readonly kind: 'contract-day' | 'charges' | 'credit' | 'appropriation' }>
type DayItem = Extract<TodayItem, { readonly kind: 'contract-day' }>

/** What a line says of something that money hangs on. */
export function moneyLine(item: MoneyItem, saying: Saying): TodayLine {
  const { t, format, now } = saying
  if (item.kind === 'contract-day') return dayLine(item, saying)
  const since = {
    is: 'write',
    time: t('today.days', { days: Math.max(0, Math.floor((now.getTime() - item.at.getTime()) / DAY_MS)) }),
    timeNote: t('today.since', { day: format.day(item.at) }),
    urgent: null,
  } as const
  if (item.kind === 'appropriation') {
    const { id, why, title, customer } = item
    return {
      ...since,
      key: id,
      title: t(`today.appropriation.${why}`, { title }),
      to: `/appropriations/${id}`,
      about: [t('today.appropriation.about'), ...(customer === null ? [] : [customer])],
      act: t(`today.appropriation.do-${why}`),
    }
  }
  const values = { customer: item.customer, contract: item.contract, month: format.month(item.month) }
  if (item.kind === 'charges') {
    return {
      ...since,
      key: `${item.id} ${item.month}`,
      title: t('today.charges.title', values),
      to: `/contracts/${item.id}?month=${item.month}`,
      about: [t('today.charges.about')],
      act: t('today.charges.do'),
    }
  }
  return {
    ...since,
    key: item.id,
    title: t(`today.credit.${item.why}`, values),
    to: `/credits/${item.id}`,
    about: [item.customer],
    act: t(`today.credit.do-${item.why}`),
  }
}

const pages = {
  contract: 'contracts',
  credit: 'credits',
  renewal: 'renewals',
  'contract-change': 'contract-changes',
  supplier: 'suppliers',
} as const

function dayLine(item: DayItem, { t, format, now }: Saying): TodayLine {
  const { id, leads, what, name, month, party, contract, customer, at, why } = item
  const days = Math.round((at.getTime() - now.getTime()) / DAY_MS)
  const isLate = why === 'late'
  return {
    key: [id, what, name, at.getTime()].join(' '),
    is: isLate ? 'miss' : 'write',
    title: t(`today.day.${what}`, {
      name: name ?? '',
      party: party ?? 'provider',
      month: month === null ? '' : format.month(month),
    }),
    to: `/${pages[leads]}/${id}`,
    about: [...(contract === null ? [] : [contract]), customer],
    time: t('today.days', { days: Math.abs(days) }),
    timeNote: format.day(at),
    urgent: isLate ? 'miss' : days < 4 ? 'soon' : null,
    act: t('today.contract-day.do'),
  }
}
