import { createLink } from '@tanstack/react-router'
import { type AnchorHTMLAttributes, type ReactNode, type Ref, useState } from 'react'
import { Facts } from '#web/ui/facts.tsx'
import { Floating } from '#web/ui/floating.tsx'
import { Kbd } from '#web/ui/kbd.tsx'
import { useText } from '#web/ui/text.tsx'
import classes from './door.module.css'

interface DoorProps {
  /** The figure as it stands in the text: `41 of 46`. */
  readonly label: ReactNode
  /** The figure that leads. */
  readonly big?: boolean
  /** The head of what opens: `41 of 46 in time, 89.1 %`. */
  readonly title: string
  /** What is counted, and how. */
  readonly definition: ReactNode
  /** From when to when. */
  readonly period?: ReactNode
  /** How many there are, and whether that is enough. */
  readonly sample?: ReactNode
  /** How far the true figure may be from the one that was measured. */
  readonly uncertainty?: ReactNode
  /** What was left out, and why. */
  readonly excluded?: ReactNode
  /** What lies under the figure, down to single records; loaded when it is opened. */
  readonly children?: ReactNode
  readonly width?: number
}

/** A number that opens to what is under it. Also *not measured* is one. */
export function Door({
  label,
  big = false,
  title,
  definition,
  period,
  sample,
  uncertainty,
  excluded,
  children,
  width = 396,
}: DoorProps) {
  const t = useText()
  const [open, setOpen] = useState(false)
  const facts = [
    { name: t('ui.door.period'), value: period },
    { name: t('ui.door.sample'), value: sample },
    { name: t('ui.door.uncertainty'), value: uncertainty },
    { name: t('ui.door.excluded'), value: excluded },
  ].filter(({ value }) => value !== undefined && value !== null)
  return (
    <Floating
      open={open}
      onOpenChange={setOpen}
      width={width}
      label={title}
      className={classes.panel}
      button={
        <button type="button" className={`${classes.door} ${big ? 'pl-big' : ''}`} data-open={open || undefined}>
          {label}
        </button>
      }
    >
      <div className={classes.head}>
        <b>{title}</b>
        <button type="button" className={classes.close} onClick={() => setOpen(false)}>
          <span className="pl-hidden">{t('ui.close')} </span>
          <span className={classes.byKey}>
            <Kbd keys="Escape" />
          </span>
          <span className={classes.byThumb} aria-hidden>
            ×
          </span>
        </button>
      </div>
      <div className={classes.definition}>{definition}</div>
      {facts.length > 0 && <Facts small facts={facts} />}
      {children && <div className={classes.under}>{children}</div>}
    </Floating>
  )
}

/** Lines of a door: a record, what it is about, a figure. */
export function DoorList({
  lines,
}: {
  readonly lines: readonly {
    readonly id: string
    readonly link: ReactNode
    readonly about: ReactNode
    readonly figure: ReactNode
  }[]
}) {
  return (
    <ul className={classes.list}>
      {lines.map(({ id, link, about, figure }) => (
        <li key={id}>
          <span>{link}</span>
          <span className={classes.about}>{about}</span>
          <span className="pl-number">{figure}</span>
        </li>
      ))}
    </ul>
  )
}

interface DoorAnchorProps extends AnchorHTMLAttributes<HTMLAnchorElement> {
  readonly big?: boolean
  readonly ref?: Ref<HTMLAnchorElement>
}

/** A number that leads to a page of its own. */
export const DoorLink = createLink(function DoorAnchor({ big = false, ref, children, ...rest }: DoorAnchorProps) {
  return (
    <a {...rest} ref={ref} data-door className={`${classes.door} ${big ? 'pl-big' : ''}`}>
      {children}
    </a>
  )
})
