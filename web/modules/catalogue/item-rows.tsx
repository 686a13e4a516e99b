import type { ReactNode } from 'react'
import { approvers, fieldKinds, taskKinds } from '#api/catalogue'
import { TextButton } from '#web/ui/button.tsx'
import { CheckField, FieldRow, NumberField, SelectField, TextAreaField, TextField } from '#web/ui/field.tsx'
import type { Field } from '#web/ui/form.tsx'
import { PersonField } from '#web/ui/person-field.tsx'
import { type Row, withChange, withoutRow, withRow } from '#web/ui/rows.ts'
import { useText } from '#web/ui/text.tsx'
import { textChoice } from '#web/ui/text-choice.ts'
import { FieldUse } from './field-use.tsx'
import { type FieldValues, keyOf, newField, newStep, newTask, type StepValues, type TaskValues } from './item-values.ts'
import classes from './catalogue.module.css'

interface RowsProps<Value> {
  readonly rows: readonly Row<Value>[]
  readonly onChange: (rows: readonly Row<Value>[]) => void
}

interface Named {
  readonly id: string
  readonly name: string
}

type CellOf<Value> = <Name extends keyof Value & string>(name: Name) => Field<Value[Name]>

interface ShownRowsProps<Value> extends RowsProps<Value> {
  readonly blank: Value
  readonly part: string
  readonly legend: string
  readonly hint: string
  readonly add: string
  readonly remove: (number: number) => string
  readonly children: (cell: CellOf<Value>, value: Row<Value>, index: number) => ReactNode
}

/** Lines of a form under one legend, each of which can be taken away. */
function Rows<Value extends object>(props: ShownRowsProps<Value>) {
  const t = useText()
  const { rows, onChange, blank, part, legend, hint, add, remove, children } = props
  return (
    <fieldset className={classes.rows}>
      <legend>{legend}</legend>
      <p className="pl-quiet pl-small">{hint}</p>
      {rows.map((value, index) => {
        const cell: CellOf<Value> = (name) => ({
          name: `${part}.${value.row}.${name}`,
          value: value[name],
          error: undefined,
          onChange: (changed) =>
            onChange(withChange(rows, value.row, { [name]: changed } as unknown as Partial<Value>)),
        })
        return (
          <div key={value.row} className={classes.row} role="group" aria-label={`${legend} ${index + 1}`}>
            {children(cell, value, index)}
            <p>
              <TextButton aria-label={remove(index + 1)} onClick={() => onChange(withoutRow(rows, value.row))}>
                {t('catalogue.remove')}
              </TextButton>
            </p>
          </div>
        )
      })}
      <p>
        <TextButton onClick={() => onChange(withRow(rows, blank))}>{add}</TextButton>
      </p>
    </fieldset>
  )
}

/** What is asked of whoever orders; each says what it is needed for. */
export function FieldRows({
  rows,
  onChange,
  itemId,
}: RowsProps<FieldValues> & {
  /** Of the item that is changed; none for a new one. */
  readonly itemId: string | undefined
}) {
  const t = useText()
  return (
    <Rows
      rows={rows}
      onChange={onChange}
      blank={newField}
      part="fields"
      legend={t('catalogue.fields')}
      hint={t('catalogue.fields-hint', { known: itemId === undefined ? 'no' : 'yes' })}
      add={t('catalogue.field-add')}
      remove={(number) => t('catalogue.field-remove', { number })}
    >
      {(cell, value, index) => (
        <>
          <FieldRow>
            <TextField field={cell('de')} label={t('catalogue.label-de')} maxLength={200} />
            <TextField field={cell('en')} label={t('catalogue.label-en')} maxLength={200} />
            <SelectField
              field={cell('kind')}
              label={t('catalogue.kind')}
              options={fieldKinds.map((kind) => ({
                value: kind,
                label: t('catalogue.kind-of', { kind: textChoice(kind) }),
              }))}
            />
          </FieldRow>
          <FieldRow>
            <TextField field={cell('purposeDe')} label={t('catalogue.purpose-de')} maxLength={400} />
            <TextField field={cell('purposeEn')} label={t('catalogue.purpose-en')} maxLength={400} />
            <TextField
              field={cell('key')}
              label={t('catalogue.key')}
              placeholder={value.de + value.en === '' ? '' : keyOf(value)}
              maxLength={40}
              optional
            />
          </FieldRow>
          {value.kind === 'choice' && (
            <TextAreaField
              field={cell('options')}
              label={t('catalogue.options')}
              hint={t('catalogue.options-hint')}
              rows={3}
            />
          )}
          {index > 0 && (
            <FieldRow>
              <SelectField
                field={cell('when')}
                label={t('catalogue.when')}
                options={[
                  { value: '', label: t('catalogue.always') },
                  ...rows
                    .slice(0, index)
                    .map((each) => ({ value: keyOf(each), label: each.de || each.en || keyOf(each) })),
                ]}
              />
              {value.when !== '' && (
                <TextField field={cell('is')} label={t('catalogue.is')} hint={t('catalogue.is-hint')} maxLength={400} />
              )}
            </FieldRow>
          )}
          <CheckField field={cell('required')} label={t('catalogue.required')} />
          {itemId !== undefined && <FieldUse itemId={itemId} field={value.key} />}
        </>
      )}
    </Rows>
  )
}

