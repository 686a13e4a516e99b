import { type ImportMapping, type ImportPreview, stateMeanings, type StateMeaning } from '#api/imports'
import { levels, priorities } from '#api/service-levels'
import { type Column, Table } from '#web/ui/table.tsx'
import { useText } from '#web/ui/text.tsx'
import { useFormat } from '#web/ui/use-format.ts'
import { Meaning } from './import-meaning.tsx'

type UnknownWord = ImportPreview['unknownWords'][number]

interface ImportWordsProps {
  readonly words: readonly UnknownWord[]
  readonly mapping: ImportMapping
  readonly onChange: (changed: Partial<ImportMapping>) => void
}

/** Words of the file that nobody knows: what they mean has to be said. */
export function ImportWords({ words, mapping, onChange }: ImportWordsProps) {
  const t = useText()
  const format = useFormat()
  function choose({ field, word }: UnknownWord, meaning: string) {
    if (meaning === '') return
    if (field === 'state') onChange({ states: { ...mapping.states, [word]: meaning as StateMeaning } })
    else if (field === 'priority')
      onChange({ priorities: { ...mapping.priorities, [word]: meaning as (typeof priorities)[number] } })
    else onChange({ levels: { ...mapping.levels, [word]: meaning as (typeof levels)[number] } })
  }
  const options = (field: UnknownWord['field']) => {
    const known =
      field === 'state'
        ? stateMeanings.map((value) => ({ value, label: t(`imports.state-word.${value}`) }))
        : field === 'priority'
          ? priorities.map((value) => ({ value, label: value.toUpperCase() }))
          : levels.map((value) => ({ value, label: t(`imports.level.${value}`) }))
    return [{ value: '', label: t('imports.word-unsaid') }, ...known]
  }
  const columns: readonly Column<UnknownWord>[] = [
    { key: 'word', head: t('imports.word'), narrow: 'lead', cell: ({ word }) => t('imports.word-quoted', { word }) },
    { key: 'field', head: t('imports.word-in'), narrow: 'under', cell: ({ field }) => t(`imports.field.${field}`) },
    {
      key: 'rows',
      head: t('imports.word-rows'),
      numeric: true,
      narrow: 'trail',
      cell: ({ rows }) => format.number(rows),
    },
    {
      key: 'meaning',
      head: t('imports.meaning'),
      narrow: 'under',
      cell: (each) => (
        <Meaning
          label={t('imports.meaning-of', { column: each.word })}
          value=""
          options={options(each.field)}
          onChange={(meaning) => choose(each, meaning)}
        />
      ),
    },
  ]
  return (
    <Table
      label={t('imports.step.words')}
      columns={columns}
      rows={words}
      rowKey={({ field, word }) => `${field} ${word}`}
    />
  )
}

interface Rejected {
  readonly code: string
  readonly value: string | null
}

const fieldOfCode: Readonly<Record<string, UnknownWord['field']>> = {
  'row.state': 'state',
  'value.priority': 'priority',
  'value.impact': 'impact',
  'value.urgency': 'urgency',
}

/** Unknown words of the first rows, and those that only came up when the whole file was read, as long as nobody has said what they mean. */
export function withRejected(
  words: readonly UnknownWord[],
  rejected: readonly Rejected[],
  mapping: ImportMapping,
): readonly UnknownWord[] {
  const said = { state: mapping.states, priority: mapping.priorities, impact: mapping.levels, urgency: mapping.levels }
  const found = new Map(words.map((word) => [`${word.field} ${word.word}`, word]))
  const counts = new Map<string, number>()
  for (const { code, value } of rejected) {
    const field = fieldOfCode[code]
    if (field === undefined || value === null || value in said[field]) continue
    const key = `${field} ${value}`
    counts.set(key, (counts.get(key) ?? 0) + 1)
    // The first rows are among all rows.
    found.set(key, { field, word: value, rows: Math.max(found.get(key)?.rows ?? 0, counts.get(key)!) })
  }
  return [...found.values()]
}
