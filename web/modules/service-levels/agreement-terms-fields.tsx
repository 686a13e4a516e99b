import type { Terms } from '#api/service-levels'
import { pauseReasons } from '#core/clock-terms.ts'
import { CheckField, NumberField, RadioField } from '#web/ui/field.tsx'
import { useText } from '#web/ui/text.tsx'
import classes from './agreements.module.css'

/** Reasons that lie with the customer; the others are the provider's own affair and count unless agreed otherwise. */
const customersReasons: readonly Terms['pausedBy'][number][] = [
  'awaiting-requester',
  'awaiting-customer',
  'appointment',
  'customer-delay',
]
const ourReasons = pauseReasons.filter((reason) => !customersReasons.includes(reason))

interface TermsFieldsProps {
  readonly terms: Terms
  readonly onChange: (terms: Terms) => void
}

/** What stops the resolution clock, and what becomes of it when an incident is reopened. */
export function TermsFields({ terms, onChange }: TermsFieldsProps) {
  const t = useText()
  const change = (changed: Partial<Terms>) => onChange({ ...terms, ...changed })
  const reason = (each: Terms['pausedBy'][number]) => (
    <CheckField
      key={each}
      field={{
        name: each,
        value: terms.pausedBy.includes(each),
        error: undefined,
        onChange: (on) =>
          change({ pausedBy: pauseReasons.filter((other) => (other === each ? on : terms.pausedBy.includes(other))) }),
      }}
      label={t(`agreements.pause.${each}`)}
    />
  )
  return (
    <div className={classes.terms}>
      <fieldset>
        <legend>{t('agreements.pauses-customer')}</legend>
        <div className={classes.checks}>{customersReasons.map(reason)}</div>
      </fieldset>
      <fieldset>
        <legend>{t('agreements.pauses-ours')}</legend>
        <div className={classes.checks}>{ourReasons.map(reason)}</div>
      </fieldset>
      <RadioField
        field={{ name: 'reopen', value: terms.reopen, error: undefined, onChange: (reopen) => change({ reopen }) }}
        label={t('agreements.reopen')}
        options={(['continue', 'new-clock', 'gross'] as const).map((value) => ({
          value,
          label: t(`agreements.reopen.${value}`),
          hint: t(`agreements.reopen.${value}-hint`),
        }))}
      />
      <NumberField
        field={{
          name: 'reopenWithinDays',
          value: terms.reopenWithinDays,
          error: undefined,
          onChange: (days) => change({ reopenWithinDays: Math.min(365, Math.max(0, days ?? 0)) }),
        }}
        label={t('agreements.reopen-within')}
        hint={t('agreements.reopen-within-hint')}
        min={0}
        max={365}
      />
    </div>
  )
}
