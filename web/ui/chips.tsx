import { createLink } from '@tanstack/react-router'
import type { AnchorHTMLAttributes, ReactNode, Ref } from 'react'
import { useFormat } from '#web/ui/use-format.ts'
import classes from './chips.module.css'

interface Chip<Value extends string> {
  readonly value: Value
  readonly label: string
  readonly count?: number
}

interface ChipsProps<Value extends string> {
  readonly label: string
  readonly chips: readonly Chip<Value>[]
  readonly value: Value
  readonly onChange: (value: Value) => void
}

/** Chooses what of a list is shown: words in a row, the chosen one underlined. */
export function Chips<Value extends string>({ label, chips, value, onChange }: ChipsProps<Value>) {
  const format = useFormat()
  return (
    <div className={classes.chips} role="group" aria-label={label}>
      {chips.map((chip) => (
        <button key={chip.value} type="button" aria-pressed={chip.value === value} onClick={() => onChange(chip.value)}>
          {chip.label}
          {chip.count !== undefined && ` ${format.number(chip.count)}`}
        </button>
      ))}
    </div>
  )
}

/** Pages that belong together, as links: each has its address. */
export function Tabs({ label, children }: { readonly label: string; readonly children: ReactNode }) {
  return (
    <nav className={`${classes.chips} ${classes.tabs}`} aria-label={label}>
      {children}
    </nav>
  )
}

/** A page among `Tabs`; knows by itself whether it is the one. */
export const Tab = createLink(function TabAnchor({ children, ref, ...rest }: TabProps) {
  return (
    <a {...rest} ref={ref}>
      {children}
    </a>
  )
})

interface TabProps extends AnchorHTMLAttributes<HTMLAnchorElement> {
  readonly ref?: Ref<HTMLAnchorElement>
}
