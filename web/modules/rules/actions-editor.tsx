import { type ActionKind, actionKinds, noticeTargets, type RuleAction, waysToChoose } from '#api/rules'
import { levels } from '#api/service-levels'
import { ruleTextFields } from '#core/rule.ts'
import { Button, Buttons, TextButton } from '#web/ui/button.tsx'
import { TextAreaField, TextField } from '#web/ui/field.tsx'
import { Pick } from '#web/ui/sentence.tsx'
import { useText } from '#web/ui/text.tsx'
import { type MaybeChoices, optionsOf } from './choices.ts'
import classes from './rules.module.css'

interface ActionsEditorProps {
  readonly value: readonly RuleAction[]
  readonly choices: MaybeChoices
  readonly onChange: (value: RuleAction[]) => void
}

/** Then: what is done, one after the other. */
export function ActionsEditor({ value, choices, onChange }: ActionsEditorProps) {
  const t = useText()
  const change = (at: number, action: RuleAction) =>
    onChange(value.map((each, index) => (index === at ? action : each)))
  return (
    <>
      {value.map((action, at) => (
        // oxlint-disable-next-line react/no-array-index-key -- an action is its place, and keeps nothing of its own
        <div key={at} className={classes.action} role="group" aria-label={t('rules.action', { number: at + 1 })}>
          <div className={classes.line}>
            <Pick
              label={t('rules.action', { number: at + 1 })}
              value={action.do}
              options={actionKinds.map((kind) => ({ value: kind, label: t(`rules.do.${kind}`) }))}
              onChange={(kind) => change(at, plain(kind, choices))}
            />
            <Details value={action} choices={choices} onChange={(changed) => change(at, changed)} />
            {value.length > 1 && (
              <TextButton
                aria-label={t('rules.action-remove', { number: at + 1 })}
                onClick={() => onChange(value.filter((_, index) => index !== at))}
              >
                ×
              </TextButton>
            )}
          </div>
          <Texts value={action} onChange={(changed) => change(at, changed)} />
        </div>
      ))}
      <Buttons>
        <Button onClick={() => onChange([...value, plain('note', choices)])}>{t('rules.action-add')}</Button>
      </Buttons>
    </>
  )
}

/** An action as it begins. */
function plain(kind: ActionKind, choices: MaybeChoices): RuleAction {
  const person = choices?.person[0]?.id ?? ''
  const team = choices?.team[0]?.id ?? ''
  const actions: { readonly [Kind in ActionKind]: Extract<RuleAction, { do: Kind }> } = {
    team: { do: 'team', team },
    person: { do: 'person', person },
    choose: { do: 'choose', team: null, by: 'turn', skill: null, openOnly: false },
    rate: { do: 'rate', impact: null, urgency: 'high' },
    categorise: { do: 'categorise', category: '' },
    note: { do: 'note', text: '' },
    mail: { do: 'mail', to: 'assignee', person: null, subject: '{number}: {title}', text: '' },
    escalate: { do: 'escalate', level: 2, kind: 'hierarchic', owner: person, reason: '' },
    watch: { do: 'watch', person },
    webhook: { do: 'webhook', webhook: choices?.webhook[0]?.id ?? '' },
  }
  return actions[kind]
}

interface ActionProps<Action extends RuleAction = RuleAction> {
  readonly value: Action
  readonly onChange: (value: RuleAction) => void
}

type DetailsProps = ActionProps & { readonly choices: MaybeChoices }

