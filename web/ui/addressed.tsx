import type { ReactNode, Ref } from 'react'
import classes from './addressed.module.css'

interface AddressedProps {
  /** Inside: our own people alone. */
  readonly to: 'internal' | 'public'
  readonly ref?: Ref<HTMLElement>
  readonly children: ReactNode
}

/** The frame around what is being written: it says by pattern and colour whether it goes out. A sentence has to say it, too. */
export function Addressed({ to, ref, children }: AddressedProps) {
  return (
    <section className={classes.addressed} data-visibility={to} ref={ref}>
      {children}
    </section>
  )
}
