import type { Terms } from '#api/service-levels'
import { problemOf, readShare, readTime, type TypedTarget, writeShare, writeTime } from './agreements-draft.ts'

type Promise = Terms['fulfilment'][number]

const DAY_SECONDS = 86_400

/** A promise for orders as it is typed. */
export interface TypedFulfilment extends TypedTarget {
  readonly key: string
  /** `item ID`, `service ID`, or empty for all. */
  readonly what: string
}

/** As it would be typed. */
export function typedFulfilment(
  promises: readonly Promise[],
  inDays: (count: number) => string,
): readonly TypedFulfilment[] {
  return promises.map(({ item, service, targetSeconds, days, attainmentBp }, index) => ({
    key: `order ${index}`,
    what: item !== undefined ? `item ${item}` : service !== undefined ? `service ${service}` : '',
    time: days === undefined ? writeTime(targetSeconds) : inDays(days.count),
    reading: days?.reading ?? 'end-of-day',
    share: writeShare(attainmentBp),
    expected: '',
    minimum: '',
  }))
}

/** One more: for all orders. */
export function anotherFulfilment(typed: readonly TypedFulfilment[]): TypedFulfilment {
  const last = Math.max(-1, ...typed.map(({ key }) => Number(key.split(' ')[1])))
  const key = `order ${last + 1}`
  return { key, what: '', time: '', reading: 'end-of-day', share: '95', expected: '', minimum: '' }
}

/** What was typed; null while one of them cannot be read or says nothing. */
export function readFulfilment(typed: readonly TypedFulfilment[]): readonly Promise[] | null {
  const promises: Promise[] = []
  for (const each of typed) {
    const read = readTime(each.time)
    const attainmentBp = readShare(each.share)
    if (read === null || attainmentBp === null || problemOf(each) !== null) return null
    const [kind, id] = each.what.split(' ')
    promises.push({
      ...(kind === 'item' && id !== undefined && { item: id }),
      ...(kind === 'service' && id !== undefined && { service: id }),
      // Of days the server reckons the usual length.
      targetSeconds: typeof read === 'number' ? read : read.days * DAY_SECONDS,
      ...(typeof read !== 'number' && { days: { count: read.days, reading: each.reading } }),
      attainmentBp,
    })
  }
  return promises
}
