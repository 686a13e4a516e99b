import { useState } from 'react'
import type { Agreement } from '#api/service-levels'
import { LinkButton } from '#web/ui/button.tsx'
import { Empty } from '#web/ui/empty.tsx'
import { RadioField } from '#web/ui/field.tsx'
import { useForm } from '#web/ui/form.tsx'
import { useText } from '#web/ui/text.tsx'
import { useFormat } from '#web/ui/use-format.ts'
import { RequestForm } from './request-form.tsx'
import { useRequest } from './use-request.ts'
import { whyErrors, whyOf } from './why-fields.tsx'

/** A draft that begins in the past comes into force from there on: a contract that was signed late. */
export function AgreementCorrection({ agreement }: { readonly agreement: Agreement }) {
  const t = useText()
  const format = useFormat()
  const request = useRequest()
  const [now] = useState(() => new Date())
  const drafts = agreement.versions.filter(
    ({ state, validFrom }) => ['draft', 'negotiating', 'agreed'].includes(state) && validFrom <= now,
  )
  const form = useForm({
    initial: { version: drafts.length === 1 ? drafts[0]!.id : '', reason: '', evidence: '' },
    paths: { 'change.version': 'version' },
    check: ({ version, ...why }) => ({
      ...(version === '' && { version: t('corrections.new.version-needed') }),
      ...whyErrors(t, why),
    }),
    submit: ({ version, ...why }) =>
      request({ ...whyOf(why), change: { kind: 'back-dated-contract', agreement: agreement.id, version } }),
  })
  if (drafts.length === 0) {
    return (
      <Empty
        title={t('corrections.new.no-draft')}
        actions={
          <LinkButton to="/agreements/new" search={{ of: agreement.id, from: agreement.versions[0]?.id }} main>
            {t('corrections.new.make-draft')}
          </LinkButton>
        }
      >
        {t('corrections.new.no-draft-more')}
      </Empty>
    )
  }
  return (
    <RequestForm form={form}>
      <RadioField
        field={form.field('version')}
        label={t('corrections.new.version')}
        options={drafts.map(({ id, number, validFrom }) => ({
          value: id,
          label: t('corrections.new.version-from', { number, day: format.day(validFrom) }),
        }))}
      />
    </RequestForm>
  )
}
