import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { barredFromInside } from '#core/may.ts'
import { useAsker } from '#web/modules/people/index.ts'
import { TextButton } from '#web/ui/button.tsx'
import { Floating } from '#web/ui/floating.tsx'
import { Kbd } from '#web/ui/kbd.tsx'
import { useKeys } from '#web/ui/keys.ts'
import { OptionList } from '#web/ui/option-list.tsx'
import { useText } from '#web/ui/text.tsx'
import { useFormat } from '#web/ui/use-format.ts'
import { type Addable, addable, conditionsOf, type IncidentFilter, type ListSearch } from './list-filter.ts'
import { countQuery } from './queries-list.ts'

/** How many there are, and what of them is pressing. */
export function ListCount({ filter }: { readonly filter: IncidentFilter }) {
  const t = useText()
  const format = useFormat()
  const { data } = useQuery(countQuery(filter))
  if (data === undefined) return null
  const { count, more, late, paused } = data
  return (
    <span aria-live="polite">
      {t('incidents.list.count', { count, written: format.number(count), more: more ? 'yes' : 'no' })}
      {(late ?? 0) > 0 && t('incidents.list.late', { count: late })}
      {(paused ?? 0) > 0 && t('incidents.list.held', { count: paused })}
    </span>
  )
}

interface AddConditionProps {
  readonly search: ListSearch
  readonly onAdd: (name: Addable) => void
}

/** By what else the list may be narrowed. */
export function AddCondition({ search, onAdd }: AddConditionProps) {
  const t = useText()
  const [open, setOpen] = useState(false)
  const inside = barredFromInside(useAsker()) === null
  const conditions = conditionsOf(search)
  const left = addable.filter(
    (name) => !conditions.includes(name) && (inside || (name !== 'team' && name !== 'assignee')),
  )
  useKeys(t('incidents.list.keys'), [{ keys: 'f', label: t('incidents.list.add'), run: () => setOpen(true) }])
  if (left.length === 0) return null
  return (
    <span>
      <Floating
        open={open}
        onOpenChange={setOpen}
        label={t('incidents.list.add')}
        button={<TextButton aria-keyshortcuts="f">{t('incidents.list.add')}</TextButton>}
      >
        <OptionList
          label={t('incidents.list.add')}
          options={left.map((value) => ({ value, label: t(`incidents.list.add.${value}`) }))}
          isChosen={() => false}
          onPick={(name) => {
            setOpen(false)
            onAdd(name)
          }}
        />
      </Floating>{' '}
      <span aria-hidden>
        <Kbd keys="f" />
      </span>
    </span>
  )
}
