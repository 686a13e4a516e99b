import { Checkbox, Input, NumberInput, PasswordInput, Radio, Textarea, TextInput } from '@mantine/core'
import { type HTMLInputAutoCompleteAttribute, type ReactNode, useState } from 'react'
import type { Field } from '#web/ui/form.tsx'
import { useLanguage, useText } from '#web/ui/text.tsx'
import classes from './field.module.css'

interface Common {
  readonly label: string
  /** Under the label, before anything is typed: what is expected, not what went wrong. */
  readonly hint?: ReactNode
  readonly optional?: boolean
}

interface TextFieldProps extends Common {
  readonly field: Field<string>
  readonly type?: 'text' | 'email' | 'url' | 'search' | 'date' | 'time' | 'datetime-local'
  readonly autoComplete?: HTMLInputAutoCompleteAttribute
  readonly autoFocus?: boolean
  readonly inputMode?: 'numeric' | 'decimal' | 'email' | 'tel'
  readonly placeholder?: string
  /** In characters. What is longer stays as it was pasted, and the field says so: nobody loses the end of a text unseen. */
  readonly maxLength?: number
  readonly readOnly?: boolean
}

export function TextField({ field, label, hint, optional, autoFocus, maxLength, ...rest }: TextFieldProps) {
  return (
    <TextInput
      {...rest}
      {...common(useFitting(field, maxLength), useLabel(label, optional), hint)}
      {...(autoFocus && { 'data-autofocus': true, autoFocus: true })}
      value={field.value}
      onChange={({ currentTarget }) => field.onChange(currentTarget.value)}
    />
  )
}

interface PasswordFieldProps extends Common {
  readonly field: Field<string>
  /** Tells the browser's keeper of passwords which one is meant. */
  readonly autoComplete: 'current-password' | 'new-password'
  readonly autoFocus?: boolean
}

export function PasswordField({ field, label, hint, autoComplete, autoFocus }: PasswordFieldProps) {
  const t = useText()
  return (
    <PasswordInput
      {...common(field, label, hint)}
      {...(autoFocus && { 'data-autofocus': true, autoFocus: true })}
      autoComplete={autoComplete}
      value={field.value}
      // The library says it of the box around.
      aria-invalid={field.error !== undefined}
      visibilityToggleFocusable
      visibilityToggleButtonProps={{ 'aria-label': t('ui.field.show-password') }}
      onChange={({ currentTarget }) => field.onChange(currentTarget.value)}
    />
  )
}

export function TextAreaField({
  field,
  label,
  hint,
  optional,
  rows = 4,
  maxLength,
}: Common & { readonly field: Field<string>; readonly rows?: number; readonly maxLength?: number }) {
  return (
    <Textarea
      {...common(useFitting(field, maxLength), useLabel(label, optional), hint)}
      rows={rows}
      value={field.value}
      onChange={({ currentTarget }) => field.onChange(currentTarget.value)}
    />
  )
}

interface NumberFieldProps extends Common {
  /** Null while nothing is typed. */
  readonly field: Field<number | null>
  readonly min?: number
  readonly max?: number
  readonly step?: number
  readonly digits?: number
  readonly width?: number
}

/**
 * A number as the language writes it: what is pasted as 1.234,50 is that in German, and in English 1,234.50 is. What can have
 * decimals is grouped, so that whoever typed the other sign sees it.
 */
export function NumberField({ field, label, hint, optional, digits = 0, width, ...limits }: NumberFieldProps) {
  const [decimal, thousands] = useLanguage() === 'de' ? [',', '.'] : ['.', ',']
  // While somebody types, `12.0` is on its way to 12.05: as long as it says the same number, it stays as it was typed.
  const [typed, setTyped] = useState<string | number>(field.value ?? '')
  const shown = numberOf(typed) === field.value ? typed : (field.value ?? '')
  return (
    <NumberInput
      {...limits}
      {...common(field, useLabel(label, optional), hint)}
      {...(width !== undefined && { w: width })}
      hideControls
      clampBehavior="none"
      decimalScale={digits}
      decimalSeparator={decimal}
      allowedDecimalSeparators={[decimal]}
      {...(digits > 0 && { thousandSeparator: thousands })}
      // What is handed over has a point, whatever the language writes.
      valueIsNumericString
      value={shown}
      onChange={(value) => {
        const now = typeof value === 'bigint' ? String(value) : value
        setTyped(now)
        field.onChange(numberOf(now))
      }}
    />
  )
}

function numberOf(typed: string | number): number | null {
  if (typeof typed === 'number') return typed
  return /\d/.test(typed) && Number.isFinite(Number(typed)) ? Number(typed) : null
}

interface Option<Value extends string> {
  readonly value: Value
  readonly label: string
  readonly hint?: ReactNode
}

interface ChoiceProps<Value extends string> extends Common {
  readonly field: Field<Value>
  readonly options: readonly Option<Value>[]
}

/** One of a few, in the browser's own list, which is at home on every phone. For many see `SearchField`. */
export function SelectField<Value extends string>({ field, label, hint, optional, options }: ChoiceProps<Value>) {
  const { error, name } = field
  return (
    <Input.Wrapper {...common(field, useLabel(label, optional), hint)}>
      <Input
        component="select"
        name={name}
        error={error}
        pointer
        value={field.value}
        rightSection={<span className={classes.arrow} aria-hidden />}
        rightSectionPointerEvents="none"
        onChange={({ currentTarget }) => field.onChange(currentTarget.value as Value)}
      >
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.label}
          </option>
        ))}
      </Input>
    </Input.Wrapper>
  )
}

/** One of a few, all of them in sight. */
export function RadioField<Value extends string>({ field, label, hint, optional, options }: ChoiceProps<Value>) {
  return (
    <Radio.Group {...common(field, useLabel(label, optional), hint)} value={field.value} onChange={field.onChange}>
      <div className={classes.choices}>
        {options.map(({ value, label: name, hint: description }) => (
          <Radio key={value} value={value} label={name} description={description} />
        ))}
      </div>
    </Radio.Group>
  )
}

export function CheckField({ field, label, hint }: Common & { readonly field: Field<boolean> }) {
  return (
    <Checkbox
      label={label}
      description={hint}
      error={field.error}
      name={field.name}
      checked={field.value}
      onChange={({ currentTarget }) => field.onChange(currentTarget.checked)}
    />
  )
}

/** Fields beside each other while there is room. */
export function FieldRow({ children }: { readonly children: ReactNode }) {
  return <div className={classes.row}>{children}</div>
}

function common(field: Pick<Field<unknown>, 'name' | 'error'>, label: ReactNode, hint: ReactNode) {
  return { name: field.name, label, description: hint, error: field.error }
}

/** The field, with a sentence where there is more in it than fits. */
function useFitting(field: Field<string>, most: number | undefined): Pick<Field<string>, 'name' | 'error'> {
  const t = useText()
  const count = field.value.length
  if (most === undefined || count <= most) return field
  return { name: field.name, error: field.error ?? t('ui.field.too-long', { most, count }) }
}

function useLabel(label: string, optional: boolean | undefined): ReactNode {
  const t = useText()
  if (!optional) return label
  return (
    <>
      {label} <span className={classes.optional}>{t('ui.field.optional')}</span>
    </>
  )
}
