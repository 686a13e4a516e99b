import { type ReactNode, useEffect, useRef } from 'react'
import classes from './page.module.css'

interface PageProps {
  /** What is the case, as a short sentence: `Four of five met`. Also the name of the document. */
  readonly title: string
  /** The title with more than words in it. */
  readonly heading?: ReactNode
  /** One or two sentences under the title: over what, from when to when. */
  readonly lede?: ReactNode
  /** Where it hangs: links to what is above it. */
  readonly crumb?: ReactNode
  /** Buttons at the right of the title; on a phone below it. */
  readonly actions?: ReactNode
  /** Beside the content at the right: facts. Below it on a narrow screen. */
  readonly side?: ReactNode
  /** The title is only heard: a sentence of filters stands in its place. */
  readonly quietTitle?: boolean
  readonly children: ReactNode
}

let arrived = false

/** Tells that another page was gone to: its title takes the focus as soon as it is there, so that it is read out. */
export function announceArrival(): void {
  arrived = true
}

/** A page of the application: its head and what is under it. */
export function Page({ title, heading, lede, crumb, actions, side, quietTitle = false, children }: PageProps) {
  const head = useRef<HTMLHeadingElement>(null)
  useEffect(() => {
    document.title = `${title} · Plumbline`
  }, [title])
  useEffect(() => {
    if (!arrived) return
    arrived = false
    // A field that asked for the focus keeps it.
    if (document.activeElement?.closest('main') === null) head.current?.focus({ preventScroll: true })
  }, [])
  return (
    <>
      {crumb && <div className={classes.crumb}>{crumb}</div>}
      <div className={classes.head}>
        <div className={classes.words}>
          <h1 ref={head} tabIndex={-1} className={quietTitle ? 'pl-hidden' : undefined}>
            {heading ?? title}
          </h1>
          {lede && <div className={classes.lede}>{lede}</div>}
        </div>
        {actions && <div className={classes.actions}>{actions}</div>}
      </div>
      {side ? (
        <div className={classes.record}>
          <div className={classes.body}>{children}</div>
          <aside className={classes.side}>{side}</aside>
        </div>
      ) : (
        children
      )}
    </>
  )
}

interface SectionProps {
  readonly title: string
  /** Beside the title, at the right. */
  readonly aside?: ReactNode
  /** In the head, under the title. */
  readonly hint?: ReactNode
  readonly children: ReactNode
}

/** A part of a page under a hairline, with its own heading. */
export function Section({ title, aside, hint, children }: SectionProps) {
  return (
    <section className={classes.section}>
      <div className={classes.sectionHead}>
        <h2>{title}</h2>
        {aside && <div>{aside}</div>}
      </div>
      {hint && <p className={classes.hint}>{hint}</p>}
      {children}
    </section>
  )
}

/** A part of the side of a page: no line, a smaller heading. */
export function SideSection({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <section className={classes.sideSection}>
      <h2>{title}</h2>
      {children}
    </section>
  )
}
