import { type AgreementVersion, levels, metrics, priorities, type Terms } from '#api/service-levels'
import { barredFromInside } from '#core/may.ts'
import { useAsker } from '#web/modules/people/index.ts'
import { useText } from '#web/ui/text.tsx'
import { useFormat } from '#web/ui/use-format.ts'
import { othersOf, plainOf } from './agreements-draft.ts'
import { useFulfilmentWords } from './use-fulfilment-words.ts'
import { useLevelWords, useTargetWords } from './use-target-words.ts'

/** What a version says, or would say: of its state and number nothing. */
export type VersionTerms = Pick<AgreementVersion, 'validFrom' | 'calendarName' | 'serviceIds' | 'targets'> & {
  readonly validTo?: Date | null
  readonly terms: Terms
}

/** One thing that a version says, in words. */
export interface TermLine {
  readonly key: string
  readonly name: string
  readonly value: string
}

interface LineWords {
  /** Id. */
  readonly customer: string
  /** Names of the customer's services by their ids. */
  readonly services: ReadonlyMap<string, string>
  /** The customer's: days begin there. */
  readonly zone: string
}

const changeReasons = ['correction', 'worsened', 'eased'] as const

/** Everything that a version says, a line each and always in the same order, so that two versions can be compared. */
export function useTermLines({ customer, services, zone }: LineWords): (version: VersionTerms) => readonly TermLine[] {
  const t = useText()
  const format = useFormat()
  const inside = barredFromInside(useAsker()) === null
  const targetWords = useTargetWords(services)
  const levelWords = useLevelWords()
  const orderWords = useFulfilmentWords(customer, inside)
  return ({ validFrom, validTo, calendarName, serviceIds, targets, terms }) => [
    { key: 'from', name: t('agreements.valid-from-short'), value: format.day(validFrom, zone) },
    {
      key: 'to',
      name: t('agreements.valid-to'),
      value: validTo ? format.day(validTo, zone) : t('agreements.calendar.open-end'),
    },
    { key: 'calendar', name: t('agreements.calendar'), value: calendarName },
    {
      key: 'services',
      name: t('agreements.services'),
      value:
        serviceIds.length === 0
          ? t('agreements.services-all')
          : format.list(serviceIds.map((id) => services.get(id) ?? '?').toSorted()),
    },
    ...priorities.flatMap((priority) =>
      metrics.map((metric) => {
        const target = plainOf(targets).find((each) => each.priority === priority && each.metric === metric)
        return {
          key: `${priority} ${metric}`,
          name: `${priority.toUpperCase()} ${t(`agreements.metric.${metric}`)}`,
          value: target === undefined ? t('agreements.no-target') : targetWords(target).value,
        }
      }),
    ),
    ...othersOf(targets).map((target) => ({
      key: JSON.stringify([target.metric, target.priority, target.when]),
      ...targetWords(target),
    })),
    ...terms.fulfilment.map((promise) => {
      const { name, value } = orderWords(promise)
      return {
        key: `order ${promise.item} ${promise.service}`,
        name: t('agreements.orders-line', { name }),
        value,
      }
    }),
    {
      key: 'source',
      name: t('agreements.calendar-source'),
      value: t(`agreements.calendar-source.${terms.calendarSource}`),
    },
    {
      key: 'hours-change',
      name: t('agreements.hours-change'),
      value: t(`agreements.hours-change.${terms.onCalendarChange}`),
    },
    {
      key: 'paused',
      name: t('agreements.pauses'),
      value:
        terms.pausedBy.length === 0
          ? t('agreements.pauses-none')
          : format.list(terms.pausedBy.map((reason) => t(`agreements.pause.${reason}`))),
    },
    {
      key: 'pause-evidence',
      name: t('agreements.pause-evidence'),
      value: t(terms.pauseEvidence ? 'agreements.pause-evidence.yes' : 'agreements.pause-evidence.no'),
    },
    { key: 'reopen', name: t('agreements.reopen'), value: t(`agreements.reopen.${terms.reopen}`) },
    { key: 'children', name: t('agreements.children'), value: t(`agreements.children.${terms.children}`) },
    { key: 'days', name: t('agreements.reopen-within'), value: format.number(terms.reopenWithinDays) },
    { key: 'boundary', name: t('agreements.boundary'), value: t(`agreements.boundary.${terms.boundary}-short`) },
    { key: 'basis', name: t('agreements.basis'), value: t(`agreements.basis.${terms.basis}`) },
    {
      key: 'levels',
      name: t('agreements.levels'),
      value: terms.levels === null ? t('agreements.levels.none') : levelWords(terms.levels),
    },
    { key: 'small', name: t('agreements.small-sample'), value: t(`agreements.small-sample.${terms.smallSample}`) },
    {
      key: 'rounding',
      name: t('agreements.rounding'),
      value:
        terms.roundTo === null ? t('agreements.rounding.exact') : t('agreements.rounding.to', { count: terms.roundTo }),
    },
    ...changeReasons.map((reason) => ({
      key: reason,
      name: t(`agreements.on-change.${reason}`),
      value: t(`agreements.on-change.mode.${terms.onPriorityChange[reason]}`),
    })),
    ...levels.map((impact) => ({
      key: `matrix ${impact}`,
      name: t('agreements.matrix-row', { impact: t(`agreements.level.${impact}`) }),
      value: levels.map((urgency) => terms.priorityMatrix[impact][urgency].toUpperCase()).join(' · '),
    })),
  ]
}

/** Lines of two versions beside each other. */
export function beside(
  one: readonly TermLine[],
  other: readonly TermLine[],
): readonly { readonly key: string; readonly name: string; readonly one: string; readonly other: string }[] {
  const onlyThere = other.filter((line) => one.every(({ key }) => key !== line.key))
  return [
    ...one.map(({ key, name, value }) => ({
      key,
      name,
      one: value,
      other: other.find((line) => line.key === key)?.value ?? '–',
    })),
    ...onlyThere.map(({ key, name, value }) => ({ key, name, one: '–', other: value })),
  ]
}
