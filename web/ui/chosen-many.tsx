import { TextButton } from '#web/ui/button.tsx'
import { SearchField } from '#web/ui/search-field.tsx'
import { useText } from '#web/ui/text.tsx'
import classes from './chosen-many.module.css'

interface ChosenManyProps {
  readonly label: string
  readonly options: readonly { readonly value: string; readonly label: string }[]
  readonly value: readonly string[]
  readonly onChange: (value: readonly string[]) => void
  readonly error?: string | undefined
}

/** Several of many: each is found by its name, and stands below with a way to take it out. */
export function ChosenMany({ label, options, value, onChange, error }: ChosenManyProps) {
  const t = useText()
  const add = (chosen: string) => {
    if (chosen !== '') onChange([...value, chosen])
  }
  return (
    <div>
      <SearchField
        field={{ name: label, value: '', onChange: add, error }}
        label={label}
        options={options.filter((option) => !value.includes(option.value))}
      />
      <ul className={classes.chosen}>
        {options
          .filter((option) => value.includes(option.value))
          .map((option) => (
            <li key={option.value}>
              {option.label}{' '}
              <TextButton
                aria-label={t('ui.take-out-of', { name: option.label })}
                onClick={() => onChange(value.filter((each) => each !== option.value))}
              >
                {t('ui.take-out')}
              </TextButton>
            </li>
          ))}
      </ul>
    </div>
  )
}
