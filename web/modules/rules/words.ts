import type { RuleAction, RuleContent, RuleTrigger } from '#api/rules'
import { priorities } from '#api/service-levels'
import { NONE, type RuleCondition, type RuleField } from '#core/rule.ts'
import type { Say } from '#web/ui/text.tsx'

/** What ids are called, by id. */
export type Names = Readonly<Record<string, string>>

/** What a rule waits for, as the first part of a sentence. */
export function triggerWords(t: Say, when: RuleTrigger): string {
  const what = t(`rules.on.${when.on}`)
  if (when.on === 'state' && when.to.length > 0)
    return t('rules.on-to', {
      what,
      to: listed(
        t,
        when.to.map((state) => t(`incidents.state.${state}`)),
      ),
    })
  if (when.on === 'clock') return t('rules.on-share', { percent: when.percent })
  return when.on === 'time'
    ? t('rules.on-hours', { hours: when.hours, since: when.since, repeat: when.repeat ? 'yes' : 'no' })
    : what
}

export function listed(t: Say, words: readonly string[]): string {
  const last = words.at(-1) ?? ''
  return words.length < 2 ? last : t('ui.pick.or', { first: words.slice(0, -1).join(', '), last })
}

/** Which question a field is asked. */
export function kindOf(field: RuleField): 'record' | 'words' | 'hours' {
  if (field === 'hours') return 'hours'
  return field === 'title' || field === 'description' || field === 'text' ? 'words' : 'record'
}

/** A value of a condition as people say it. */
export function valueWords(t: Say, field: RuleField, value: string, names: Names): string {
  if (value === NONE && kindOf(field) === 'record') return t('rules.nobody')
  if (field === 'state') return t(`incidents.state.${value as 'new'}`)
  if (field === 'impact' || field === 'urgency') return t('incidents.level', { level: value })
  if (field === 'priority' && (priorities as readonly string[]).includes(value)) return value.toUpperCase()
  if (field === 'channel') return t(`rules.channel.${value as 'mail'}`)
  return kindOf(field) === 'words' || field === 'category'
    ? t('rules.quoted', { text: value })
    : (names[value] ?? value)
}

function conditionWords(t: Say, { field, not, values }: RuleCondition, names: Names): string {
  const said = listed(
    t,
    values.map((value) => valueWords(t, field, value, names)),
  )
  return t('rules.is', { field: t(`rules.field.${field}`), kind: kindOf(field), not: not ? 'yes' : 'no', values: said })
}

function actionWords(t: Say, action: RuleAction, names: Names): string {
  const named = (id: string | null) => (id === null ? '' : (names[id] ?? '…'))
  switch (action.do) {
    case 'team':
      return t('rules.does.team', { team: named(action.team) })
    case 'person':
      return t('rules.does.person', { person: named(action.person) })
    case 'choose':
      return t('rules.does.choose', {
        team: named(action.team),
        own: action.team === null ? 'yes' : 'no',
        by: action.by,
        hasSkill: action.skill === null ? 'no' : 'yes',
        skill: action.skill ?? '',
      })
    case 'rate':
      return t('rules.does.rate', { impact: action.impact ?? 'none', urgency: action.urgency ?? 'none' })
    case 'categorise':
      return t('rules.does.categorise', { category: action.category })
    case 'mail':
      return t('rules.does.mail', { to: action.to, person: named(action.person) })
    case 'escalate':
      return t('rules.does.escalate', { level: action.level })
    case 'watch':
      return t('rules.does.watch', { person: named(action.person) })
    case 'webhook':
      return t('rules.does.webhook', { webhook: named(action.webhook) })
    case 'note':
      break
  }
  return t('rules.do.note')
}

/** A rule as one sentence. */
export function ruleWords(t: Say, { when, if: groups, actions }: RuleContent, names: Names): string {
  const conditions = groups
    .map((group) => group.map((each) => conditionWords(t, each, names)).join(t('rules.and')))
    .join(t('rules.or'))
  return t('rules.sentence', {
    when: triggerWords(t, when),
    hasIf: groups.length > 0 ? 'yes' : 'no',
    if: conditions,
    actions: actions.map((each) => actionWords(t, each, names)).join(', '),
  })
}
