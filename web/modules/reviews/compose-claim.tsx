import type { Composition } from '#api/reviews'
import { TextButton } from '#web/ui/button.tsx'
import { SelectField, TextAreaField, TextField } from '#web/ui/field.tsx'
import { useText } from '#web/ui/text.tsx'
import classes from './compose-page.module.css'

/** A claim as it is being written; `felt` is empty where nothing is known of it, and `why` says why. */
export interface ClaimDraft {
  readonly text: string
  readonly fact: string
  readonly felt: string
  readonly why: string
}

interface ComposeClaimProps {
  readonly number: number
  readonly claim: ClaimDraft
  readonly facts: Composition['facts']
  readonly felt: Composition['felt']
  readonly onChange: (changed: Partial<ClaimDraft>) => void
  /** Null for the last one. */
  readonly onRemove: (() => void) | null
}

/** A sentence, the fact that carries it, and how it felt or why that is not known. */
export function ComposeClaim({ number, claim, facts, felt, onChange, onRemove }: ComposeClaimProps) {
  const t = useText()
  const fact = facts.find(({ ref }) => ref === claim.fact)
  const field = <Name extends keyof ClaimDraft>(name: Name) => ({
    name: `claims.${number - 1}.${name}`,
    value: claim[name],
    error: undefined,
    onChange: (value: string) => onChange({ [name]: value }),
  })
  return (
    <fieldset className={classes.claim}>
      <legend>{t('reviews.compose.claim', { number })}</legend>
      <TextAreaField field={field('text')} label={t('reviews.compose.text')} rows={2} maxLength={400} />
      <SelectField
        field={field('fact')}
        label={t('reviews.compose.fact')}
        {...(fact !== undefined && { hint: [...fact.evidence, fact.figure].join(' · ') })}
        options={facts.map(({ ref, text }) => ({ value: ref, label: text }))}
      />
      <SelectField
        field={field('felt')}
        label={t('reviews.compose.felt')}
        options={[
          { value: '', label: t('reviews.compose.felt-none') },
          ...felt.map(({ ref, text }) => ({ value: ref, label: text })),
        ]}
      />
      {claim.felt === '' && <TextField field={field('why')} label={t('reviews.compose.why')} />}
      {onRemove !== null && (
        <span>
          <TextButton onClick={onRemove}>{t('reviews.compose.remove', { number })}</TextButton>
        </span>
      )}
    </fieldset>
  )
}
