import { SelectField } from '#web/ui/field.tsx'
import classes from './imports.module.css'

interface MeaningProps {
  /** For whoever does not see the row it stands in. */
  readonly label: string
  readonly value: string
  readonly options: readonly { readonly value: string; readonly label: string }[]
  readonly onChange: (value: string) => void
}

/** A choice inside a row of a table: its label is only heard. */
export function Meaning({ label, value, options, onChange }: MeaningProps) {
  return (
    <div className={classes.meaning}>
      <SelectField field={{ name: label, value, error: undefined, onChange }} label={label} options={options} />
    </div>
  )
}
