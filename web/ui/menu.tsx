import { createContext, type KeyboardEvent, type ReactElement, type ReactNode, useContext, useState } from 'react'
import { Floating } from '#web/ui/floating.tsx'
import classes from './menu.module.css'

const Close = createContext<() => void>(() => undefined)

interface MenuProps {
  /** The button that opens it. */
  readonly button: ReactElement<{ onClick?: () => void }>
  /** Of `MenuItem`s. */
  readonly children: ReactNode
}

/** Actions that open from a button; arrows move, Escape closes. */
export function Menu({ button, children }: MenuProps) {
  const [open, setOpen] = useState(false)
  return (
    <Floating open={open} onOpenChange={setOpen} button={button}>
      {(buttonId) => (
        <Close value={() => setOpen(false)}>
          <div role="menu" aria-labelledby={buttonId} tabIndex={-1} onKeyDown={moveFocus}>
            {children}
          </div>
        </Close>
      )}
    </Floating>
  )
}

interface MenuItemProps {
  readonly onClick: () => void
  /** Why it may not be done now: shown in the line, which then does nothing. */
  readonly barred?: string | null
  readonly children: ReactNode
}

export function MenuItem({ onClick, barred = null, children }: MenuItemProps) {
  const close = useContext(Close)
  function press() {
    if (barred !== null) return
    close()
    onClick()
  }
  return (
    <button
      type="button"
      role="menuitem"
      className={classes.item}
      aria-disabled={barred !== null || undefined}
      onClick={press}
    >
      {children}
      {barred !== null && <span className={classes.barred}>{barred}</span>}
    </button>
  )
}

function moveFocus(event: KeyboardEvent<HTMLDivElement>): void {
  const items = [...event.currentTarget.querySelectorAll<HTMLElement>('[role=menuitem]')]
  const at = items.indexOf(document.activeElement as HTMLElement)
  const to: Readonly<Record<string, number>> = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: items.length - 1 }
  const next = to[event.key]
  if (next === undefined) return
  event.preventDefault()
  items[(next + items.length) % items.length]?.focus()
}
