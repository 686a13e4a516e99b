import { Button, Buttons } from '#web/ui/button.tsx'
import { CheckField, NumberField } from '#web/ui/field.tsx'
import type { Field } from '#web/ui/form.tsx'
import { useText } from '#web/ui/text.tsx'
import classes from './parts-field.module.css'

/** Parts that stand in for each other: so many of them have to be up. */
export interface PartGroup {
  readonly services: readonly string[]
  readonly needed: number
}

interface PartsFieldProps {
  readonly field: Field<readonly PartGroup[]>
  readonly services: readonly { readonly id: string; readonly name: string }[]
}

/** What a service is made of: every group is needed, and in it so many. Without any it stands alone. */
export function PartsField({ field: { value, onChange, error }, services }: PartsFieldProps) {
  const t = useText()
  const change = (index: number, group: PartGroup) => onChange(value.map((each, at) => (at === index ? group : each)))
  return (
    <fieldset className={classes.parts}>
      <legend>{t('availability.parts')}</legend>
      <p className="pl-quiet pl-small">{t('availability.promise.parts-hint')}</p>
      {value.map((group, index) => (
        // Groups have nothing of their own to be known by, and none is moved.
        // oxlint-disable-next-line react/no-array-index-key
        <fieldset key={index} className={classes.group}>
          <legend>{t('availability.promise.group', { number: index + 1 })}</legend>
          <div className={classes.checks}>
            {services.map(({ id, name }) => (
              <CheckField
                key={id}
                field={{
                  name: `part-${index}-${id}`,
                  value: group.services.includes(id),
                  error: undefined,
                  onChange: (on) => change(index, withService(group, id, on)),
                }}
                label={name}
              />
            ))}
          </div>
          <NumberField
            field={{
              name: `needed-${index}`,
              value: group.needed,
              error: undefined,
              onChange: (needed) => change(index, { ...group, needed: needed ?? 1 }),
            }}
            label={t('availability.promise.needed', { count: group.services.length })}
            min={1}
            max={Math.max(1, group.services.length)}
            width={160}
          />
          <Buttons>
            <Button onClick={() => onChange(value.filter((_, at) => at !== index))}>
              {t('availability.promise.remove-group', { number: index + 1 })}
            </Button>
          </Buttons>
        </fieldset>
      ))}
      <Buttons>
        <Button onClick={() => onChange([...value, { services: [], needed: 1 }])}>
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
