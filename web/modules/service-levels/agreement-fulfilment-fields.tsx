import { useQuery } from '@tanstack/react-query'
import { Button, TextButton } from '#web/ui/button.tsx'
import { SelectField } from '#web/ui/field.tsx'
import type { Field } from '#web/ui/form.tsx'
import { useText } from '#web/ui/text.tsx'
import { anotherFulfilment, type TypedFulfilment } from './agreement-fulfilment.ts'
import classes from './agreement-fulfilment.module.css'
import { ShareFields, TimeField } from './agreement-target-fields.tsx'
import { orderableQuery, servicesQuery } from './agreements-queries.ts'
import type { SayDue } from './use-due.ts'

interface FulfilmentFieldsProps {
  readonly field: Field<readonly TypedFulfilment[]>
  /** Id. */
  readonly customer: string
  readonly due: SayDue | null
}

/** Within which time what is ordered is delivered. */
export function FulfilmentFields({ field, customer, due }: FulfilmentFieldsProps) {
  const t = useText()
  const { value: typed, onChange, error } = field
  return (
    <div className={classes.orders}>
      <h3>{t('agreements.orders')}</h3>
      <p className="pl-small pl-quiet">
        {t(typed.length === 0 ? 'agreements.orders-what' : 'agreements.orders-which')}
      </p>
      {typed.map((each, index) => (
        <FulfilmentRow
          key={each.key}
          typed={each}
          number={index + 1}
          customer={customer}
          due={due}
          onChange={(changed) => onChange(typed.map((other) => (other === each ? { ...other, ...changed } : other)))}
          onRemove={() => onChange(typed.filter((other) => other !== each))}
        />
      ))}
      {error !== undefined && (
        <p className={classes.wrong} role="alert">
          {error}
        </p>
      )}
      <p>
        <Button onClick={() => onChange([...typed, anotherFulfilment(typed)])}>{t('agreements.orders-add')}</Button>
      </p>
    </div>
  )
}

interface FulfilmentRowProps {
  readonly typed: TypedFulfilment
  readonly number: number
  readonly customer: string
  readonly due: SayDue | null
  readonly onChange: (changed: Partial<TypedFulfilment>) => void
  readonly onRemove: () => void
}

function FulfilmentRow({ typed, number, customer, due, onChange, onRemove }: FulfilmentRowProps) {
  const t = useText()
  const { data: services = [] } = useQuery(servicesQuery(customer))
  const { data: items = [] } = useQuery(orderableQuery(customer))
  const names = { metric: t('agreements.orders-metric'), priority: String(number) }
  return (
    <fieldset className={classes.row} aria-label={t('agreements.orders-number', { number })}>
      <SelectField
        field={{
          name: `${typed.key} what`,
          value: typed.what,
          error: undefined,
          onChange: (what) => onChange({ what }),
        }}
        label={t('agreements.orders-for')}
        options={[
          { value: '', label: t('agreements.orders-all') },
          ...services.map(({ id, name }) => ({
            value: `service ${id}`,
            label: t('agreements.orders-service', { name }),
          })),
          ...items.map(({ id, name }) => ({ value: `item ${id}`, label: name })),
        ]}
      />
      <div>
        <span className={classes.label} aria-hidden>
          {t('agreements.within')}
        </span>
        <TimeField typed={typed} names={names} due={due} refused={undefined} onChange={onChange} />
      </div>
      <div>
        <span className={classes.label} aria-hidden>
          {t('agreements.share')}
        </span>
        <ShareFields typed={typed} names={names} finer={false} onChange={onChange} />
      </div>
      <TextButton onClick={onRemove} aria-label={t('agreements.orders-remove-number', { number })}>
        {t('agreements.others-remove')}
      </TextButton>
    </fieldset>
  )
}
