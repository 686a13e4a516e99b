import type { ReactNode } from 'react'
import classes from './facts.module.css'

interface Fact {
  readonly name: string
  readonly value: ReactNode
}

/** Names and what they are, in two columns. */
export function Facts({ facts, small = false }: { readonly facts: readonly Fact[]; readonly small?: boolean }) {
  return (
    <dl className={`${classes.facts} ${small ? 'pl-small' : ''}`}>
      {facts.map(({ name, value }) => (
        <div key={name} className={classes.fact}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  )
}
