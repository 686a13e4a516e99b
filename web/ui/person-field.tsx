import type { ReactNode } from 'react'
import type { Field } from '#web/ui/form.tsx'
import { SearchField } from '#web/ui/search-field.tsx'
import { useText } from '#web/ui/text.tsx'
import { useFormat } from '#web/ui/use-format.ts'
import { useNow } from '#web/ui/use-now.ts'

interface PersonFieldProps {
  /** The id; empty for nobody. */
  readonly field: Field<string>
  readonly label: string
  readonly hint?: ReactNode
  readonly people: readonly {
    readonly id: string
    readonly name: string
    /** Team or customer, to tell two of one name apart. */
    readonly about?: string
    /** Where they are: what time it is there stands beside the name. */
    readonly timeZone?: string | null
  }[]
  /** How it is called to choose nobody; without it somebody has to be chosen. */
  readonly nobody?: string
}

/** Somebody of many, found by name; told with what time it is where they are. */
export function PersonField({ field, label, hint, people, nobody }: PersonFieldProps) {
  const t = useText()
  const format = useFormat()
  const now = useNow()
  const told = ({ name, about, timeZone }: PersonFieldProps['people'][number]) =>
    t('ui.person', {
      name,
      hasAbout: about === undefined ? 'no' : 'yes',
      about: about ?? '',
      hasTime: timeZone ? 'yes' : 'no',
      time: timeZone ? format.time(now, timeZone) : '',
    })
  return (
    <SearchField
      field={field}
      label={label}
      hint={hint}
      options={[
        ...(nobody === undefined ? [] : [{ value: '', label: nobody }]),
        ...people.map((person) => ({ value: person.id, label: told(person) })),
      ]}
      {...(nobody !== undefined && { placeholder: nobody })}
    />
  )
}