/** What of an action is chosen, in its line. */
function Details({ value, choices, onChange }: DetailsProps) {
  const t = useText()
  const people = optionsOf(choices, 'person')
  const levelOptions = [
    { value: '', label: t('rules.leave') },
    ...levels.map((each) => ({ value: each, label: t('incidents.level', { level: each }) })),
  ]
  if (value.do === 'team') {
    const set = (team: string) => onChange({ ...value, team })
    return <Pick label={t('rules.team')} value={value.team} options={optionsOf(choices, 'team')} onChange={set} />
  }
  if (value.do === 'person' || value.do === 'watch') {
    const set = (person: string) => onChange({ ...value, person })
    return <Pick label={t('rules.person')} value={value.person} options={people} onChange={set} />
  }
  if (value.do === 'choose') return <Choosing value={value} choices={choices} onChange={onChange} />
  if (value.do === 'rate') {
    const orNull = (level: string) => levels.find((each) => each === level) ?? null
    return (
      <>
        <span>{t('rules.field.impact')}</span>
        <Pick
          label={t('rules.field.impact')}
          value={value.impact ?? ''}
          options={levelOptions}
          onChange={(impact) => onChange({ ...value, impact: orNull(impact) })}
        />
        <span>{t('rules.field.urgency')}</span>
        <Pick
          label={t('rules.field.urgency')}
          value={value.urgency ?? ''}
          options={levelOptions}
          onChange={(urgency) => onChange({ ...value, urgency: orNull(urgency) })}
        />
      </>
    )
  }
  if (value.do === 'mail') {
    return (
      <>
        <Pick
          label={t('rules.to')}
          value={value.to}
          options={noticeTargets.map((to) => ({ value: to, label: t(`rules.to.${to}`) }))}
          onChange={(to) => onChange({ ...value, to, person: to === 'person' ? (people[0]?.value ?? null) : null })}
        />
        {value.to === 'person' && (
          <Pick
            label={t('rules.person')}
            value={value.person ?? ''}
            options={people}
            onChange={(person) => onChange({ ...value, person })}
          />
        )}
      </>
    )
  }
  if (value.do === 'escalate') {
    return (
      <>
        <Pick
          label={t('rules.level')}
          value={String(value.level)}
          options={['1', '2', '3', '4'].map((level) => ({ value: level, label: t('rules.level-of', { level }) }))}
          onChange={(level) => onChange({ ...value, level: Number(level) })}
        />
        <span>{t('rules.cared-by')}</span>
        <Pick
          label={t('rules.person')}
          value={value.owner}
          options={people}
          onChange={(owner) => onChange({ ...value, owner })}
        />
      </>
    )
  }
  if (value.do !== 'webhook') return null
  return (
    <Pick
      label={t('rules.hook')}
      value={value.webhook}
      options={optionsOf(choices, 'webhook')}
      onChange={(webhook) => onChange({ ...value, webhook })}
    />
  )
}

function Choosing({
  value,
  choices,
  onChange,
}: ActionProps<Extract<RuleAction, { do: 'choose' }>> & { readonly choices: MaybeChoices }) {
  const t = useText()
  return (
    <>
      <Pick
        label={t('rules.team')}
        value={value.team ?? ''}
        options={[{ value: '', label: t('rules.own-team') }, ...optionsOf(choices, 'team')]}
        onChange={(team) => onChange({ ...value, team: team === '' ? null : team })}
      />
      <Pick
        label={t('rules.way')}
        value={value.by}
        options={waysToChoose.map((by) => ({ value: by, label: t(`rules.way.${by}`) }))}
        onChange={(by) => onChange({ ...value, by })}
      />
      <Pick
        label={t('rules.open')}
        value={value.openOnly ? 'yes' : 'no'}
        options={[
          { value: 'no', label: t('rules.open-any') },
          { value: 'yes', label: t('rules.open-only') },
        ]}
        onChange={(open) => onChange({ ...value, openOnly: open === 'yes' })}
      />
    </>
  )
}

/** What of an action is written, below its line. */
function Texts({ value, onChange }: ActionProps) {
  const t = useText()
  const field = (name: string, text: string, set: (text: string) => void) => ({
    name,
    value: text,
    error: undefined,
    onChange: set,
  })
  const fields = t('rules.fields', { fields: ruleTextFields.map((each) => `{${each}}`).join(' ') })
  if (value.do === 'choose') {
    const set = (skill: string) => onChange({ ...value, skill: skill.trim() === '' ? null : skill })
    return (
      <TextField
        label={t('rules.skill')}
        hint={t('rules.skill-hint')}
        optional
        maxLength={100}
        field={field('skill', value.skill ?? '', set)}
      />
    )
  }
  if (value.do === 'categorise') {
    const set = (category: string) => onChange({ ...value, category })
    return (
      <TextField label={t('rules.field.category')} maxLength={200} field={field('category', value.category, set)} />
    )
  }
  if (value.do === 'note') {
    const set = (text: string) => onChange({ ...value, text })
    return <TextAreaField label={t('rules.text')} hint={fields} rows={3} field={field('text', value.text, set)} />
  }
  if (value.do === 'escalate') {
    const set = (reason: string) => onChange({ ...value, reason })
    return <TextAreaField label={t('rules.reason')} hint={fields} rows={2} field={field('reason', value.reason, set)} />
  }
  if (value.do !== 'mail') return null
  return (
    <>
      <TextField
        label={t('rules.subject')}
        maxLength={400}
        field={field('subject', value.subject, (subject) => onChange({ ...value, subject }))}
      />
      <TextAreaField
        label={t('rules.text')}
        hint={fields}
        rows={4}
        field={field('text', value.text, (text) => onChange({ ...value, text }))}
      />
    </>
  )
}
