import type { Macro } from '#api/macros'
import { textChoice } from '#web/ui/text-choice.ts'
import type { Say } from '#web/ui/text.tsx'

/** What a macro does, step by step; `customer` names who would read it. */
export function stepsInWords(
  t: Say,
  {
    text,
    visibility,
    toState,
    reason,
    category,
    toTeam,
    takes,
    customer,
  }: Pick<Macro, 'text' | 'visibility' | 'toState' | 'reason' | 'category' | 'toTeam' | 'takes' | 'customer'>,
): readonly string[] {
  const name = customer?.name ?? t('work.page.visibility.public')
  const said =
    text === ''
      ? []
      : toState === 'resolved'
        ? [t('work.macro.does.resolution', { customer: name })]
        : [t('work.macro.does.note', { visibility, customer: name })]
  return [
    ...(category === null ? [] : [t('work.macro.does.category', { category })]),
    ...(toTeam === null ? [] : [t('work.macro.does.team', { team: toTeam.name })]),
    ...(takes ? [t('work.macro.does.take')] : []),
    ...said,
    ...(toState === null
      ? []
      : [
          t('work.macro.does.state', {
            to: textChoice(toState),
            wait: t('incidents.wait', { reason: textChoice(reason ?? 'other') }),
          }),
        ]),
  ]
}
