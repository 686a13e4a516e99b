import { useEffect, useRef, useSyncExternalStore } from 'react'
import { keep, readKept } from '#web/ui/kept.ts'
import { comboOf, isTyping, matchKeys } from '#web/ui/key-combo.ts'

/** A key, or keys one after the other, that do something on this page. */
export interface KeyBinding {
  /** `j`, `?`, `Enter`, `mod+k` (Ctrl, on a Mac ⌘), `g t` (one after the other). */
  readonly keys: string
  /** What it does, for the help. */
  readonly label: string
  readonly run: (event: KeyboardEvent) => void
}

/** The keys of one part of what is shown, under a heading of the help. */
interface KeyGroup {
  title: string
  bindings: readonly KeyBinding[]
}

const STORED = 'plumbline.letter-keys'
/** How long the first of two keys waits for the second. */
const WAIT_MS = 1200

let groups: readonly KeyGroup[] = []
let letters = readKept(STORED) !== 'off'
let pending: { readonly combo: string; readonly at: number } | null = null
const listeners = new Set<() => void>()

/** Makes keys work while the component is shown. Where two want the same key, the one shown later has it. */
export function useKeys(title: string, bindings: readonly KeyBinding[], when = true): void {
  const group = useRef<KeyGroup>({ title, bindings })
  useEffect(() => {
    if (!when) return undefined
    const added = group.current
    change([...groups, added])
    return () => change(groups.filter((other) => other !== added))
  }, [when])
  // What a key does may be another thing with each render; which keys there are, and their place among the others, stays.
  useEffect(() => {
    group.current.title = title
    group.current.bindings = bindings
  })
}

/** The keys that work now, for the help. */
export function useKeyGroups(): readonly KeyGroup[] {
  return useSyncExternalStore(subscribe, () => groups)
}

/** Whether single letters are keys: whoever speaks to the machine, or types by accident, turns them off (WCAG 2.1.4). */
export function useLetterKeys(): readonly [boolean, (on: boolean) => void] {
  const on = useSyncExternalStore(subscribe, () => letters)
  return [
    on,
    (wanted) => {
      letters = wanted
      keep(STORED, wanted ? 'on' : 'off')
      for (const listener of listeners) listener()
    },
  ]
}

/** Listens for the whole document; once. Returns what stops it. */
export function listenToKeys(): () => void {
  document.addEventListener('keydown', onKeyDown)
  return () => document.removeEventListener('keydown', onKeyDown)
}

function onKeyDown(event: KeyboardEvent): void {
  if (event.defaultPrevented || event.isComposing || event.repeat) return
  // What lies over the page has the keyboard for itself.
  if (document.querySelector('[aria-modal="true"]') !== null) return
  // By now it may be closed, by this very key: then that was what the key was for.
  if (event.target instanceof Element && isOver(event.target, event.key)) return
  const combo = comboOf(event)
  const withModifier = combo.startsWith('mod+')
  if (!withModifier && (isTyping(event.target) || !letters)) return
  const first = pending !== null && event.timeStamp - pending.at < WAIT_MS ? pending.combo : null
  pending = null
  const bindings = groups.toReversed().flatMap((group) => group.bindings)
  const found = matchKeys(bindings, first, combo)
  if (found === 'wait') {
    pending = { combo, at: event.timeStamp }
  } else if (found !== null) {
    event.preventDefault()
    found.run(event)
  }
}

function isOver(target: Element, key: string): boolean {
  return !target.isConnected || (key === 'Escape' && target.closest('[role="dialog"], [role="menu"]') !== null)
}

function change(next: readonly KeyGroup[]): void {
  groups = next
  for (const listener of listeners) listener()
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}
