import { type ReactNode, useState } from 'react'
import { TextButton } from '#web/ui/button.tsx'
import classes from './unfold.module.css'

interface UnfoldProps {
  /** What is the case now, in sentences. */
  readonly said: ReactNode
  /** What unfolds: `Other hours …` */
  readonly more: string
  /** Until somebody folds it: something in it wants to be seen. */
  readonly open?: boolean
  readonly children: ReactNode
}

/** Finer terms behind a sentence that says how they stand: shown when somebody wants to change them. */
export function Unfold({ said, more, open: wanted = false, children }: UnfoldProps) {
  const [chosen, setOpen] = useState<boolean | null>(null)
  const open = chosen ?? wanted
  return (
    <div className={classes.unfold}>
      <div className={classes.said}>
        {said}{' '}
        <TextButton aria-expanded={open} onClick={() => setOpen(!open)}>
          {more}
        </TextButton>
      </div>
      {open && <div className={classes.under}>{children}</div>}
    </div>
  )
}
