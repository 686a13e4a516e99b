import { TextInput } from '@mantine/core'
import { dayReadings } from '#core/promised-due.ts'
import { RadioField } from '#web/ui/field.tsx'
import { useText } from '#web/ui/text.tsx'
import classes from './agreement-targets.module.css'
import { problemOf, promiseOf, readTime, type TypedTarget } from './agreements-draft.ts'
import type { SayDue } from './use-due.ts'

interface TargetFieldProps {
  readonly typed: TypedTarget
  readonly names: { readonly metric: string; readonly priority: string }
  readonly onChange: (changed: Partial<TypedTarget>) => void
}

interface TimeFieldProps extends TargetFieldProps {
  readonly due: SayDue | null
  readonly placeholder?: string
  readonly refused: string | undefined
}

/** Within which time: under it when a sample ticket would be due; of days what a day means, with the due moment of each. */
export function TimeField({ typed, names, onChange, due, placeholder, refused }: TimeFieldProps) {
  const t = useText()
  const problem = problemOf(typed)
  const read = readTime(typed.time)
  const inDays = read !== null && typeof read !== 'number' ? read.days : null
  const promise = promiseOf(typed)
  const wrong = problem === null ? refused : t(`agreements.wrong.${problem}`)
  const under = wrong ?? (promise === null || due === null || inDays !== null ? null : due(promise))
  return (
    <>
      <TextInput
        aria-label={t('agreements.time-of', names)}
        {...(placeholder !== undefined && { placeholder })}
        value={typed.time}
        error={problem === 'time' || refused !== undefined}
        maxLength={20}
        onChange={({ currentTarget }) => onChange({ time: currentTarget.value })}
      />
      {under && (
        <span className={wrong === undefined ? classes.due : classes.wrong} aria-live="polite">
          {under}
        </span>
      )}
      {inDays !== null && (
        <div className={classes.readings}>
          <RadioField
            field={{
              name: `reading ${names.metric} ${names.priority}`,
              value: typed.reading,
              error: undefined,
              onChange: (reading) => onChange({ reading }),
            }}
            label={t('agreements.reading', { count: inDays })}
            options={dayReadings.map((reading) => ({
              value: reading,
              label: t(`agreements.reading.${reading}`),
              hint: due?.({ days: { count: inDays, reading } }),
            }))}
          />
        </div>
      )}
    </>
  )
}

/** In which share of cases; where it is asked for, also the one hoped for and the least. */
export function ShareFields({ typed, names, onChange, finer }: TargetFieldProps & { readonly finer: boolean }) {
  const t = useText()
  const problem = problemOf(typed)
  const fields = finer ? (['share', 'expected', 'minimum'] as const) : (['share'] as const)
  return (
    <div className={classes.shares}>
      {fields.map((each) => (
        <TextInput
          key={each}
          aria-label={t(`agreements.${each}-of`, names)}
          {...(each !== 'share' && { placeholder: t(`agreements.${each}-short`) })}
          value={typed[each]}
          error={problem === each}
          disabled={typed.time.trim() === ''}
          rightSection={<span className="pl-faint">%</span>}
          inputMode="decimal"
          maxLength={8}
          onChange={({ currentTarget }) => onChange({ [each]: currentTarget.value })}
        />
      ))}
    </div>
  )
}
