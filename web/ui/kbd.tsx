import type { TextKey } from '#web/locales/catalogue.ts'
import { useText } from '#web/ui/text.tsx'
import classes from './kbd.module.css'

const names: Readonly<Record<string, TextKey>> = {
  Enter: 'ui.key.enter',
  Escape: 'ui.key.escape',
  ' ': 'ui.key.space',
  Up: 'ui.key.up',
  Down: 'ui.key.down',
  Left: 'ui.key.left',
  Right: 'ui.key.right',
}

const isMac = typeof navigator !== 'undefined' && /Mac|iPhone|iPad/.test(navigator.userAgent)

/** How keys are called on the keyboard of whoever reads: `mod+k` as `Ctrl K`, `Strg K` or `⌘ K`. */
function useKeyNames(): (keys: string) => string {
  const t = useText()
  const name = (key: string) => (names[key] === undefined ? key : t(names[key]))
  return (keys) => {
    if (keys === ' ') return name(keys)
    return keys
      .split(' ')
      .map((combo) =>
        combo.startsWith('mod+') ? `${isMac ? '⌘' : t('ui.key.control')} ${combo.slice(4).toUpperCase()}` : name(combo),
      )
      .join(' ')
  }
}

/** A key to press, or keys one after the other. */
export function Kbd({ keys }: { readonly keys: string }) {
  const nameOf = useKeyNames()
  return (
    <span className={classes.keys}>
      {(keys === ' ' ? [keys] : keys.split(' ')).map((key) => (
        <kbd key={key} className={classes.key}>
          {nameOf(key)}
        </kbd>
      ))}
    </span>
  )
}
