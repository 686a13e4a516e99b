interface Pressed {
  readonly key: string
  readonly ctrlKey: boolean
  readonly metaKey: boolean
  readonly altKey: boolean
}

/** What was pressed, as bindings write it: `j`, `?`, `Enter`, `mod+k`. */
export function comboOf({ key, ctrlKey, metaKey, altKey }: Pressed): string {
  const name = key.length === 1 ? key : key.replace('Arrow', '')
  if (ctrlKey || metaKey) return `mod+${name.toLowerCase()}`
  // On many keyboards the other Alt key makes characters; what it makes is what counts.
  return altKey && key.length > 1 ? `alt+${name}` : name
}

/**
 * The binding for a key; `wait` when it is the first of two. `first` is a key pressed just before that some binding begins
 * with. Earlier bindings win.
 */
export function matchKeys<Binding extends { readonly keys: string }>(
  bindings: readonly Binding[],
  first: string | null,
  combo: string,
): Binding | 'wait' | null {
  if (first !== null) {
    const second = bindings.find(({ keys }) => keys === `${first} ${combo}`)
    if (second !== undefined) return second
  }
  for (const binding of bindings) {
    if (binding.keys === combo) return binding
    if (binding.keys.startsWith(`${combo} `)) return 'wait'
  }
  return null
}

/** Whether the focus is where letters are text. */
export function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false
  if (target.isContentEditable || target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement)
    return true
  return (
    target instanceof HTMLInputElement &&
    !['checkbox', 'radio', 'button', 'submit', 'file', 'range'].includes(target.type)
  )
}
