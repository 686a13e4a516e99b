import { Popover } from '@mantine/core'
import { cloneElement, type ReactElement, type ReactNode, useId } from 'react'
import classes from './floating.module.css'

interface FloatingProps {
  readonly open: boolean
  readonly onOpenChange: (open: boolean) => void
  /** What it hangs from; pressing it opens and closes. */
  readonly button: ReactElement<{ onClick?: () => void }>
  /** Its name, where the button's own words are not one. */
  readonly label?: string
  readonly width?: number
  readonly position?: 'bottom-start' | 'bottom' | 'bottom-end'
  readonly className?: string | undefined
  /** Given the id of the button. */
  readonly children: ReactNode | ((buttonId: string) => ReactNode)
}

/** Something over the page that hangs from a button: keeps the focus while it is open, gives it back, closes by Escape. */
export function Floating({
  open,
  onOpenChange,
  button,
  label,
  width,
  position = 'bottom-start',
  className,
  children,
}: FloatingProps) {
  const id = useId()
  return (
    <Popover
      id={id}
      opened={open}
      onChange={onOpenChange}
      position={position}
      withinPortal
      trapFocus
      returnFocus
      {...(width !== undefined && { width })}
    >
      <Popover.Target>{cloneElement(button, { onClick: () => onOpenChange(!open) })}</Popover.Target>
      <Popover.Dropdown
        className={className ?? classes.plain!}
        {...(label !== undefined && { 'aria-label': label, 'aria-labelledby': undefined })}
      >
        {typeof children === 'function' ? children(`${id}-target`) : children}
      </Popover.Dropdown>
    </Popover>
  )
}
