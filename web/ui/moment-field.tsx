import { Input } from '@mantine/core'
import { type ReactNode, useId, useState } from 'react'
import { TextButton } from '#web/ui/button.tsx'
import type { Field } from '#web/ui/form.tsx'
import { momentIn, typedIn } from '#web/ui/local-moment.ts'
import { useText } from '#web/ui/text.tsx'
import { useFormat, useReaderZone } from '#web/ui/use-format.ts'
import classes from './moment-field.module.css'

interface MomentFieldProps {
  readonly field: Field<Date | null>
  readonly label: string
  readonly hint?: ReactNode
  /** Where the clocks hang that are meant; those of whoever types unless given. */
  readonly zone?: string
}

/** A day and a time of day in a zone, which stands beside it; what it is for the reader too, where that is another time. */
export function MomentField({ field, label, hint, zone }: MomentFieldProps) {
  const t = useText()
  const format = useFormat()
  const id = useId()
  const own = useReaderZone()
  const meant = zone ?? own
  const [typed, setTyped] = useState(() =>
    field.value === null ? { date: '', time: '' } : typedIn(meant, field.value),
  )
  const moment = momentIn(meant, typed)
  const second = moment !== null && moment.again?.getTime() === field.value?.getTime()
  const at = (second ? moment.again : moment?.at) ?? null
  const elsewhere = at !== null && format.time(at, meant) !== format.time(at, own)
  function change(next: typeof typed) {
    setTyped(next)
    field.onChange(momentIn(meant, next)?.at ?? null)
  }
  const part = (name: 'date' | 'time', words: string) => (
    <Input
      {...(name === 'date' && { id })}
      type={name}
      aria-label={`${label}, ${words}`}
      value={typed[name]}
      error={field.error !== undefined}
      onChange={({ currentTarget }) => change({ ...typed, [name]: currentTarget.value })}
    />
  )
  return (
    <Input.Wrapper id={id} label={label} description={hint} error={field.error}>
      <div className={classes.parts}>
        {part('date', t('ui.moment.date'))}
        {part('time', t('ui.moment.time'))}
        <span className="pl-quiet pl-small">{format.zone(meant, at ?? undefined)}</span>
      </div>
      {moment?.shifted && (
        <p className={classes.note} role="status">
          {t('ui.moment.skipped', { time: format.time(moment.at, meant) })}
        </p>
      )}
      {moment?.again && (
        <p className={classes.note} role="status">
          {t('ui.moment.twice', { which: second ? 'second' : 'first', zone: format.zone(meant, at!) })}{' '}
          <TextButton onClick={() => field.onChange(second ? moment.at : moment.again)}>
            {t('ui.moment.other', { which: second ? 'second' : 'first' })}
          </TextButton>
        </p>
      )}
      {elsewhere && (
        <p className={classes.note}>
          {t('ui.moment.own', { at: format.instant(at, own), zone: format.zone(own, at) })}
        </p>
      )}
    </Input.Wrapper>
  )
}
