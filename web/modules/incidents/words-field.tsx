import { useRef, useState } from 'react'
import { Kbd } from '#web/ui/kbd.tsx'
import { useKeys } from '#web/ui/keys.ts'
import { useText } from '#web/ui/text.tsx'
import classes from './words-field.module.css'

/** Nobody types faster than this between two letters and still reads what comes. */
const PAUSE_MS = 250

interface WordsFieldProps {
  readonly value: string
  readonly onChange: (words: string) => void
}

/** Words that are searched as they are typed; what is typed is never behind what is found. */
export function WordsField({ value, onChange }: WordsFieldProps) {
  const t = useText()
  const field = useRef<HTMLInputElement>(null)
  const timer = useRef(0)
  const [typed, setTyped] = useState(value)
  const [known, setKnown] = useState(value)
  if (value !== known) {
    // Changed from elsewhere: a condition was taken away, or somebody went back.
    setKnown(value)
    if (value !== typed.trim()) setTyped(value)
  }
  useKeys(t('incidents.list.keys'), [
    { keys: '/', label: t('incidents.list.key-words'), run: () => field.current?.focus() },
  ])
  return (
    <search className={classes.words}>
      <input
        ref={field}
        type="search"
        aria-label={t('incidents.list.words')}
        placeholder={t('incidents.list.words')}
        maxLength={200}
        aria-keyshortcuts="/"
        value={typed}
        onChange={({ currentTarget }) => {
          setTyped(currentTarget.value)
          clearTimeout(timer.current)
          timer.current = window.setTimeout(onChange, PAUSE_MS, currentTarget.value.trim())
        }}
        onKeyDown={({ key, currentTarget }) => {
          if (key === 'Escape') currentTarget.blur()
        }}
      />
      <span aria-hidden>
        <Kbd keys="/" />
      </span>
    </search>
  )
}
