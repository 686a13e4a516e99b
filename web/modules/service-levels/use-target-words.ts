import type { Target, Terms } from '#api/service-levels'
import { useText } from '#web/ui/text.tsx'
import { useFormat } from '#web/ui/use-format.ts'

/** Says under which conditions a target holds; nothing for one that always does. */
export function useConditionWords(services: ReadonlyMap<string, string>): (when: Target['when']) => readonly string[] {
  const t = useText()
  return ({ service, category, siteType, reported } = {}) => [
    ...(service === undefined ? [] : [t('agreements.when.service', { name: services.get(service) ?? '?' })]),
    ...(category === undefined ? [] : [t('agreements.when.category', { name: category })]),
    ...(siteType === undefined
      ? []
      : [t('agreements.when.site-type', { name: t(`agreements.site-type.${siteType}`) })]),
    ...(reported === undefined ? [] : [t(`agreements.when.${reported}`)]),
  ]
}

/** Says what a target promises: for what, and within which time in which share of cases. */
export function useTargetWords(
  services: ReadonlyMap<string, string>,
): (target: Target) => { readonly name: string; readonly value: string } {
  const t = useText()
  const format = useFormat()
  const conditionsOf = useConditionWords(services)
  return ({ metric, priority, targetSeconds, attainmentBp, expectedBp, minimumBp, when, days }) => {
    const conditions = conditionsOf(when)
    const name = `${priority.toUpperCase()} ${t(`agreements.metric.${metric}`)}`
    const time =
      days === undefined
        ? format.duration(targetSeconds * 1000)
        : t(`agreements.days.${days.reading}`, { count: days.count })
    const promised = [
      t('agreements.promised', { time, share: format.basisPoints(attainmentBp) }),
      ...(expectedBp === undefined ? [] : [t('agreements.expected', { share: format.basisPoints(expectedBp) })]),
      ...(minimumBp === undefined ? [] : [t('agreements.minimum', { share: format.basisPoints(minimumBp) })]),
    ]
    return {
      name: conditions.length === 0 ? name : `${name} (${conditions.join(', ')})`,
      value: promised.join('; '),
    }
  }
}

/** Says which shares were agreed: the one to be met first. */
export function useLevelWords(): (levels: NonNullable<Terms['levels']>) => string {
  const t = useText()
  const format = useFormat()
  return ({ targetBp, expectedBp, minimumBp }) =>
    [
      format.basisPoints(targetBp),
      ...(expectedBp === undefined ? [] : [t('agreements.expected', { share: format.basisPoints(expectedBp) })]),
      ...(minimumBp === undefined ? [] : [t('agreements.minimum', { share: format.basisPoints(minimumBp) })]),
    ].join('; ')
}
