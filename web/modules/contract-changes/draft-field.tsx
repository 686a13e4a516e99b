import { Link } from '@tanstack/react-router'
import { SelectField } from '#web/ui/field.tsx'
import type { FormState } from '#web/ui/form.tsx'
import { useText } from '#web/ui/text.tsx'
import { useFormat } from '#web/ui/use-format.ts'
import type { AgreementDraft } from './queries.ts'

/** A form that says which draft of an agreement comes into force with the signature. */
export interface Drafted {
  /** Agreement and version; empty: none. */
  readonly draft: string
}

export const draftKey = (agreement: string, version: string) => `${agreement} ${version}`

/** The same as the server takes it. */
export function draftOf({ draft }: Drafted): { readonly id: string; readonly versionId: string } | null {
  const [id = '', versionId = ''] = draft.split(' ')
  return draft === '' ? null : { id, versionId }
}

interface DraftFieldProps<Values extends Drafted> {
  readonly form: FormState<Values>
  readonly drafts: readonly AgreementDraft[]
}

/** Which draft it is; where there is none, how there comes to be one. */
export function DraftField<Values extends Drafted>({ form, drafts }: DraftFieldProps<Values>) {
  const t = useText()
  const format = useFormat()
  if (drafts.length === 0)
    return (
      <p className="pl-quiet">
        {t('changes.no-drafts')} <Link to="/agreements">{t('changes.to-agreements')}</Link>
      </p>
    )
  return (
    <SelectField
      field={form.field('draft')}
      label={t('changes.draft')}
      hint={t('changes.draft-hint')}
      options={[
        { value: '', label: t('changes.no-draft') },
        ...drafts.map(({ agreement, name, version, number, validFrom, zone }) => ({
          value: draftKey(agreement, version),
          label: t('changes.draft-of', { name, number, from: format.date(validFrom, zone) }),
        })),
      ]}
    />
  )
}
