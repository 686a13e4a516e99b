import { TextAreaField, TextField } from '#web/ui/field.tsx'
import type { FormState } from '#web/ui/form.tsx'
import { type Say, useText } from '#web/ui/text.tsx'

/** Every correction says why, and what shows it. */
export interface Why {
  readonly reason: string
  readonly evidence: string
}

export function WhyFields<Values extends Why>({ form }: { readonly form: FormState<Values> }) {
  const t = useText()
  const fields = form as unknown as FormState<Why>
  return (
    <>
      <TextAreaField
        field={fields.field('reason')}
        label={t('corrections.new.reason')}
        hint={t('corrections.new.reason-hint')}
        rows={3}
        maxLength={2000}
      />
      <TextField
        field={fields.field('evidence')}
        label={t('corrections.evidence')}
        hint={t('corrections.new.evidence-hint')}
        maxLength={2000}
      />
    </>
  )
}

/** What is missing of them. */
export function whyErrors(t: Say, { reason, evidence }: Why): Partial<Record<keyof Why, string>> {
  return {
    ...(reason.trim() === '' && { reason: t('corrections.new.reason-needed') }),
    ...(evidence.trim() === '' && { evidence: t('corrections.new.evidence-needed') }),
  }
}

export function whyOf({ reason, evidence }: Why): Why {
  return { reason: reason.trim(), evidence: evidence.trim() }
}
