import { Modal } from '@mantine/core'
import type { ReactNode } from 'react'
import { useText } from '#web/ui/text.tsx'
import { useReturnFocus } from '#web/ui/use-return-focus.ts'

interface DialogProps {
  readonly title: string
  readonly onClose: () => void
  /** In pixels; on a phone it takes the width there is. */
  readonly width?: number
  /** Cannot be closed by Escape or beside it: something has to be chosen. */
  readonly firm?: boolean
  readonly children: ReactNode
}

/** Lies over the page until it is closed; keeps the focus, gives it back. Shown while it is rendered. */
export function Dialog({ title, onClose, width = 480, firm = false, children }: DialogProps) {
  const t = useText()
  useReturnFocus()
  return (
    <Modal
      opened
      onClose={onClose}
      title={title}
      size={width}
      closeOnEscape={!firm}
      closeOnClickOutside={!firm}
      withCloseButton={!firm}
      closeButtonProps={{ 'aria-label': t('ui.close') }}
    >
      {children}
    </Modal>
  )
}
