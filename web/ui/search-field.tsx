import { Select } from '@mantine/core'
import type { ReactNode } from 'react'
import type { Field } from '#web/ui/form.tsx'
import { useText } from '#web/ui/text.tsx'

interface SearchFieldProps {
  readonly field: Field<string>
  readonly label: string
  readonly hint?: ReactNode
  readonly placeholder?: string
  readonly autoFocus?: boolean
  readonly options: readonly { readonly value: string; readonly label: string }[]
}

/**
 * One of many, found by typing a part of its name, whatever the accents. Choosing what is chosen leaves it; whoever empties
 * the field and goes on chooses nothing.
 */
export function SearchField({ field, label, hint, placeholder, autoFocus = false, options }: SearchFieldProps) {
  const t = useText()
  return (
    <Select
      name={field.name}
      label={label}
      description={hint}
      error={field.error}
      {...(placeholder !== undefined && { placeholder })}
      {...(autoFocus && { 'data-autofocus': true })}
      data={[...options]}
      value={field.value === '' ? null : field.value}
      onChange={(value) => field.onChange(value ?? '')}
      onBlur={({ currentTarget }) => {
        // What is not among the options has no name to empty.
        const named = field.value !== '' && options.some(({ value }) => value === field.value)
        if (named && currentTarget.value.trim() === '') field.onChange('')
      }}
      searchable
      allowDeselect={false}
      // Who passes by with Tab wants no list over what comes next.
      openOnFocus={false}
      limit={60}
      // The list itself scrolls: a part around it that does would have to be reached by keys.
      withScrollArea={false}
      styles={{ options: { maxHeight: 320, overflowY: 'auto' } }}
      nothingFoundMessage={t('ui.search.nothing')}
      filter={({ options: all, search, limit }) => {
        const wanted = folded(search).split(' ')
        const found = all.filter(
          (option) => 'label' in option && wanted.every((word) => folded(option.label).includes(word)),
        )
        return found.slice(0, limit)
      }}
    />
  )
}

/** For comparing: without accents, in small letters. */
export function folded(text: string): string {
  return text.trim().normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()
}
