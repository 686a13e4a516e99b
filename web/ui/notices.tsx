import { useEffect, useState, useSyncExternalStore } from 'react'
import { useKeys } from '#web/ui/keys.ts'
import { useText } from '#web/ui/text.tsx'
import classes from './notices.module.css'

interface Notice {
  readonly id: number
  readonly text: string
  /** Takes it back; while the notice stands, also by `z`. */
  readonly undo?: () => void
}

/** Something that was said, and when. */
export interface SaidNotice {
  readonly id: number
  readonly text: string
  readonly at: Date
}

const STANDS_MS = 8000
const JUST_NOW_MS = 1000

let notices: readonly Notice[] = []
let last = 0
/** What was said since the page was loaded, the newest first. */
let said: readonly SaidNotice[] = []
let seen = 0
/** So many are kept. */
const KEPT = 50
const listeners = new Set<() => void>()

function set(next: readonly Notice[]) {
  notices = next
  for (const listener of listeners) listener()
}

/** Says at the foot of the page that something was done, and offers to take it back: rather than asking before. */
export function notify(text: string, undo?: () => void): void {
  last += 1
  said = [{ id: last, text, at: new Date() }, ...said].slice(0, KEPT)
  // One at a time is enough to read.
  set([{ id: last, text, ...(undo && { undo }) }])
}

/** Says it in the place of what was said just now, which turned out otherwise. */
export function notifyInstead(text: string): void {
  if (said[0] !== undefined && Date.now() - said[0].at.getTime() < JUST_NOW_MS) said = said.slice(1)
  notify(text)
}

function dismissNotices(): void {
  set([])
}

/** What was said lately, for whoever looked away; and how much of it came since they last looked. */
export function useSaidNotices(): { readonly said: readonly SaidNotice[]; readonly fresh: number } {
  const all = useSyncExternalStore(subscribe, () => said)
  const upTo = useSyncExternalStore(subscribe, () => seen)
  return { said: all, fresh: all.filter(({ id }) => id > upTo).length }
}

/** What was said up to this one has been looked at. */
export function markNoticesSeen(upTo: number): void {
  seen = upTo
  for (const listener of listeners) listener()
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/** Where notices appear; once, in the shell. */
export function Notices() {
  const shown = useSyncExternalStore(subscribe, () => notices)
  return (
    <div className={classes.place} role="status">
      {shown.map((notice) => (
        <NoticeLine key={notice.id} notice={notice} />
      ))}
    </div>
  )
}

function NoticeLine({ notice }: { readonly notice: Notice }) {
  const t = useText()
  const [held, setHeld] = useState(false)
  useEffect(() => {
    // Whoever has the pointer or the focus on it is still reading.
    if (held) return undefined
    const timer = setTimeout(dismissNotices, STANDS_MS)
    return () => clearTimeout(timer)
  }, [held])
  function undo() {
    dismissNotices()
    notice.undo?.()
  }
  useKeys(notice.text, [{ keys: 'z', label: t('ui.undo'), run: undo }], notice.undo !== undefined)
  return (
    <div
      className={classes.notice}
      onMouseEnter={() => setHeld(true)}
      onMouseLeave={() => setHeld(false)}
      onFocus={() => setHeld(true)}
      onBlur={() => setHeld(false)}
    >
      <span>{notice.text}</span>
      {notice.undo && (
        <button type="button" className={classes.undo} onClick={undo}>
          {t('ui.undo')} <kbd className={classes.key}>z</kbd>
        </button>
      )}
      <button type="button" className={classes.close} onClick={dismissNotices} aria-label={t('ui.close')}>
        ×
      </button>
    </div>
  )
}
