import { useEffect, useRef, useState } from 'react'
import { useKeys } from '#web/ui/keys.ts'
import { useText } from '#web/ui/text.tsx'
import classes from './search-input.module.css'

interface SearchInputProps {
  /** What is searched: `Name or address`. */
  readonly label: string
  readonly value: string
  /** After a short rest in typing. */
  readonly onChange: (words: string) => void
}

const REST_MS = 180

/** Narrows a list by words. `/` goes there. */
export function SearchInput({ label, value, onChange }: SearchInputProps) {
  const t = useText()
  const input = useRef<HTMLInputElement>(null)
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  const [typed, setTyped] = useState(value)
  useEffect(() => {
    // The address changed by something else: back, a link. Whoever is typing is not disturbed.
    if (document.activeElement !== input.current) setTyped(value)
  }, [value])
  useEffect(() => () => clearTimeout(timer.current), [])
  useKeys(t('ui.table.keys'), [{ keys: '/', label: t('ui.search.go'), run: () => input.current?.focus() }])
  function type(words: string) {
    setTyped(words)
    clearTimeout(timer.current)
    timer.current = setTimeout(() => onChange(words.trim()), REST_MS)
  }
  return (
    <input
      ref={input}
      type="search"
      className={classes.search}
      aria-label={label}
      placeholder={label}
      value={typed}
      maxLength={200}
      onChange={({ currentTarget }) => type(currentTarget.value)}
    />
  )
}
