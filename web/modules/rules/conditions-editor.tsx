import { incidentStates } from '#api/incidents'
import type { RuleContent } from '#api/rules'
import { levels, priorities } from '#api/service-levels'
import { NONE, type RuleCondition, type RuleField, ruleFields } from '#core/rule.ts'
import { Button, Buttons, TextButton } from '#web/ui/button.tsx'
import { TextField } from '#web/ui/field.tsx'
import { Pick, PickMany, type PickOption } from '#web/ui/sentence.tsx'
import { type Say, useText } from '#web/ui/text.tsx'
import { type MaybeChoices, optionsOf } from './choices.ts'
import { kindOf } from './words.ts'
import classes from './rules.module.css'

type Groups = readonly (readonly RuleCondition[])[]

interface ConditionsEditorProps {
  readonly value: readonly (readonly RuleCondition[])[]
  readonly choices: MaybeChoices
  readonly onChange: (value: RuleContent['if']) => void
}

const CHANNELS = ['portal', 'mail', 'phone', 'chat', 'walk-up', 'api', 'monitoring'] as const

const first: RuleCondition = { field: 'priority', not: false, values: ['p1'] }

/** If: all conditions of any group. */
export function ConditionsEditor({ value, choices, onChange }: ConditionsEditorProps) {
  const t = useText()
  const set = (groups: Groups) =>
    onChange(
      groups
        .filter((group) => group.length > 0)
        .map((group) => group.map((each) => ({ ...each, values: [...each.values] }))),
    )
  const change = (at: number, group: readonly RuleCondition[]) =>
    set(value.map((each, index) => (index === at ? group : each)))
  return (
    <>
      {value.map((group, at) => (
        // oxlint-disable-next-line react/no-array-index-key -- a group is its place, and keeps nothing of its own
        <div key={at} className={classes.group} role="group" aria-label={t('rules.group', { number: at + 1 })}>
          {at > 0 && <p className="pl-quiet">{t('rules.or-if')}</p>}
          {group.map((condition, place) => (
            // oxlint-disable-next-line react/no-array-index-key -- the same
            <div key={place} className={classes.line}>
              {place > 0 && <span className="pl-quiet">{t('rules.and-if')}</span>}
              <Condition
                value={condition}
                choices={choices}
                onChange={(changed) =>
                  change(
                    at,
                    group.map((each, index) => (index === place ? changed : each)),
                  )
                }
              />
              <TextButton
                aria-label={t('rules.condition-remove', { field: t(`rules.field.${condition.field}`) })}
                onClick={() =>
                  change(
                    at,
                    group.filter((_, index) => index !== place),
                  )
                }
              >
                ×
              </TextButton>
            </div>
          ))}
          <TextButton onClick={() => change(at, [...group, first])}>{t('rules.and-add')}</TextButton>
        </div>
      ))}
      <Buttons>
        <Button onClick={() => set([...value, [first]])}>
          {t(value.length === 0 ? 'rules.condition-add' : 'rules.or-add')}
        </Button>
      </Buttons>
    </>
  )
}

interface ConditionProps {
  readonly value: RuleCondition
  readonly choices: MaybeChoices
  readonly onChange: (value: RuleCondition) => void
}

function Condition({ value, choices, onChange }: ConditionProps) {
  const t = useText()
  const { field, not, values } = value
  const kind = kindOf(field)
  const isFree = kind === 'words' || field === 'category'
  const options = isFree ? [] : valueOptions(t, field, choices)
  return (
    <>
      <Pick
        label={t('rules.condition')}
        value={field}
        options={ruleFields.map((each) => ({ value: each, label: t(`rules.field.${each}`) }))}
        onChange={(chosen) => onChange({ field: chosen, not, values: [usualValue(t, chosen, choices)] })}
      />
      <Pick
        label={t('rules.is-or-not')}
        value={not ? 'yes' : 'no'}
        options={(['no', 'yes'] as const).map((each) => ({ value: each, label: t('rules.verb', { kind, not: each }) }))}
        onChange={(chosen) => onChange({ ...value, not: chosen === 'yes' })}
      />
      {isFree ? (
        <TextField
          label={t('rules.words')}
          field={{
            name: `words-${field}`,
            value: values.join(', '),
            error: undefined,
            onChange: (text) => onChange({ ...value, values: text.split(',').map((word) => word.trimStart()) }),
          }}
        />
      ) : (
        <PickMany
          label={t('rules.values')}
          value={values}
          any={t('rules.choose')}
          options={options}
          onChange={(chosen) => onChange({ ...value, values: [...chosen] })}
        />
      )}
    </>
  )
}

const recordKind = {
  customer: 'customer',
  site: 'site',
  service: 'service',
  team: 'team',
  assignee: 'person',
  hours: 'calendar',
} as const

function valueOptions(t: Say, field: RuleField, choices: MaybeChoices): readonly PickOption<string>[] {
  const nobody = { value: NONE, label: t('rules.nobody') }
  if (field === 'priority') return priorities.map((value) => ({ value, label: value.toUpperCase() }))
  if (field === 'impact' || field === 'urgency')
    return levels.map((value) => ({ value, label: t('incidents.level', { level: value }) }))
  if (field === 'state') return incidentStates.map((value) => ({ value, label: t(`incidents.state.${value}`) }))
  if (field === 'channel') return CHANNELS.map((value) => ({ value, label: t(`rules.channel.${value}`) }))
  const kind = recordKind[field as keyof typeof recordKind]
  const options = kind === undefined ? [] : optionsOf(choices, kind)
  return field === 'customer' || field === 'hours' ? options : [nobody, ...options]
}

/** What stands there first when another field was chosen. */
function usualValue(t: Say, field: RuleField, choices: MaybeChoices): string {
  return valueOptions(t, field, choices)[0]?.value ?? '…'
}
