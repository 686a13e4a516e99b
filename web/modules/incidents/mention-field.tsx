import { useQuery } from '@tanstack/react-query'
import { type KeyboardEvent, useRef, useState } from 'react'
import { listMentionable } from '#api/incidents'
import { call } from '#web/http/call.ts'
import { TextAreaField } from '#web/ui/field.tsx'
import type { Field } from '#web/ui/form.tsx'
import { useText } from '#web/ui/text.tsx'
import { useSettled } from '#web/ui/use-settled.ts'
import { begunName, type Mentioned, stillNamed, withName } from './mention.ts'
import classes from './mention-field.module.css'

interface MentionFieldProps {
  readonly incident: string
  readonly visibility: 'internal' | 'public'
  readonly field: Field<string>
  readonly label: string
  readonly hint?: string | undefined
  readonly chosen: readonly Mentioned[]
  readonly onChoose: (chosen: readonly Mentioned[]) => void
}

/** Words in which a name behind an @ calls somebody up: it offers whoever may read them, and says who will be told. */
export function MentionField({ incident, visibility, field, label, hint, chosen, onChoose }: MentionFieldProps) {
  const t = useText()
  const frame = useRef<HTMLDivElement>(null)
  const [begun, setBegun] = useState<string | null>(null)
  const [at, setAt] = useState(0)
  const asked = useSettled(begun ?? '', 150)
  const { data: people = [] } = useQuery({
    queryKey: ['mentionable', { incident, visibility, q: asked }],
    queryFn: async ({ signal }) =>
      (await call(listMentionable, { params: { id: incident }, query: { q: asked, visibility } }, signal)).items,
    enabled: begun !== null,
    staleTime: 60_000,
  })
  const offered = begun === null ? [] : people
  const told = stillNamed(field.value, chosen)
  const area = () => frame.current?.querySelector('textarea') ?? null

  function look() {
    const element = area()
    setBegun(element === null ? null : begunName(element.value, element.selectionStart))
    setAt(0)
  }

  function choose(person: Mentioned) {
    const element = area()
    if (element === null) return
    const { text, caret } = withName(field.value, element.selectionStart, person.name)
    field.onChange(text)
    onChoose([...told, person])
    setBegun(null)
    requestAnimationFrame(() => {
      element.focus()
      element.setSelectionRange(caret, caret)
    })
  }

  function pressed(event: KeyboardEvent) {
    if (offered.length === 0) return
    const by = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0
    const person = offered[at]
    if (by !== 0) setAt((at + by + offered.length) % offered.length)
    else if ((event.key === 'Enter' || event.key === 'Tab') && !event.shiftKey && person !== undefined) choose(person)
    else if (event.key === 'Escape') setBegun(null)
    else return
    event.preventDefault()
    event.stopPropagation()
  }

  return (
    // oxlint-disable-next-line jsx-a11y/no-static-element-interactions -- what is pressed in the text within
    <div ref={frame} onKeyDownCapture={pressed}>
      <TextAreaField
        field={{
          ...field,
          onChange: (words) => {
            field.onChange(words)
            look()
          },
        }}
        label={label}
        hint={hint ?? t('incidents.mention.hint')}
        rows={4}
      />
      {offered.length > 0 && (
        <ul className={classes.people} aria-label={t('incidents.mention.who')}>
          {offered.map((person, index) => (
            <li key={person.id}>
              <button
                type="button"
                // By keys it is chosen from within the text.
                tabIndex={-1}
                data-chosen={index === at || undefined}
                // The caret stays where it is.
                onMouseDown={(event) => event.preventDefault()}
                onClick={() => choose(person)}
              >
                {person.name}
              </button>
            </li>
          ))}
        </ul>
      )}
      <p className="pl-quiet pl-small" role="status">
        {offered.length > 0
          ? t('incidents.mention.offered', { count: offered.length, name: offered[at]?.name ?? '' })
          : told.length > 0 && t('incidents.mention.told', { names: told.map(({ name }) => name).join(', ') })}
      </p>
    </div>
  )
}
