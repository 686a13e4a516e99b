import { createLink } from '@tanstack/react-router'
import {
  type AnchorHTMLAttributes,
  type ButtonHTMLAttributes,
  type MouseEvent,
  type ReactNode,
  type Ref,
  useId,
} from 'react'
import classes from './button.module.css'

interface Look {
  /** The one action the screen is for: filled. At most one on a screen. */
  readonly main?: boolean
  /** The key that does the same, shown at its end. */
  readonly keys?: string
}

export interface ButtonProps extends Omit<ButtonHTMLAttributes<HTMLButtonElement>, 'disabled'>, Look {
  /** Why it may not be done now: shown beside the button, which stays reachable and does nothing. */
  readonly barred?: string | null
  /** Under way: stays as wide as it was, does nothing a second time. */
  readonly busy?: boolean
  readonly ref?: Ref<HTMLButtonElement>
}

/** Never `disabled` without a word: give `barred` the reason. */
export function Button({
  main,
  keys,
  barred = null,
  busy = false,
  children,
  type = 'button',
  onClick,
  ref,
  ...rest
}: ButtonProps) {
  const reasonId = useId()
  const still = barred !== null || busy
  function press(event: MouseEvent<HTMLButtonElement>) {
    if (!still) return onClick?.(event)
    event.preventDefault()
  }
  const button = (
    <button
      {...rest}
      ref={ref}
      // oxlint-disable-next-line react/button-has-type -- `button` unless it says `submit`
      type={type}
      className={`${classes.button} ${main ? classes.main : ''} ${rest.className ?? ''}`}
      onClick={press}
      aria-disabled={still || undefined}
      aria-busy={busy || undefined}
      aria-describedby={barred === null ? rest['aria-describedby'] : reasonId}
      data-barred={barred !== null || undefined}
    >
      <Face keys={keys}>{children}</Face>
    </button>
  )
  if (barred === null) return button
  return (
    <span className={classes.barred}>
      {button}
      <span id={reasonId} className={classes.reason}>
        {barred}
      </span>
    </span>
  )
}

interface AnchorProps extends AnchorHTMLAttributes<HTMLAnchorElement>, Look {
  readonly ref?: Ref<HTMLAnchorElement>
}

function ButtonAnchor({ main, keys, children, ref, ...rest }: AnchorProps) {
  return (
    <a {...rest} ref={ref} className={`${classes.button} ${main ? classes.main : ''} ${rest.className ?? ''}`}>
      <Face keys={keys}>{children}</Face>
    </a>
  )
}

function ActionAnchor({ main: _main, keys: _keys, children, ref, ...rest }: AnchorProps) {
  return (
    <a {...rest} ref={ref} className={`${classes.action} ${rest.className ?? ''}`}>
      {children}
    </a>
  )
}

/** A link that looks like a button: leads to another page, where a button does something here. */
export const LinkButton = createLink(ButtonAnchor)

/** The next step at the end of a line: a word with an arrow. */
export const ActionLink = createLink(ActionAnchor)

/** A link to a file of the server: outside of the pages' routes. */
export function DownloadLink(props: AnchorProps & { readonly href: string }) {
  return <ButtonAnchor {...props} download />
}

/** A button in the midst of text: says what it does, does something here. */
export function TextButton({
  children,
  ref,
  ...rest
}: Omit<ButtonHTMLAttributes<HTMLButtonElement>, 'type'> & { readonly ref?: Ref<HTMLButtonElement> }) {
  return (
    <button {...rest} ref={ref} type="button" className={`${classes.text} ${rest.className ?? ''}`}>
      {children}
    </button>
  )
}

/** Buttons beside each other, that break into lines when there is no room. */
export function Buttons({ children }: { readonly children: ReactNode }) {
  return <div className={classes.buttons}>{children}</div>
}

function Face({ keys, children }: { readonly keys: string | undefined; readonly children: ReactNode }) {
  return (
    <>
      {children}
      {keys && (
        <kbd className={classes.keys} aria-hidden>
          {keys}
        </kbd>
      )}
    </>
  )
}
