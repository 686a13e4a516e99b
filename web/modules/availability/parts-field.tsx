import { Button, Buttons } from '#web/ui/button.tsx'
import { CheckField, NumberField } from '#web/ui/field.tsx'
import type { Field } from '#web/ui/form.tsx'
import { type Row, withChange, withoutRow, withRow } from '#web/ui/rows.ts'
import { useText } from '#web/ui/text.tsx'
import classes from './parts-field.module.css'

/** Parts that stand in for each other: so many of them have to be up. */
export interface PartGroup {
  readonly services: readonly string[]
  readonly needed: number
}

interface PartsFieldProps {
  readonly field: Field<readonly Row<PartGroup>[]>
  readonly services: readonly { readonly id: string; readonly name: string }[]
}

/** What a service is made of: every group is needed, and in it so many. Without any it stands alone. */
export function PartsField({ field: { value, onChange, error }, services }: PartsFieldProps) {
  const t = useText()
  const change = (row: number, changed: Partial<PartGroup>) => onChange(withChange(value, row, changed))
  return (
    <fieldset className={classes.parts}>
      <legend>{t('availability.parts')}</legend>
      <p className="pl-quiet pl-small">{t('availability.promise.parts-hint')}</p>
      {value.map(({ row, ...group }, index) => (
        <fieldset key={row} className={classes.group}>
          <legend>{t('availability.promise.group', { number: index + 1 })}</legend>
          <div className={classes.checks}>
            {services.map(({ id, name }) => (
              <CheckField
                key={id}
                field={{
                  name: `part-${row}-${id}`,
                  value: group.services.includes(id),
                  error: undefined,
                  onChange: (on) => change(row, withService(group, id, on)),
                }}
                label={name}
              />
            ))}
          </div>
          <NumberField
            field={{
              name: `needed-${row}`,
              value: group.needed,
              error: undefined,
              onChange: (needed) => change(row, { needed: needed ?? 1 }),
            }}
            label={t('availability.promise.needed', { count: group.services.length })}
            min={1}
            max={Math.max(1, group.services.length)}
            width={160}
          />
          <Buttons>
            <Button onClick={() => onChange(withoutRow(value, row))}>
              {t('availability.promise.remove-group', { number: index + 1 })}
            </Button>
          </Buttons>
        </fieldset>
      ))}
      <Buttons>
        <Button onClick={() => onChange(withRow(value, { services: [], needed: 1 }))}>
          {t('availability.promise.add-group')}
        </Button>
      </Buttons>
      {error !== undefined && (
        <p className={classes.wrong} role="alert">
          {error}
        </p>
      )}
    </fieldset>
  )
}

/** Taking one away never leaves more needed than there are. */
function withService({ services, needed }: PartGroup, id: string, on: boolean): PartGroup {
  const next = on ? [...services, id] : services.filter((other) => other !== id)
  return { services: next, needed: Math.max(1, Math.min(needed, next.length)) }
}
