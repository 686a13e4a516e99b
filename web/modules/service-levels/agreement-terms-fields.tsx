import { childrenRules, defaultMatrix, type Terms } from '#api/service-levels'
import { pauseReasons } from '#core/clock-terms.ts'
import { CheckField, NumberField, RadioField, SelectField } from '#web/ui/field.tsx'
import { TextButton } from '#web/ui/button.tsx'
import { useText } from '#web/ui/text.tsx'
import { PriorityMatrix } from './agreement-matrix.tsx'
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

/** What stops the resolution clock, what becomes of it when an incident is reopened, and how parts of another one count. */
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
        <CheckField
          field={{
            name: 'pauseEvidence',
            value: terms.pauseEvidence,
            error: undefined,
            onChange: (pauseEvidence) => change({ pauseEvidence }),
          }}
          label={t('agreements.pause-evidence')}
        />
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
      <RadioField
        field={{
          name: 'children-rule',
          value: terms.children,
          error: undefined,
          onChange: (children) => change({ children }),
        }}
        label={t('agreements.children')}
        options={childrenRules.map((value) => ({
          value,
          label: t(`agreements.children.${value}`),
          hint: t(`agreements.children.${value}-hint`),
        }))}
      />
    </div>
  )
}

const modes = ['restart', 'retroactive', 'proportional', 'lock'] as const
const changeReasons = ['correction', 'worsened', 'eased'] as const

/** Which priority an incident gets, and what becomes of a running clock when it gets another. */
export function PriorityFields({ terms, onChange }: TermsFieldsProps) {
  const t = useText()
  return (
    <div className={classes.terms}>
      <div>
        <h3>{t('agreements.matrix')}</h3>
        <PriorityMatrix
          matrix={terms.priorityMatrix}
          onChange={(priorityMatrix) => onChange({ ...terms, priorityMatrix })}
        />
        <p className="pl-small">
          <TextButton onClick={() => onChange({ ...terms, priorityMatrix: defaultMatrix })}>
            {t('agreements.matrix-usual')}
          </TextButton>
        </p>
      </div>
      <fieldset className={classes.checks}>
        <legend>{t('agreements.on-change')}</legend>
        {changeReasons.map((reason) => (
          <SelectField
            key={reason}
            field={{
              name: reason,
              value: terms.onPriorityChange[reason],
              error: undefined,
              onChange: (mode) =>
                onChange({ ...terms, onPriorityChange: { ...terms.onPriorityChange, [reason]: mode } }),
            }}
            label={t(`agreements.on-change.${reason}`)}
            options={modes.map((value) => ({ value, label: t(`agreements.on-change.mode.${value}`) }))}
          />
        ))}
      </fieldset>
    </div>
  )
}
