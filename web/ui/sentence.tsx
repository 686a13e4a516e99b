import { type ReactNode, useState } from 'react'
import { Floating } from '#web/ui/floating.tsx'
import { OptionList } from '#web/ui/option-list.tsx'
import { folded } from '#web/ui/search-field.tsx'
import { useText } from '#web/ui/text.tsx'
import classes from './sentence.module.css'

/** A sentence whose blue words are controls: `<Sentence><Text id="…" components={{ state: <Pick … /> }} /></Sentence>`. */
export function Sentence({ children }: { readonly children: ReactNode }) {
  return <div className={classes.sentence}>{children}</div>
}

export interface PickOption<Value extends string> {
  readonly value: Value
  /** As in the list. */
  readonly label: string
  /** As in the sentence, where it reads otherwise: `any site`. */
  readonly inSentence?: string
}

interface PickProps<Value extends string> {
  /** What is chosen here, for whoever does not see the sentence. */
  readonly label: string
  readonly options: readonly PickOption<Value>[]
  readonly value: Value
  readonly onChange: (value: Value) => void
  /** It was just asked for: its list is open at once. */
  readonly opened?: boolean
}

/** A choice inside a sentence. With many options it is found by typing. */
export function Pick<Value extends string>({ label, options, value, onChange, opened }: PickProps<Value>) {
  const chosen = options.find((option) => option.value === value)
  const text = chosen?.inSentence ?? chosen?.label ?? value
  return (
    <PickList
      label={label}
      text={text}
      options={options}
      isChosen={(option) => option === value}
      onPick={onChange}
      opened={opened}
    />
  )
}

interface PickManyProps<Value extends string> {
  readonly label: string
  readonly options: readonly PickOption<Value>[]
  /** None means any. */
  readonly value: readonly Value[]
  readonly onChange: (value: readonly Value[]) => void
  /** How no choice reads: `any state`. */
  readonly any: string
  readonly opened?: boolean
}

/** Several choices inside a sentence. */
export function PickMany<Value extends string>({ label, options, value, onChange, any, opened }: PickManyProps<Value>) {
  const t = useText()
  const names = options
    .filter((option) => value.includes(option.value))
    .map((option) => option.inSentence ?? option.label)
  const last = names.at(-1)
  const text =
    last === undefined
      ? any
      : names.length === 1
        ? last
        : t('ui.pick.or', { first: names.slice(0, -1).join(', '), last })
  function toggle(picked: Value) {
    onChange(value.includes(picked) ? value.filter((other) => other !== picked) : [...value, picked])
  }
  return (
    <PickList
      label={label}
      text={text}
      options={options}
      isChosen={(option) => value.includes(option)}
      onPick={toggle}
      several
      opened={opened}
    />
  )
}

interface PickListProps<Value extends string> {
  readonly label: string
  readonly text: string
  readonly options: readonly PickOption<Value>[]
  readonly isChosen: (value: Value) => boolean
  readonly onPick: (value: Value) => void
  readonly several?: boolean
  readonly opened?: boolean | undefined
}

/** From so many on the list has a field to search it. */
const SEARCH_FROM = 9

function PickList<Value extends string>({
  label,
  text,
  options,
  isChosen,
  onPick,
  several = false,
  opened = false,
}: PickListProps<Value>) {
  const [open, setOpen] = useState(opened)
  const [words, setWords] = useState('')
  function toggle(next: boolean) {
    setOpen(next)
    setWords('')
  }
  function pick(value: Value) {
    onPick(value)
    if (!several) setOpen(false)
  }
  const searched = options.length >= SEARCH_FROM
  return (
    <Floating
      open={open}
      onOpenChange={toggle}
      label={label}
      className={classes.panel}
      button={
        <button type="button" className={classes.pick} aria-label={`${label}: ${text}`}>
          {text}
        </button>
      }
    >
      <OptionList
        label={label}
        options={options.filter((option) => folded(option.label).includes(folded(words)))}
        isChosen={isChosen}
        onPick={pick}
        several={several}
        {...(searched && { search: { words, onWords: setWords } })}
      />
    </Floating>
  )
}
