import { Select } from '@mantine/core'
import type { KeyboardEvent, ReactNode } from 'react'
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
      {...(autoFocus && { 'data-autofocus': true, autoFocus: true })}
      data={[...options]}
      value={field.value === '' ? null : field.value}
      onChange={(value) => field.onChange(value ?? '')}
      onBlur={({ currentTarget }) => {
        // What is not among the options has no name to empty.
        const named = field.value !== '' && options.some(({ value }) => value === field.value)
        if (named && currentTarget.value.trim() === '') field.onChange('')
      }}
      onKeyDown={enterChooses}
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

/**
 * While the list is open Enter is about the list: the option that arrows came to, or the first that fits what was typed.
 * A form is not sent by it, as it was by a name that was typed fast and had no option marked yet.
 */
function enterChooses(event: KeyboardEvent<HTMLInputElement>) {
  const field = event.currentTarget
  const isChoosing = event.key === 'Enter' && !event.nativeEvent.isComposing && field.ariaExpanded === 'true'
  if (!isChoosing) return
  event.preventDefault()
  const list = field.ownerDocument.getElementById(field.getAttribute('aria-controls') ?? '')
  const isMarked = (list?.querySelector('[data-combobox-selected]') ?? null) !== null
  const chosen = list?.querySelector('[data-combobox-active]')
  const isTyped = field.value.trim() !== '' && field.value !== chosen?.textContent
  if (!isMarked && isTyped) list?.querySelector<HTMLElement>('[data-combobox-option]')?.click()
}

/** For comparing: without accents, in small letters. */
export function folded(text: string): string {
  return text.trim().normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()
}
