import { type Field as Asked, said } from '#api/catalogue'
import { NumberField, RadioField, SelectField, TextField } from '#web/ui/field.tsx'
import { useLanguage, useText } from '#web/ui/text.tsx'

type Value = string | number | boolean

interface OrderFieldProps {
  readonly asked: Asked
  readonly value: Value | undefined
  readonly error: string | undefined
  readonly onChange: (value: Value) => void
}

/** One thing that is asked, with what it is needed for. */
export function OrderField({ asked, value, error, onChange }: OrderFieldProps) {
  const t = useText()
  const language = useLanguage()
  const { key, kind, label, purpose, required, options } = asked
  const common = { label: said(label, language), hint: said(purpose, language), optional: !required }
  const name = `answers.${key}`
  const text = { name, error, value: value === undefined ? '' : String(value) }
  if (kind === 'yes-no') {
    const chosen = value === undefined ? '' : value === true ? 'yes' : 'no'
    return (
      <RadioField
        {...common}
        field={{ name, error, value: chosen, onChange: (yes) => onChange(yes === 'yes') }}
        options={(['yes', 'no'] as const).map((each) => ({ value: each, label: t(`portal.order.${each}`) }))}
      />
    )
  }
  if (kind === 'number') {
    return (
      <NumberField
        {...common}
        digits={2}
        field={{
          name,
          error,
          value: typeof value === 'number' ? value : null,
          onChange: (number) => onChange(number ?? ''),
        }}
      />
    )
  }
  if (kind === 'choice') {
    const choices = options.map((option) => ({ value: option.value, label: said(option.label, language) }))
    const few = choices.length <= FEW
    return few ? (
      <RadioField {...common} field={{ ...text, onChange }} options={choices} />
    ) : (
      <SelectField
        {...common}
        field={{ ...text, onChange }}
        options={[{ value: '', label: t('portal.report.choose') }, ...choices]}
      />
    )
  }
  return (
    <TextField
      {...common}
      {...(kind === 'date' && { type: 'date' as const })}
      maxLength={4000}
      field={{ ...text, onChange }}
    />
  )
}

/** So many choices are seen at once. */
const FEW = 5
