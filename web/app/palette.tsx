import { useMantineColorScheme } from '@mantine/core'
import { useQueries } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { type KeyboardEvent, useId, useRef, useState } from 'react'
import { Modal } from '@mantine/core'
import { areaWords } from '#web/app/areas.ts'
import { chooseLanguage } from '#web/app/choose-language.ts'
import { chooseDensity, useDensity } from '#web/app/density.ts'
import type { Over } from '#web/app/over.ts'
import { actionsFor, findersFor, placesFor } from '#web/app/places.ts'
import { signOut } from '#web/app/sign-out.ts'
import { useAsker } from '#web/modules/people/session.ts'
import { useSentence } from '#web/ui/problem.tsx'
import { folded } from '#web/ui/search-field.tsx'
import { type Say, useLanguage, useText } from '#web/ui/text.tsx'
import { useSettled } from '#web/ui/use-settled.ts'
import { useReturnFocus } from '#web/ui/use-return-focus.ts'
import classes from './palette.module.css'

/** From so many letters on records are searched. */
const LEAST_LETTERS = 2
/** More than anything is called; what is pasted beyond is cut off. */
const MOST_LETTERS = 200
/** So long nobody types before they are. */
const SETTLED_MS = 120

interface Entry {
  readonly key: string
  readonly title: string
  readonly about: string
  readonly run: () => void
}

interface PaletteProps {
  readonly onClose: () => void
  readonly open: (over: Over) => void
}

/** Finds a page, an action or a record by a few letters, from anywhere. */
export function Palette({ onClose, open }: PaletteProps) {
  const t = useText()
  useReturnFocus()
  const id = useId()
  const list = useRef<HTMLDivElement>(null)
  const [words, setWords] = useState('')
  const [active, setActive] = useState(0)
  const { entries, searching, failure } = useEntries(words, { t, open })
  const failed = useSentence(failure)
  const current = Math.min(active, entries.length - 1)

  function run(entry: Entry | undefined) {
    if (entry === undefined) return
    onClose()
    entry.run()
  }
  function onKeyDown(event: KeyboardEvent) {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0
    if (step !== 0) {
      const next = (current + step + entries.length) % Math.max(1, entries.length)
      setActive(next)
      list.current?.children[next]?.scrollIntoView({ block: 'nearest' })
    } else if (event.key === 'Enter') run(entries[current])
    else return
    event.preventDefault()
  }
  return (
    <Modal.Root opened onClose={onClose} size={600} padding={0}>
      <Modal.Overlay />
      <Modal.Content aria-label={t('app.find')}>
        <input
          className={classes.field}
          role="combobox"
          aria-expanded
          aria-autocomplete="list"
          aria-controls={`${id}-list`}
          aria-activedescendant={entries[current] ? `${id}-${current}` : undefined}
          aria-label={t('app.palette.label')}
          placeholder={t('app.palette.placeholder')}
          value={words}
          maxLength={MOST_LETTERS}
          data-autofocus
          onChange={({ currentTarget }) => {
            setWords(currentTarget.value)
            setActive(0)
          }}
          onKeyDown={onKeyDown}
        />
        <div ref={list} id={`${id}-list`} role="listbox" aria-label={t('app.palette.found')} className={classes.list}>
          {entries.map((entry, index) => (
            // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/interactive-supports-focus -- the field above has the keys
            <div
              key={entry.key}
              id={`${id}-${index}`}
              role="option"
              aria-selected={index === current}
              className={classes.entry}
              onMouseMove={() => setActive(index)}
              onClick={() => run(entry)}
            >
              <span className={classes.title}>{entry.title}</span>
              <span className={classes.about}>{entry.about}</span>
            </div>
          ))}
        </div>
        <p className={classes.none} role="status">
          {searching && t('app.palette.searching')}
          {!searching && entries.length === 0 && (failure === null ? t('app.palette.nothing', { words }) : failed)}
        </p>
      </Modal.Content>
    </Modal.Root>
  )
}

/** What fits the words: places and actions first, then records. */
function useEntries(words: string, { t, open }: { readonly t: Say; readonly open: (over: Over) => void }) {
  const navigate = useNavigate()
  const asker = useAsker()
  const language = useLanguage()
  const { setColorScheme } = useMantineColorScheme()
  const density = useDensity()
  const sought = useSettled(words.trim(), SETTLED_MS)
  const found = useQueries({
    queries: findersFor(asker).map((find, index) => ({
      queryKey: ['palette', index, sought],
      queryFn: ({ signal }: { signal: AbortSignal }) => find(sought, signal),
      enabled: sought.length >= LEAST_LETTERS,
    })),
  })
  const go = (to: string, search?: Readonly<Record<string, string>>) => () =>
    void navigate({ to, ...(search && { search }) })
  const doing = t('app.palette.action')
  const fixed: Entry[] = [
    ...placesFor(asker).map(({ area, to }) => ({
      key: to,
      title: t(areaWords[area].label),
      about: t('app.palette.page'),
      run: go(to),
    })),
    { key: '/account', title: t('app.account'), about: t('app.palette.page'), run: go('/account') },
    ...actionsFor(asker).map(({ label, to }) => ({ key: label, title: t(label), about: doing, run: go(to) })),
    { key: 'light', title: t('app.palette.light'), about: doing, run: () => setColorScheme('light') },
    { key: 'dark', title: t('app.palette.dark'), about: doing, run: () => setColorScheme('dark') },
    {
      key: 'language',
      title: t('app.palette.language'),
      about: doing,
      run: () => void chooseLanguage(language === 'de' ? 'en' : 'de'),
    },
    { key: 'auto', title: t('app.palette.system'), about: doing, run: () => setColorScheme('auto') },
    {
      key: 'density',
      title: t(density === 'compact' ? 'app.palette.comfortable' : 'app.palette.compact'),
      about: doing,
      run: () => chooseDensity(density === 'compact' ? 'comfortable' : 'compact'),
    },
    { key: 'keys', title: t('app.keys'), about: doing, run: () => open('keys') },
    { key: 'help', title: t('app.help'), about: doing, run: () => open('help') },
    { key: 'tour', title: t('app.tour'), about: doing, run: () => open('tour') },
    { key: 'notices', title: t('app.notices'), about: doing, run: () => open('notices') },
    { key: 'sign-out', title: t('app.sign-out'), about: doing, run: () => void signOut() },
  ]
  const wanted = folded(words).split(/\s+/)
  const hasAll = (title: string) => wanted.every((word) => folded(title).includes(word))
  const records = found
    .flatMap(({ data }) => data ?? [])
    .map(({ to, search, title, kind, about }) => ({
      key: `${to} ${title}`,
      title,
      about: [kind && t(kind), about].filter(Boolean).join(' · '),
      run: go(to, search),
    }))
  return {
    // What is called so comes before what only mentions it.
    entries: [
      ...fixed.filter(({ title }) => hasAll(title)),
      ...records.filter(({ title }) => hasAll(title)),
      ...records.filter(({ title }) => !hasAll(title)),
    ],
    searching: sought !== words.trim() || found.some(({ isFetching }) => isFetching),
    failure: found.find(({ isError }) => isError)?.error ?? null,
  }
}
