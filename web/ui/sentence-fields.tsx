import { type SyntheticEvent, useId, useState } from 'react'
import { Button, TextButton } from '#web/ui/button.tsx'
import { Floating } from '#web/ui/floating.tsx'
import { useText } from '#web/ui/text.tsx'
import { useFormat } from '#web/ui/use-format.ts'
import classes from './sentence.module.css'

interface PickWordsProps {
  readonly label: string
  readonly value: string
  readonly onChange: (value: string) => void
  /** How nothing reads: `any category`. */
  readonly any: string
  /** Offered while typing. */
  readonly known?: readonly string[]
  readonly maxLength?: number
  readonly opened?: boolean
}

/** Words inside a sentence, where there is no list to choose from. */
export function PickWords({
  label,
  value,
  onChange,
  any,
  known = [],
  maxLength = 200,
  opened = false,
}: PickWordsProps) {
  const t = useText()
  const id = useId()
  const [open, setOpen] = useState(opened)
  const [words, setWords] = useState(value)
  function take(event: SyntheticEvent) {
    event.preventDefault()
    setOpen(false)
    onChange(words.trim())
  }
  return (
    <Floating
      open={open}
      onOpenChange={(next) => {
        setOpen(next)
        setWords(value)
      }}
      label={label}
      className={classes.fields}
      width={340}
      button={
        <button type="button" className={classes.pick} aria-label={`${label}: ${value || any}`}>
          {value || any}
        </button>
      }
    >
      <form onSubmit={take}>
        <input
          data-autofocus
          className={classes.field}
          aria-label={label}
          list={known.length > 0 ? id : undefined}
          maxLength={maxLength}
          value={words}
          onChange={({ currentTarget }) => setWords(currentTarget.value)}
        />
        <datalist id={id}>
          {known.map((each) => (
            <option key={each} value={each} aria-label={each} />
          ))}
        </datalist>
        <Button type="submit">{t('ui.pick.take')}</Button>
      </form>
    </Floating>
  )
}

/** Local dates, `2026-03-02`; the last day belongs to it. Open where one is missing. */
export interface Period {
  readonly from?: string | undefined
  readonly to?: string | undefined
}

interface PickPeriodProps {
  readonly label: string
  readonly value: Period
  readonly onChange: (value: Period) => void
  /** How none reads: `at any time`. */
  readonly any: string
  /** Offered in words: `this month`. */
  readonly known?: readonly { readonly label: string; readonly period: Period }[]
  readonly opened?: boolean
}

/** Days from and to inside a sentence. */
export function PickPeriod({ label, value, onChange, any, known = [], opened = false }: PickPeriodProps) {
  const t = useText()
  const format = useFormat()
  const [open, setOpen] = useState(opened)
  const [edited, setEdited] = useState(value)
  const day = (date: string) => format.dayShort(new Date(`${date}T12:00Z`), 'UTC')
  const { from, to } = value
  const named = known.find(({ period }) => period.from === from && period.to === to && (from ?? to) !== undefined)
  const text =
    named?.label ??
    (from === undefined && to === undefined
      ? any
      : t('ui.pick.period', {
          form: from === undefined ? 'to' : to === undefined ? 'from' : 'both',
          from: from === undefined ? '' : day(from),
          to: to === undefined ? '' : day(to),
        }))
  const backwards = edited.from !== undefined && edited.to !== undefined && edited.from > edited.to
  function take(period: Period) {
    setOpen(false)
    onChange(period)
  }
  const field = (name: 'from' | 'to', words: string) => (
    <label className={classes.date}>
      {words}
      <input
        type="date"
        className={classes.field}
        value={edited[name] ?? ''}
        onChange={({ currentTarget }) => setEdited({ ...edited, [name]: currentTarget.value || undefined })}
      />
    </label>
  )
  return (
    <Floating
      open={open}
      onOpenChange={(next) => {
        setOpen(next)
        setEdited(value)
      }}
      label={label}
      className={classes.fields}
      width={340}
      button={
        <button type="button" className={classes.pick} aria-label={`${label}: ${text}`}>
          {text}
        </button>
      }
    >
      <form
        onSubmit={(event) => {
          event.preventDefault()
          if (!backwards) take(edited)
        }}
      >
        <div className={classes.known}>
          {known.map(({ label: words, period }) => (
            <TextButton key={words} onClick={() => take(period)}>
              {words}
            </TextButton>
          ))}
        </div>
        {field('from', t('ui.pick.from'))}
        {field('to', t('ui.pick.to'))}
        <Button type="submit" barred={backwards ? t('ui.pick.backwards') : null}>
          {t('ui.pick.take')}
        </Button>
      </form>
    </Floating>
  )
}
