import { useState } from 'react'
import { type Field as ImportField, fields, type ImportMapping, type ImportPreview } from '#api/imports'
import { TextButton } from '#web/ui/button.tsx'
import { type Column, Table } from '#web/ui/table.tsx'
import { useText } from '#web/ui/text.tsx'
import classes from './imports.module.css'
import { Meaning } from './import-meaning.tsx'

type FileColumn = ImportPreview['columns'][number]

interface ImportColumnsProps {
  readonly columns: readonly FileColumn[]
  readonly mapping: ImportMapping
  readonly onChange: (columns: ImportMapping['columns']) => void
}

/** The columns of the file, some of what stands in them, and what each means. */
export function ImportColumns({ columns, mapping, onChange }: ImportColumnsProps) {
  const t = useText()
  const [all, setAll] = useState(false)
  const fieldOf = new Map(Object.entries(mapping.columns).map(([field, column]) => [column, field as ImportField]))
  // Of a log the state follows from the activity, which stands in the same column.
  if (mapping.columns.activity !== undefined) fieldOf.set(mapping.columns.activity, 'activity')
  const used = columns.filter(({ name }) => fieldOf.has(name))
  const unused = columns.filter(({ name }) => !fieldOf.has(name))
  function choose(column: string, field: ImportField | '') {
    const others = Object.entries(mapping.columns).filter(([of, from]) => of !== field && from !== column)
    onChange({ ...Object.fromEntries(others), ...(field !== '' && { [field]: column }) })
  }
  const shape: readonly Column<FileColumn>[] = [
    { key: 'name', head: t('imports.column'), narrow: 'lead', cell: ({ name }) => name },
    {
      key: 'samples',
      head: t('imports.samples'),
      narrow: 'under',
      cell: ({ samples }) => <span className="pl-quiet">{samples.join(' · ') || t('imports.always-empty')}</span>,
    },
    {
      key: 'meaning',
      head: t('imports.meaning'),
      narrow: 'under',
      cell: ({ name }) => (
        <Meaning
          label={t('imports.meaning-of', { column: name })}
          value={fieldOf.get(name) ?? ''}
          options={[
            { value: '', label: t('imports.field.none') },
            ...fields.map((value) => ({ value, label: t(`imports.field.${value}`) })),
          ]}
          onChange={(field) => choose(name, field as ImportField | '')}
        />
      ),
    },
  ]
  return (
    <>
      <div className={classes.columns}>
        <Table
          label={t('imports.step.columns')}
          columns={shape}
          rows={all ? [...used, ...unused] : used}
          rowKey={({ name }) => name}
        />
      </div>
      {unused.length > 0 && (
        <p className="pl-small" style={{ marginTop: 6 }}>
          <span className="pl-quiet">{t('imports.unused', { count: unused.length })}</span>{' '}
          <TextButton aria-expanded={all} onClick={() => setAll(!all)}>
            {t(all ? 'imports.unused-hide' : 'imports.unused-show')}
          </TextButton>
        </p>
      )}
    </>
  )
}
