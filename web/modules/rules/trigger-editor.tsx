import { type RuleTrigger, timeAnchors, type TriggerKind, triggerNames } from '#api/rules'
import { incidentStates } from '#api/incidents'
import { Pick, PickMany } from '#web/ui/sentence.tsx'
import { useText } from '#web/ui/text.tsx'
import { useFormat } from '#web/ui/use-format.ts'
import { type MaybeChoices, optionsOf } from './choices.ts'

const HOUR_MS = 3_600_000
const HOURS = [0.5, 1, 2, 4, 8, 16, 24, 40, 72, 120, 240]
const PERCENTS = [50, 75, 90, 100]

const plain: { readonly [Kind in TriggerKind]: Extract<RuleTrigger, { on: Kind }> } = {
  opened: { on: 'opened' },
  state: { on: 'state', to: [] },
  note: { on: 'note', visibility: 'any' },
  answer: { on: 'answer' },
  priority: { on: 'priority' },
  assigned: { on: 'assigned' },
  changed: { on: 'changed' },
  clock: { on: 'clock', metric: null, percent: 90 },
  time: { on: 'time', hours: 4, since: 'updated', calendar: null, repeat: false },
}

interface TriggerEditorProps {
  readonly value: RuleTrigger
  readonly choices: MaybeChoices
  readonly onChange: (value: RuleTrigger) => void
}

/** What a rule waits for, as words of a sentence. */
export function TriggerEditor({ value, choices, onChange }: TriggerEditorProps) {
  const t = useText()
  return (
    <>
      <Pick
        label={t('rules.when')}
        value={value.on}
        options={triggerNames.map((on) => ({ value: on, label: t(`rules.on.${on}`) }))}
        onChange={(on) => onChange(plain[on])}
      />
      <Details value={value} choices={choices} onChange={onChange} />
    </>
  )
}

function Details({ value, choices, onChange }: TriggerEditorProps) {
  const t = useText()
  const format = useFormat()
  if (value.on === 'state') {
    return (
      <PickMany
        label={t('rules.field.state')}
        value={value.to}
        any={t('rules.any-state')}
        options={incidentStates.map((state) => ({ value: state, label: t(`incidents.state.${state}`) }))}
        onChange={(to) => onChange({ ...value, to: [...to] })}
      />
    )
  }
  if (value.on === 'note') {
    return (
      <Pick
        label={t('rules.visibility')}
        value={value.visibility}
        options={(['any', 'internal', 'public'] as const).map((each) => ({
          value: each,
          label: t(`rules.visibility.${each}`),
        }))}
        onChange={(visibility) => onChange({ ...value, visibility })}
      />
    )
  }
  if (value.on === 'clock') {
    return (
      <Pick
        label={t('rules.share')}
        value={String(value.percent)}
        options={PERCENTS.map((percent) => ({ value: String(percent), label: t('rules.percent', { percent }) }))}
        onChange={(percent) => onChange({ ...value, percent: Number(percent) })}
      />
    )
  }
  if (value.on !== 'time') return null
  const hours = HOURS.includes(value.hours) ? HOURS : [...HOURS, value.hours]
  return (
    <>
      <Pick
        label={t('rules.hours')}
        value={String(value.hours)}
        options={hours.map((each) => ({ value: String(each), label: format.duration(each * HOUR_MS) }))}
        onChange={(chosen) => onChange({ ...value, hours: Number(chosen) })}
      />
      <Pick
        label={t('rules.anchor')}
        value={value.since}
        options={timeAnchors.map((since) => ({ value: since, label: t(`rules.since.${since}`) }))}
        onChange={(since) => onChange({ ...value, since })}
      />
      <Pick
        label={t('rules.calendar')}
        value={value.calendar ?? ''}
        options={[{ value: '', label: t('rules.round-the-clock') }, ...optionsOf(choices, 'calendar')]}
        onChange={(calendar) => onChange({ ...value, calendar: calendar === '' ? null : calendar })}
      />
      <Pick
        label={t('rules.repeat')}
        value={value.repeat ? 'yes' : 'no'}
        options={[
          { value: 'no', label: t('rules.once') },
          { value: 'yes', label: t('rules.again') },
        ]}
        onChange={(repeat) => onChange({ ...value, repeat: repeat === 'yes' })}
      />
    </>
  )
}
