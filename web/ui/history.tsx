import type { ReactNode } from 'react'
import { useFormat } from '#web/ui/use-format.ts'
import classes from './history.module.css'

export interface HistoryEntry {
  readonly id: string
  readonly at: Date
  readonly who: ReactNode
  readonly what: ReactNode
  /** Learned later than it happened: when, if that says something. */
  readonly learned?: ReactNode
}

/** What happened, one line for each thing, newest or oldest first as given. */
export function History({ entries, zone }: { readonly entries: readonly HistoryEntry[]; readonly zone?: string }) {
  const format = useFormat()
  return (
    <ol className={classes.history}>
      {entries.map(({ id, at, who, what, learned }) => (
        <li key={id}>
          <time dateTime={at.toISOString()} className="pl-quiet">
            {format.instant(at, zone)}
          </time>
          <span>{who}</span>
          <span className="pl-quiet">
            {what}
            {learned && <span className="pl-faint"> {learned}</span>}
          </span>
        </li>
      ))}
    </ol>
  )
}
