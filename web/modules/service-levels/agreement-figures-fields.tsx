import { measurementBases, smallSampleRules, type Terms } from '#api/service-levels'
import { FieldRow, RadioField, SelectField, TextField } from '#web/ui/field.tsx'
import type { Field } from '#web/ui/form.tsx'
import { useText } from '#web/ui/text.tsx'
import { useFormat } from '#web/ui/use-format.ts'
import { readAtRisk, readLevels, type TypedLevels } from './agreement-figures.ts'
import classes from './agreements.module.css'
import { Unfold } from './unfold.tsx'
import { useLevelWords } from './use-target-words.ts'

interface FiguresFieldsProps {
  readonly terms: Terms
  readonly onChange: (terms: Terms) => void
  readonly levels: Field<TypedLevels>
  readonly atRisk: Field<string>
}

const roundings = ['exact', '0', '1', '2', '3', '4'] as const

/** How the figures of a period follow from its clocks, and when a clock is told to be at risk. */
export function FiguresFields({ terms, onChange, levels, atRisk }: FiguresFieldsProps) {
  const t = useText()
  const { basis, smallSample, roundTo } = terms
  const share = (name: keyof TypedLevels): Field<string> => ({
    name: `levels ${name}`,
    value: levels.value[name],
    error: name === 'target' ? levels.error : undefined,
    onChange: (value) => levels.onChange({ ...levels.value, [name]: value }),
  })
  return (
    <Unfold
      said={<FiguresSaid terms={terms} levels={levels.value} atRisk={atRisk.value} />}
      more={t('agreements.figures-more')}
      open={levels.error !== undefined || atRisk.error !== undefined}
    >
      <div className={classes.terms}>
        <RadioField
          field={{
            name: 'basis',
            value: basis,
            error: undefined,
            onChange: (value) => onChange({ ...terms, basis: value }),
          }}
          label={t('agreements.basis')}
          options={measurementBases.map((value) => ({
            value,
            label: t(`agreements.basis.${value}`),
            hint: t(`agreements.basis.${value}-hint`),
          }))}
        />
        <RadioField
          field={{
            name: 'smallSample',
            value: smallSample,
            error: undefined,
            onChange: (value) => onChange({ ...terms, smallSample: value }),
          }}
          label={t('agreements.small-sample')}
          options={smallSampleRules.map((value) => ({
            value,
            label: t(`agreements.small-sample.${value}`),
            hint: t(`agreements.small-sample.${value}-hint`),
          }))}
        />
        <fieldset className={classes.checks}>
          <legend>{t('agreements.levels')}</legend>
          <p className="pl-small pl-quiet">{t('agreements.levels-what')}</p>
          <FieldRow>
            <TextField
              field={share('target')}
              label={t('agreements.levels.target')}
              inputMode="decimal"
              maxLength={8}
            />
            <TextField
              field={share('expected')}
              label={t('agreements.levels.expected')}
              inputMode="decimal"
              maxLength={8}
            />
            <TextField
              field={share('minimum')}
              label={t('agreements.levels.minimum')}
              inputMode="decimal"
              maxLength={8}
            />
          </FieldRow>
        </fieldset>
        <div className={classes.checks}>
          <SelectField
            field={{
              name: 'roundTo',
              value: roundTo === null ? 'exact' : (String(roundTo) as (typeof roundings)[number]),
              error: undefined,
              onChange: (value) => onChange({ ...terms, roundTo: value === 'exact' ? null : Number(value) }),
            }}
            label={t('agreements.rounding')}
            hint={t('agreements.rounding-what')}
            options={roundings.map((value) => ({
              value,
              label:
                value === 'exact'
                  ? t('agreements.rounding.exact')
                  : t('agreements.rounding.to', { count: Number(value) }),
            }))}
          />
          <TextField
            field={atRisk}
            label={t('agreements.at-risk')}
            hint={t('agreements.at-risk-what')}
            maxLength={60}
          />
        </div>
      </div>
    </Unfold>
  )
}

interface FiguresSaidProps {
  readonly terms: Terms
  readonly levels: TypedLevels
  readonly atRisk: string
}

function FiguresSaid({ terms: { basis, smallSample, roundTo }, levels, atRisk }: FiguresSaidProps) {
  const t = useText()
  const format = useFormat()
  const levelWords = useLevelWords()
  const read = readLevels(levels)
  const risk = readAtRisk(atRisk)
  return (
    <>
      {t(`agreements.basis.${basis}-sentence`)}{' '}
      {read ? t('agreements.levels-sentence', { levels: levelWords(read) }) : t('agreements.levels-none-sentence')}{' '}
      {t(`agreements.small-sample.${smallSample}-sentence`)}{' '}
      {roundTo === null
        ? t('agreements.rounding-exact-sentence')
        : t('agreements.rounding-sentence', { count: roundTo })}{' '}
      {risk !== null &&
        (risk.length === 0
          ? t('agreements.at-risk-none')
          : t('agreements.at-risk-sentence', { shares: format.list(risk.map((each) => `${each} %`)) }))}
    </>
  )
}
