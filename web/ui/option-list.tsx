import { type KeyboardEvent, useId, useRef, useState } from 'react'
import { useText } from '#web/ui/text.tsx'
import classes from './option-list.module.css'

interface ListedOption<Value extends string> {
  readonly value: Value
  readonly label: string
}

interface OptionListProps<Value extends string> {
  /** What is chosen here. */
  readonly label: string
  /** Those that fit the words that were typed. */
  readonly options: readonly ListedOption<Value>[]
  readonly isChosen: (value: Value) => boolean
  readonly onPick: (value: Value) => void
  readonly several?: boolean
  /** A field above the list that narrows it. */
  readonly search?: { readonly words: string; readonly onWords: (words: string) => void }
}

/** A list to choose from, for inside of what floats: arrows move, Enter chooses, typing narrows. */
export function OptionList<Value extends string>({
  label,
  options,
  isChosen,
  onPick,
  several = false,
  search,
}: OptionListProps<Value>) {
  const t = useText()
  const id = useId()
  const list = useRef<HTMLDivElement>(null)
  const [active, setActive] = useState(() =>
    Math.max(
      0,
      options.findIndex(({ value }) => isChosen(value)),
    ),
  )
  const current = Math.min(active, options.length - 1)

  function pick() {
    const option = options[current]
    if (option !== undefined) onPick(option.value)
  }
  function go(to: number) {
    const next = Math.max(0, Math.min(options.length - 1, to))
    setActive(next)
    list.current?.children[next]?.scrollIntoView({ block: 'nearest' })
  }
  function onKeyDown(event: KeyboardEvent) {
    const moves: Readonly<Record<string, () => void>> = {
      ArrowDown: () => go(current + 1),
      ArrowUp: () => go(current - 1),
      Home: () => go(0),
      End: () => go(options.length - 1),
      Enter: pick,
      // In the field it is a character.
      ...(search === undefined && { ' ': pick }),
    }
    const move = moves[event.key]
    if (move === undefined) return
    event.preventDefault()
    move()
  }
  const keyed = {
    'aria-activedescendant': options[current] ? `${id}-${current}` : undefined,
    'data-autofocus': true,
    onKeyDown,
  }
  return (
    <>
      {search && (
        <input
          {...keyed}
          className={classes.search}
          role="combobox"
          aria-expanded
          aria-autocomplete="list"
          aria-controls={`${id}-list`}
          aria-label={t('ui.pick.search', { what: label })}
          placeholder={t('ui.pick.search-short')}
          value={search.words}
          onChange={({ currentTarget }) => {
            search.onWords(currentTarget.value)
            setActive(0)
          }}
        />
      )}
      <div
        ref={list}
        id={`${id}-list`}
        className={classes.list}
        role="listbox"
        aria-label={label}
        aria-multiselectable={several || undefined}
        tabIndex={search ? -1 : 0}
        {...(!search && keyed)}
      >
        {options.map(({ value, label: name }, index) => (
          // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/interactive-supports-focus -- the list or its field has the keys
          <div
            key={value}
            id={`${id}-${index}`}
            role="option"
            aria-selected={isChosen(value)}
            data-active={index === current || undefined}
            className={classes.option}
            onMouseMove={() => setActive(index)}
            onClick={() => onPick(value)}
          >
            {name}
          </div>
        ))}
      </div>
      {options.length === 0 && <p className={classes.none}>{t('ui.search.nothing')}</p>}
    </>
  )
}
