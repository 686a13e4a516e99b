import { clockMetrics, priorities, reportedTimes } from '#api/service-levels'
import { siteTypes } from '#api/sites'
import { TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Button, TextButton } from '#web/ui/button.tsx'
import { SelectField, TextField } from '#web/ui/field.tsx'
import type { Field } from '#web/ui/form.tsx'
import { useText } from '#web/ui/text.tsx'
import { useFormat } from '#web/ui/use-format.ts'
import classes from './agreement-other-fields.module.css'
import { ShareFields, TimeField } from './agreement-target-fields.tsx'
import { anotherTarget, type OtherTarget } from './agreements-draft.ts'
import { servicesQuery } from './agreements-queries.ts'
import { Unfold } from './unfold.tsx'
import type { SayDue } from './use-due.ts'

interface OtherFieldsProps {
  readonly field: Field<readonly OtherTarget[]>
  /** Id. */
  readonly customer: string
  readonly due: SayDue | null
  /** What the server refused, by key. */
  readonly refused: ReadonlyMap<string, string>
}

/** Targets beside the grid: of another metric, or only for some cases. */
export function OtherFields({ field, customer, due, refused }: OtherFieldsProps) {
  const t = useText()
  const { value: others, onChange, error } = field
  // Said where it was typed already.
  const atPlaces = new Set(refused.values())
  return (
    <div className={classes.others}>
      <h3>{t('agreements.others')}</h3>
      <p className="pl-small pl-quiet">{t(others.length > 1 ? 'agreements.others-which' : 'agreements.others-what')}</p>
      {others.map((other, index) => (
        <OtherRow
          key={other.key}
          other={other}
          number={index + 1}
          customer={customer}
          due={due}
          refused={refused.get(other.key)}
          onChange={(changed) => onChange(others.map((each) => (each === other ? { ...each, ...changed } : each)))}
          onRemove={() => onChange(others.filter((each) => each !== other))}
        />
      ))}
      {error !== undefined && !atPlaces.has(error) && (
        <p className={classes.wrong} role="alert">
          {error}
        </p>
      )}
      <p>
        <Button onClick={() => onChange([...others, anotherTarget(others)])}>{t('agreements.others-add')}</Button>
      </p>
    </div>
  )
}

interface OtherRowProps {
  readonly other: OtherTarget
  readonly number: number
  readonly customer: string
  readonly due: SayDue | null
  readonly refused: string | undefined
  readonly onChange: (changed: Partial<OtherTarget>) => void
  readonly onRemove: () => void
}

function OtherRow({ other, number, customer, due, refused, onChange, onRemove }: OtherRowProps) {
  const t = useText()
  const { metric, priority } = other
  const names = { metric: t(`agreements.metric.${metric}`), priority: priority.toUpperCase() }
  const pick = <Name extends keyof OtherTarget>(name: Name): Field<OtherTarget[Name]> => ({
    name: `${other.key} ${name}`,
    value: other[name],
    error: undefined,
    onChange: (value) => onChange({ [name]: value }),
  })
  return (
    <fieldset className={classes.row} aria-label={t('agreements.others-number', { number })}>
      <div className={classes.what}>
        <SelectField
          field={pick('metric')}
          label={t('agreements.others-metric')}
          options={clockMetrics.map((value) => ({ value, label: t(`agreements.metric.${value}`) }))}
        />
        <SelectField
          field={pick('priority')}
          label={t('agreements.priority')}
          options={priorities.map((value) => ({ value, label: value.toUpperCase() }))}
        />
        <div>
          <span className={classes.label} aria-hidden>
            {t('agreements.within')}
          </span>
          <TimeField typed={other} names={names} due={due} refused={refused} onChange={onChange} />
        </div>
        <div>
          <span className={classes.label} aria-hidden>
            {t('agreements.share')}
          </span>
          <ShareFields typed={other} names={names} finer={false} onChange={onChange} />
        </div>
        <TextButton onClick={onRemove} aria-label={t('agreements.others-remove-number', { number })}>
          {t('agreements.others-remove')}
        </TextButton>
      </div>
      <p className="pl-small pl-quiet">{t(`agreements.metric.${metric}-meaning`)}</p>
      <Conditions other={other} names={names} customer={customer} pick={pick} />
    </fieldset>
  )
}

interface ConditionsProps {
  readonly other: OtherTarget
  readonly names: { readonly metric: string; readonly priority: string }
  readonly customer: string
  readonly pick: <Name extends keyof OtherTarget>(name: Name) => Field<OtherTarget[Name]>
}

/** For which cases, and the finer shares. */
function Conditions({ other, names, customer, pick }: ConditionsProps) {
  const t = useText()
  const format = useFormat()
  const { data: services = [] } = useQuery(servicesQuery(customer))
  const { service, category, siteType, reported, expected, minimum } = other
  const said = [
    service && t('agreements.when.service', { name: services.find(({ id }) => id === service)?.name ?? '…' }),
    category && t('agreements.when.category', { name: category }),
    siteType && t('agreements.when.site-type', { name: t(`agreements.site-type.${siteType}`) }),
    reported && t(`agreements.when.${reported}`),
  ].filter((each) => each !== '')
  const any = { value: '' as const, label: t('agreements.when.any') }
  return (
    <Unfold
      said={said.length === 0 ? t('agreements.when.all') : t('agreements.when.only', { conditions: format.list(said) })}
      more={t('agreements.when.more')}
      open={expected !== '' || minimum !== ''}
    >
      <div className={classes.conditions}>
        <SelectField
          field={pick('service')}
          label={t('agreements.when.service-name')}
          options={[any, ...services.map(({ id, name }) => ({ value: id, label: name }))]}
        />
        <TextField field={pick('category')} label={t('agreements.when.category-name')} maxLength={200} />
        <SelectField
          field={pick('siteType')}
          label={t('agreements.when.site-type-name')}
          options={[any, ...siteTypes.map((value) => ({ value, label: t(`agreements.site-type.${value}`) }))]}
        />
        <SelectField
          field={pick('reported')}
          label={t('agreements.when.reported-name')}
          options={[any, ...reportedTimes.map((value) => ({ value, label: t(`agreements.when.${value}`) }))]}
        />
        {(['expected', 'minimum'] as const).map((each) => (
          <TextInput
            key={each}
            label={t(`agreements.${each}-name`)}
            aria-label={t(`agreements.${each}-of`, names)}
            value={other[each]}
            rightSection={<span className="pl-faint">%</span>}
            inputMode="decimal"
            maxLength={8}
            onChange={({ currentTarget }) => pick(each).onChange(currentTarget.value)}
          />
        ))}
      </div>
    </Unfold>
  )
}
