import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { Caller } from '#api/contacts'
import { TextField } from '#web/ui/field.tsx'
import type { Field } from '#web/ui/form.tsx'
import { useText } from '#web/ui/text.tsx'
import { useSettled } from '#web/ui/use-settled.ts'
import { callersQuery } from './queries.ts'
import classes from './contacts.module.css'

const SETTLED_MS = 150

interface CallerFieldProps {
  readonly field: Field<string>
  /** Only among theirs; empty for all. */
  readonly customer: string
  readonly chosen: Caller | null
  readonly onChoose: (caller: Caller) => void
}

/** Who calls: a name, an address or a number is typed; who fits stands below. */
export function CallerField({ field, customer, chosen, onChoose }: CallerFieldProps) {
  const t = useText()
  const [typing, setTyping] = useState(false)
  const words = useSettled(field.value.trim(), SETTLED_MS)
  const asked = typing && chosen === null && words.length >= 2
  const { data: callers = [] } = useQuery({ ...callersQuery(words, customer), enabled: asked })
  return (
    <div>
      <TextField
        field={{
          ...field,
          onChange: (value) => {
            setTyping(true)
            field.onChange(value)
          },
        }}
        label={t('contacts.form.who')}
        hint={t('contacts.form.who-hint')}
        maxLength={200}
        autoFocus
      />
      {asked && callers.length > 0 && (
        <ul className={classes.found} aria-label={t('contacts.form.found')}>
          {callers.map((caller) => (
            <li key={caller.id}>
              <button
                type="button"
                onClick={() => {
                  setTyping(false)
                  onChoose(caller)
                }}
              >
                {t('contacts.form.choose', {
                  name: caller.name,
                  customer: caller.customer.name,
                  open: caller.open.length,
                })}
                {caller.email !== null && <span className="pl-quiet pl-small"> {caller.email}</span>}
              </button>
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}
