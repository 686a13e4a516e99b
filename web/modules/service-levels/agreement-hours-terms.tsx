import { type Terms, calendarSources } from '#api/service-levels'
import { RadioField } from '#web/ui/field.tsx'
import { useText } from '#web/ui/text.tsx'
import classes from './agreements.module.css'
import { Unfold } from './unfold.tsx'

interface HoursTermsProps {
  readonly terms: Terms
  readonly onChange: (terms: Terms) => void
}

/** Whose hours count, what becomes of a clock when they change, and when what ends at closing time is due. */
export function HoursTerms({ terms, onChange }: HoursTermsProps) {
  const t = useText()
  const { calendarSource, onCalendarChange, boundary } = terms
  const field = <Name extends keyof Terms>(name: Name) => ({
    name,
    value: terms[name],
    error: undefined,
    onChange: (value: Terms[Name]) => onChange({ ...terms, [name]: value }),
  })
  return (
    <Unfold
      said={
        <>
          {t(`agreements.calendar-source.${calendarSource}-sentence`)}{' '}
          {t(`agreements.hours-change.${onCalendarChange}-sentence`)} {t(`agreements.boundary.${boundary}`)}
        </>
      }
      more={t('agreements.hours-more')}
    >
      <div className={classes.terms}>
        <RadioField
          field={field('calendarSource')}
          label={t('agreements.calendar-source-whose')}
          options={calendarSources.map((value) => ({
            value,
            label: t(`agreements.calendar-source.${value}`),
            hint: t(`agreements.calendar-source.${value}-hint`),
          }))}
        />
        <RadioField
          field={field('onCalendarChange')}
          label={t('agreements.hours-change')}
          options={(['segment', 'at-start'] as const).map((value) => ({
            value,
            label: t(`agreements.hours-change.${value}`),
            hint: t(`agreements.hours-change.${value}-hint`),
          }))}
        />
        <RadioField
          field={field('boundary')}
          label={t('agreements.boundary')}
          options={(['closing', 'next-opening'] as const).map((value) => ({
            value,
            label: t(`agreements.boundary.${value}-short`),
            hint: t(`agreements.boundary.${value}-hint`),
          }))}
        />
      </div>
    </Unfold>
  )
}
