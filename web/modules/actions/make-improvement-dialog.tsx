import { useQuery, useQueryClient } from '@tanstack/react-query'
import type { OriginGiven } from '#api/actions'
import * as api from '#api/improvements'
import { call } from '#web/http/call.ts'
import { useSession } from '#web/modules/people/index.ts'
import { Dialog } from '#web/ui/dialog.tsx'
import { CheckField, FieldRow, SelectField, TextAreaField } from '#web/ui/field.tsx'
import { Form, useForm } from '#web/ui/form.tsx'
import { notify } from '#web/ui/notices.tsx'
import { PersonField } from '#web/ui/person-field.tsx'
import { useText } from '#web/ui/text.tsx'
import { CustomerField } from './customer-field.tsx'
import { customersQuery, ownersQuery } from './queries.ts'

interface MakeImprovementDialogProps {
  /** What it is made from; of a key figure it is measured by that figure at once. */
  readonly origin?: OriginGiven | undefined
  readonly customer?: string | undefined
  readonly onClose: () => void
}

/** Suggests an improvement: what is wrong and who owns it. What else it needs is asked for before it is approved. */
export function MakeImprovementDialog({ origin, customer, onClose }: MakeImprovementDialogProps) {
  const t = useText()
  const client = useQueryClient()
  const { person } = useSession()
  const { data: customers = [] } = useQuery({ ...customersQuery(), enabled: origin === undefined })
  const { data: people } = useQuery(ownersQuery(undefined))
  const initial = {
    problem: '',
    customer: customer ?? '',
    owner: person?.id ?? '',
    theme: 'quality' as (typeof api.themes)[number],
    benefitType: 'time' as (typeof api.benefitTypes)[number],
    shared: false,
  }
  const form = useForm({
    initial,
    check: ({ problem, owner }) => ({
      problem: problem.trim() === '' ? t('actions.improvement.problem-needed') : undefined,
      owner: owner === '' ? t('actions.owner-needed') : undefined,
    }),
    async submit({ customer: whose, ...given }) {
      const kpi = origin?.kind === 'kpi' && origin.key !== undefined ? { key: origin.key } : undefined
      const from = { ...(whose && { customer: whose }), ...(origin && { origin }), ...(kpi && { kpi }) }
      await call(api.suggestImprovement, { body: { ...given, ...from } })
      await client.invalidateQueries({ queryKey: ['actions'] })
      await client.invalidateQueries({ queryKey: ['improvements'] })
      notify(t('actions.improvement.made'))
      onClose()
    },
  })
  return (
    <Dialog title={t('actions.improvement.make')} onClose={onClose} width={560}>
      <Form form={form} action={t('actions.improvement.do')} onCancel={onClose}>
        <TextAreaField
          field={form.field('problem')}
          label={t('actions.improvement.problem')}
          hint={t('actions.improvement.problem-hint')}
          rows={3}
          maxLength={2000}
        />
        {origin === undefined && <CustomerField field={form.field('customer')} customers={customers} />}
        <PersonField
          field={form.field('owner')}
          label={t('actions.improvement.owner')}
          people={(people?.ours ?? []).map(({ id, name }) => ({ id, name }))}
        />
        <FieldRow>
          <SelectField
            field={form.field('theme')}
            label={t('actions.improvement.theme')}
            options={api.themes.map((value) => ({ value, label: t(`actions.improvement.theme.${value}`) }))}
          />
          <SelectField
            field={form.field('benefitType')}
            label={t('actions.improvement.benefit')}
            options={api.benefitTypes.map((value) => ({ value, label: t(`actions.improvement.benefit.${value}`) }))}
          />
        </FieldRow>
        {form.values.customer !== '' && (
          <CheckField
            field={form.field('shared')}
            label={t('actions.share')}
            hint={t('actions.improvement.share-hint')}
          />
        )}
      </Form>
    </Dialog>
  )
}
