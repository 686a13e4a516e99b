import { useQuery } from '@tanstack/react-query'
import { Button, TextButton } from '#web/ui/button.tsx'
import { NumberField, RadioField, TextField } from '#web/ui/field.tsx'
import type { Field } from '#web/ui/form.tsx'
import { type Row, withChange, withoutRow, withRow } from '#web/ui/rows.ts'
import { SearchField } from '#web/ui/search-field.tsx'
import { useText } from '#web/ui/text.tsx'
import type { AgreementKind, Behind } from './agreement-kind.ts'
import { agreementChoicesQuery, teamsQuery } from './agreements-queries.ts'
import classes from './agreement-kind.module.css'

interface KindFieldsProps {
  readonly field: Field<AgreementKind>
  /** Id; empty while none is chosen. */
  readonly customer: string
}

/** With whom it is agreed: the customer, or somebody whose work stands behind what the customer was promised. */
export function KindFields({ field, customer }: KindFieldsProps) {
  const t = useText()
  const { value: kind, onChange, error } = field
  const { type, team, supplier, behind } = kind
  const { data: teams = [] } = useQuery({ ...teamsQuery(), enabled: type !== 'sla' })
  const options = teams.map(({ id, name }) => ({ value: id, label: name }))
  return (
    <div className={classes.kind}>
      <RadioField
        field={{ name: 'type', value: type, error: undefined, onChange: (value) => onChange({ ...kind, type: value }) }}
        label={t('agreements.type')}
        options={(['sla', 'ola', 'uc'] as const).map((value) => ({
          value,
          label: t(`agreements.type.${value}`),
          hint: t(`agreements.type.${value}-hint`),
        }))}
      />
      {type !== 'sla' && (
        <div className={classes.party}>
          {type === 'uc' && (
            <TextField
              field={{
                name: 'supplier',
                value: supplier,
                error,
                onChange: (value) => onChange({ ...kind, supplier: value }),
              }}
              label={t('agreements.supplier')}
              maxLength={200}
            />
          )}
          <SearchField
            field={{
              name: 'team',
              value: team,
              error: type === 'ola' ? error : undefined,
              onChange: (value) => onChange({ ...kind, team: value }),
            }}
            label={t(type === 'ola' ? 'agreements.team' : 'agreements.team-of-supplier')}
            hint={type === 'ola' ? undefined : t('agreements.team-of-supplier-hint')}
            options={options}
          />
        </div>
      )}
      {type !== 'sla' && customer !== '' && (
        <BehindFields
          field={{
            name: 'behind',
            value: behind,
            error: undefined,
            onChange: (value) => onChange({ ...kind, behind: value }),
          }}
          customer={customer}
        />
      )}
    </div>
  )
}

interface BehindFieldsProps {
  readonly field: Field<readonly Row<Behind>[]>
  readonly customer: string
  /** Its own id: it does not stand behind itself. */
  readonly own?: string
}

/** Which agreements rely on it, each with the step that it is there. */
export function BehindFields({ field, customer, own }: BehindFieldsProps) {
  const t = useText()
  const { value: behind, onChange, error } = field
  const { data: agreements = [] } = useQuery(agreementChoicesQuery(customer))
  const options = agreements.filter(({ id }) => id !== own).map(({ id, name }) => ({ value: id, label: name }))
  const change = (row: number, changed: Partial<Behind>) => onChange(withChange(behind, row, changed))
  return (
    <fieldset className={classes.behind}>
      <legend>{t('agreements.behind')}</legend>
      <p className="pl-small pl-quiet">{t('agreements.behind-what')}</p>
      {behind.map(({ row, agreement, step }, index) => (
        <div key={row} className={classes.line}>
          <SearchField
            field={{
              name: `behind ${row}`,
              value: agreement,
              error: index === 0 ? error : undefined,
              onChange: (value) => change(row, { agreement: value }),
            }}
            label={t('agreements.behind-agreement')}
            options={options}
          />
          <NumberField
            field={{
              name: `step ${row}`,
              value: step,
              error: undefined,
              onChange: (value) => change(row, { step: Math.min(100, Math.max(1, value ?? 1)) }),
            }}
            label={t('agreements.behind-step')}
            width={84}
            min={1}
            max={100}
          />
          <TextButton onClick={() => onChange(withoutRow(behind, row))}>{t('agreements.others-remove')}</TextButton>
        </div>
      ))}
      <p>
        <Button onClick={() => onChange(withRow(behind, { agreement: '', step: 1 }))}>
          {t('agreements.behind-add')}
        </Button>
      </p>
    </fieldset>
  )
}
