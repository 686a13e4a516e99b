import { type ReactNode, useId } from 'react'
import type { Field } from '#web/ui/form.tsx'
import classes from './big-choice.module.css'

interface BigChoiceProps<Value extends string> {
  readonly field: Field<Value>
  readonly label: string
  readonly options: readonly { readonly value: Value; readonly label: string; readonly hint?: ReactNode }[]
}

/** One of a few, each as large as a thumb. */
export function BigChoice<Value extends string>({ field, label, options }: BigChoiceProps<Value>) {
  const id = useId()
  return (
    <fieldset>
      <legend className={classes.legend}>{label}</legend>
      <div className={classes.options}>
        {options.map(({ value, label: words, hint }) => (
          <label key={value} className={classes.option}>
            <input
              type="radio"
              name={id}
              value={value}
              checked={field.value === value}
              onChange={() => field.onChange(value)}
            />
            <span className={classes.words}>
              <b>{words}</b>
              {hint && <span className="pl-quiet pl-small">{hint}</span>}
            </span>
          </label>
        ))}
      </div>
    </fieldset>
  )
}
