import { type ClockWords, durationText, waitText } from '#core/clock-text.ts'
import { type Language, speaker } from '#core/text.ts'
import de from '../../locales/de/agreement-sheet.json' with { type: 'json' }
import en from '../../locales/en/agreement-sheet.json' with { type: 'json' }
import type { Levels, Terms } from './agreement.ts'
import type { Target } from './target.ts'

/** Says what a version of an agreement says, on paper. */
export const sayAgreement = speaker<keyof typeof en>({ en, de })

/** Its texts as they are, for what a template says by itself. */
export function agreementLabels(language: Language): Readonly<Record<string, string>> {
  return language === 'de' ? de : en
}

/** `4 h`, `1 working day, to closing time`. */
export function timeWords(language: Language, { days, targetSeconds }: Pick<Target, 'days' | 'targetSeconds'>): string {
  return days === undefined
    ? durationText(language, targetSeconds * 1000)
    : sayAgreement(language, `days.${days.reading}`, { count: days.count })
}

/** `95 %; hoped for 98 %`. */
export function shareWords(language: Language, { targetBp, expectedBp, minimumBp }: Levels): string {
  const percent = (points: number) => new Intl.NumberFormat(language).format(points / 100)
  return [
    sayAgreement(language, 'share.met', { share: percent(targetBp) }),
    ...(expectedBp === undefined ? [] : [sayAgreement(language, 'share.expected', { share: percent(expectedBp) })]),
    ...(minimumBp === undefined ? [] : [sayAgreement(language, 'share.minimum', { share: percent(minimumBp) })]),
  ].join('; ')
}

/** How single clocks are counted: a sentence for each term. */
export function termSentences(language: Language, terms: Terms, words: ClockWords): string[] {
  const { pausedBy, pauseEvidence, reopen, reopenWithinDays: days, children, onPriorityChange, atRisk } = terms
  const mode = (reason: keyof typeof onPriorityChange) => sayAgreement(language, `change.${onPriorityChange[reason]}`)
  const reasons = pausedBy.map((reason) => waitText(language, reason, words)).join('; ')
  const shares = atRisk.map((share) => `${share} %`).join(', ')
  return [
    sayAgreement(language, pausedBy.length === 0 ? 'pauses.none' : 'pauses', { reasons }),
    ...(pauseEvidence && pausedBy.length > 0 ? [sayAgreement(language, 'pauses.evidence')] : []),
    sayAgreement(language, `reopen.${reopen}`, { days }),
    sayAgreement(language, `children.${children}`),
    sayAgreement(language, 'change', {
      correction: mode('correction'),
      worsened: mode('worsened'),
      eased: mode('eased'),
    }),
    sayAgreement(language, atRisk.length === 0 ? 'risk.none' : 'risk', { shares }),
  ]
}

/** How the figures of a period follow from the clocks: a sentence for each term. */
export function figureSentences(language: Language, { basis, levels, smallSample, roundTo }: Terms): string[] {
  return [
    sayAgreement(language, `basis.${basis}`),
    levels === null
      ? sayAgreement(language, 'levels.none')
      : sayAgreement(language, 'levels', { levels: shareWords(language, levels) }),
    sayAgreement(language, `small.${smallSample}`),
    roundTo === null
      ? sayAgreement(language, 'rounding.exact')
      : sayAgreement(language, 'rounding.to', { count: roundTo }),
  ]
}
