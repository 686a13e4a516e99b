import type { ReactNode } from 'react'
import { useText } from '#web/ui/text.tsx'
import classes from './theirs-and-mine.module.css'

/** A field that both have changed, as both wrote it. */
export interface ConflictLine {
  readonly name: string
  readonly theirs: string
  readonly mine: string
}

interface TheirsAndMineProps {
  /** That somebody else was quicker, where nothing has said so yet. */
  readonly title?: string
  readonly lines: readonly ConflictLine[]
  /** Said instead of the lines when there are none. */
  readonly none?: string
  /** What becomes of what was typed. */
  readonly children: ReactNode
}

/** It comes above what was being typed, and on a phone out of sight: so it is gone to. */
function show(conflict: HTMLElement | null) {
  conflict?.focus({ preventScroll: true })
  conflict?.scrollIntoView({ block: 'nearest' })
}

/** Somebody else was quicker: what is there now beside what was typed, which stays in the form. */
export function TheirsAndMine({ title, lines, none, children }: TheirsAndMineProps) {
  const t = useText()
  return (
    <div className={classes.conflict} role="alert" tabIndex={-1} ref={show}>
      <p>
        {title !== undefined && <b>{title} </b>}
        {children}
      </p>
      {lines.length === 0 && none !== undefined ? (
        <p className="pl-quiet">{none}</p>
      ) : (
        <table aria-label={t('ui.conflict.label')}>
          <thead>
            <tr>
              <th scope="col">{t('ui.conflict.field')}</th>
              <th scope="col">{t('ui.conflict.theirs')}</th>
              <th scope="col">{t('ui.conflict.mine')}</th>
            </tr>
          </thead>
          <tbody>
            {lines.map(({ name, theirs, mine }) => (
              <tr key={name}>
                <th scope="row">{name}</th>
                <td>{theirs || '–'}</td>
                <td>{mine || '–'}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </div>
  )
}
