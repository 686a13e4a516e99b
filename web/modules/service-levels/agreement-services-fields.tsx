import { useQuery } from '@tanstack/react-query'
import { CheckField, RadioField } from '#web/ui/field.tsx'
import type { Field } from '#web/ui/form.tsx'
import { useText } from '#web/ui/text.tsx'
import { servicesQuery } from './agreements-queries.ts'
import classes from './agreements.module.css'

/** Null: all services, also those that come; else these. */
export type ChosenServices = readonly string[] | null

interface ServicesFieldsProps {
  readonly customer: string
  readonly field: Field<ChosenServices>
}

/** For which services of a customer something is promised. */
export function ServicesFields({ customer, field }: ServicesFieldsProps) {
  const t = useText()
  const { data: services = [] } = useQuery(servicesQuery(customer))
  const { value, onChange, error } = field
  return (
    <div className={classes.hours}>
      <RadioField
        field={{
          name: 'services',
          value: value === null ? 'all' : 'some',
          error: undefined,
          onChange: (chosen) => onChange(chosen === 'all' ? null : []),
        }}
        label={t('agreements.services-covered')}
        options={[
          { value: 'all', label: t('agreements.services-all'), hint: t('agreements.services-all-hint') },
          { value: 'some', label: t('agreements.services-some'), hint: t('agreements.services-some-hint') },
        ]}
      />
      {value !== null && (
        <fieldset className={classes.many} aria-label={t('agreements.services')}>
          {services.length === 0 && <p className="pl-quiet">{t('agreements.services-none')}</p>}
          {services.map(({ id, name }) => (
            <CheckField
              key={id}
              field={{
                name: id,
                value: value.includes(id),
                error: undefined,
                onChange: (on) => onChange(on ? [...value, id] : value.filter((other) => other !== id)),
              }}
              label={name}
            />
          ))}
        </fieldset>
      )}
      {error !== undefined && (
        <p className={classes.wrong} role="alert">
          {error}
        </p>
      )}
    </div>
  )
}
