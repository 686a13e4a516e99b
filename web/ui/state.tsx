import type { ReactNode } from 'react'
import type { TextKey } from '#web/locales/catalogue.ts'
import { useText } from '#web/ui/text.tsx'
import classes from './state.module.css'

/**
 * How something stands, always as a shape, then a word, then a colour:
 * `met`, `soon` (last quarter of the time, or a doubt), `miss`, `paused`, `runs`, `none` (not measured, no target), `felt`
 * (what people said), `clash` (in time, and yet people are unhappy).
 */
export type Standing = 'met' | 'soon' | 'miss' | 'paused' | 'runs' | 'none' | 'felt' | 'clash'

const word: Readonly<Record<Standing, TextKey>> = {
  met: 'ui.state.met',
  soon: 'ui.state.soon',
  miss: 'ui.state.miss',
  paused: 'ui.state.paused',
  runs: 'ui.state.runs',
  none: 'ui.state.none',
  felt: 'ui.state.felt',
  clash: 'ui.state.clash',
}

/** Shape and word. Without `children` the word of the standing itself. */
export function State({ is, children }: { readonly is: Standing; readonly children?: ReactNode }) {
  const t = useText()
  return (
    <span className={`${classes.state} ${classes[is]}`}>
      <Glyph is={is} />
      <span>{children ?? t(word[is])}</span>
    </span>
  )
}

/** The shape alone, where a word stands beside it already; `label` where none does. */
export function Glyph({ is, label }: { readonly is: Standing; readonly label?: string }) {
  return (
    <svg
      className={classes.glyph}
      viewBox="0 0 13 13"
      {...(label ? { role: 'img', 'aria-label': label } : { 'aria-hidden': true })}
    >
      {shapes[is]}
    </svg>
  )
}

const shapes: Readonly<Record<Standing, ReactNode>> = {
  met: (
    <>
      <circle className={classes.fillMet} cx="6.5" cy="6.5" r="6" />
      <path className={classes.stroke} d="M3.6 6.8l2.1 2.1 3.9-4.4" />
    </>
  ),
  soon: <path className={classes.fillSoon} d="M6.5 .3L13 12.2H0z" />,
  miss: (
    <>
      <rect className={classes.fillMiss} width="13" height="13" />
      <path className={classes.stroke} d="M3.4 3.4l6.2 6.2M9.6 3.4L3.4 9.6" />
    </>
  ),
  paused: <path className={classes.fillPause} d="M1.5 1h3.6v11H1.5zM7.9 1h3.6v11H7.9z" />,
  runs: <path className={classes.fillMet} d="M2 .8L12 6.5 2 12.2z" />,
  none: <circle className={classes.dashed} cx="6.5" cy="6.5" r="5.6" />,
  felt: <path className={classes.fillFelt} d="M1 1h11v8H6.8L3.6 12.6V9H1z" />,
  clash: (
    <>
      <circle className={classes.ring} cx="6.5" cy="6.5" r="5.5" />
      <rect className={classes.fillMiss} x="3.7" y="3.7" width="5.6" height="5.6" />
    </>
  ),
}