/** Who is asked, one after the other. */
export function StepRows({ rows, onChange, people }: RowsProps<StepValues> & { readonly people: readonly Named[] }) {
  const t = useText()
  return (
    <Rows
      rows={rows}
      onChange={onChange}
      blank={newStep}
      part="approval"
      legend={t('catalogue.approval')}
      hint={t('catalogue.approval-hint')}
      add={t('catalogue.step-add')}
      remove={(number) => t('catalogue.step-remove', { number })}
    >
      {(cell, { by }) => (
        <FieldRow>
          <SelectField
            field={cell('by')}
            label={t('catalogue.by')}
            options={approvers.map((value) => ({ value, label: t('catalogue.by-of', { by: textChoice(value) }) }))}
          />
          {by === 'person' && <PersonField field={cell('person')} label={t('catalogue.person')} people={people} />}
          <NumberField field={cell('from')} label={t('catalogue.from')} digits={2} min={0} optional />
        </FieldRow>
      )}
    </Rows>
  )
}

/** What has to be done; tasks of one stage go on side by side. */
export function TaskRows({ rows, onChange, teams }: RowsProps<TaskValues> & { readonly teams: readonly Named[] }) {
  const t = useText()
  return (
    <Rows
      rows={rows}
      onChange={onChange}
      blank={newTask}
      part="plan"
      legend={t('catalogue.plan')}
      hint={t('catalogue.plan-hint')}
      add={t('catalogue.task-add')}
      remove={(number) => t('catalogue.task-remove', { number })}
    >
      {(cell, { kind }) => (
        <>
          <FieldRow>
            <TextField field={cell('de')} label={t('catalogue.task-de')} maxLength={200} />
            <TextField field={cell('en')} label={t('catalogue.task-en')} maxLength={200} />
            <SelectField
              field={cell('kind')}
              label={t('catalogue.done-by')}
              options={taskKinds.map((value) => ({ value, label: t('catalogue.done-by-of', { kind: value }) }))}
            />
          </FieldRow>
          <FieldRow>
            {kind === 'people' ? (
              <SelectField
                field={cell('team')}
                label={t('catalogue.team')}
                options={[
                  { value: '', label: t('catalogue.choose') },
                  ...teams.map(({ id, name }) => ({ value: id, label: name })),
                ]}
              />
            ) : (
              <TextField field={cell('url')} type="url" label={t('catalogue.url')} maxLength={2000} />
            )}
            <NumberField field={cell('stage')} label={t('catalogue.stage')} min={1} max={20} />
            <NumberField field={cell('hours')} label={t('catalogue.hours')} digits={2} min={0} />
          </FieldRow>
          <TextField
            field={cell('uses')}
            label={t('catalogue.uses')}
            hint={t('catalogue.uses-hint')}
            maxLength={1000}
            optional
          />
        </>
      )}
    </Rows>
  )
}
