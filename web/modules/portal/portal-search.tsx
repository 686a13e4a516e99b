import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { type KeyboardEvent, type ReactNode, useId, useRef, useState } from 'react'
import { useKeys } from '#web/ui/keys.ts'
import { useSettled } from '#web/ui/use-settled.ts'
import { type Say, useText } from '#web/ui/text.tsx'
import { useNow } from '#web/ui/use-now.ts'
import type { Found } from '#api/portal'
import { type Format } from '#web/ui/format.ts'
import { useFormat } from '#web/ui/use-format.ts'
import { countSearch, searchPortal } from './search.ts'
import { momentWords } from './standing-words.tsx'
import { type Goal, useGoTo } from './use-go-to.ts'
import classes from './portal-search.module.css'

/** From so many letters on is searched. */
const LEAST_LETTERS = 2

/** One field for everything: disturbances, own reports and requests, what can be ordered, articles, services. Shows while typing what there is; arrows and Enter go there. */
export function PortalSearch() {
  const t = useText()
  const id = useId()
  const go = useGoTo()
  const now = useNow()
  const input = useRef<HTMLInputElement>(null)
  const counted = useRef('')
  const format = useFormat()
  const [words, setWords] = useState('')
  const [active, setActive] = useState(0)
  const [open, setOpen] = useState(false)
  const sought = useSettled(words.trim())
  const { data } = useQuery({
    queryKey: ['portal', 'search', sought],
    queryFn: ({ signal }) => searchPortal(sought, signal),
    enabled: sought.length >= LEAST_LETTERS,
    placeholderData: keepPreviousData,
  })
  useKeys(t('portal.title'), [{ keys: '/', label: t('portal.search'), run: () => input.current?.focus() }])

  const say = (found: Found) => aboutWords(found, { t, format, now })
  const shown = open && words.trim().length >= LEAST_LETTERS
  const entries: readonly { readonly goal: Goal; readonly title: string; readonly about: ReactNode }[] = [
    ...(data ?? []).map((found) => entryOf(found, say)),
    {
      goal: { kind: 'new', title: words.trim() } as const,
      title: t('portal.search.new', { words: words.trim() }),
      about: t('portal.search.kind-new'),
    },
  ]
  const current = Math.min(active, entries.length - 1)

  function choose(goal: Goal) {
    countSearch(words.trim())
    counted.current = words.trim()
    go(goal)
  }
  /** Somebody who leaves without having found anything has looked, too. */
  function leave() {
    setOpen(false)
    if (sought === '' || counted.current === sought || data === undefined || data.length > 0) return
    counted.current = sought
    countSearch(sought)
  }

  function onKeyDown(event: KeyboardEvent) {
    if (event.key === 'Escape') return setOpen(false)
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0
    if (!shown || (step === 0 && event.key !== 'Enter')) return undefined
    event.preventDefault()
    if (step === 0) return choose(entries[current]!.goal)
    return setActive((current + step + entries.length) % entries.length)
  }
  return (
    <div className={classes.search} onBlur={leave}>
      <input
        ref={input}
        type="search"
        role="combobox"
        className={classes.field}
        aria-label={t('portal.search')}
        aria-expanded={shown}
        aria-autocomplete="list"
        aria-controls={`${id}-list`}
        aria-activedescendant={shown ? `${id}-${current}` : undefined}
        placeholder={t('portal.search')}
        autoComplete="off"
        maxLength={200}
        value={words}
        onFocus={() => setOpen(true)}
        onChange={({ currentTarget }) => {
          setWords(currentTarget.value)
          setActive(0)
          setOpen(true)
        }}
        onKeyDown={onKeyDown}
      />
      <div
        id={`${id}-list`}
        role="listbox"
        aria-label={t('portal.search.found')}
        className={classes.list}
        hidden={!shown}
      >
        {shown &&
          entries.map(({ goal, title, about }, index) => (
            // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/interactive-supports-focus -- the field above has the keys
            <div
              key={JSON.stringify(goal)}
              id={`${id}-${index}`}
              role="option"
              aria-selected={index === current}
              className={classes.entry}
              onMouseMove={() => setActive(index)}
              // Before the field loses the focus, which closes the list.
              onMouseDown={(event) => event.preventDefault()}
              onClick={() => choose(goal)}
            >
              <span className={classes.title}>{title}</span>
              <span className={classes.about}>{about}</span>
            </div>
          ))}
      </div>
    </div>
  )
}

interface Telling {
  readonly t: Say
  readonly format: Format
  readonly now: Date
}

/** What it is, and where there is one, by when. */
function aboutWords({ kind, number, at }: Found, { t, format, now }: Telling): string {
  return t('portal.search.about', {
    kind,
    number: number ?? '',
    dated: at === null ? 'no' : at < now ? 'late' : 'yes',
    when: at === null ? '' : momentWords(at, { t, format, now }),
  })
}

function entryOf(found: Found, say: (found: Found) => string): { goal: Goal; title: string; about: ReactNode } {
  const { kind, id, number, title } = found
  const about = say(found)
  if (kind === 'report' || kind === 'request') return { goal: { kind, number: number ?? id }, title, about }
  // Of what is known to be disturbed can still be said what it does to oneself.
  if (kind === 'disturbance') return { goal: { kind: 'service', id }, title, about }
  return { goal: { kind, id }, title, about }
}
