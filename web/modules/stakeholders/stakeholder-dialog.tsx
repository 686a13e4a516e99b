import { useQuery, useQueryClient } from '@tanstack/react-query'
import * as customers from '#api/customers'
import * as api from '#api/stakeholders'
import type { Stakeholder } from '#api/stakeholders'
import { languages } from '#core/text.ts'
import { call } from '#web/http/call.ts'
import { useSession } from '#web/modules/people/index.ts'
import { Dialog } from '#web/ui/dialog.tsx'
import { FieldRow, NumberField, SelectField, TextAreaField, TextField } from '#web/ui/field.tsx'
import { Form, useForm } from '#web/ui/form.tsx'
import { notify } from '#web/ui/notices.tsx'
import { PersonField } from '#web/ui/person-field.tsx'
import { useText } from '#web/ui/text.tsx'
import { colleaguesQuery } from './queries.ts'

const supports = ['-2', '-1', '0', '1', '2'] as const
const influences = ['5', '4', '3', '2', '1'] as const

interface StakeholderDialogProps {
  /** Null adds one. */
  readonly stakeholder: Stakeholder | null
  readonly customer: string | undefined
  readonly onClose: () => void
}

/** Who they are, how they stand to the service, how often somebody speaks with them. */
export function StakeholderDialog({ stakeholder, customer, onClose }: StakeholderDialogProps) {
  const t = useText()
  const client = useQueryClient()
  const { person } = useSession()
  const { data: colleagues = [] } = useQuery(colleaguesQuery())
  const { data: all = [] } = useQuery({
    queryKey: ['choices', 'customers'],
    queryFn: async ({ signal }) => (await call(customers.listCustomers, { query: { limit: 200 } }, signal)).items,
    enabled: stakeholder === null,
  })
  const initial = {
    customer: stakeholder?.customer.id ?? customer ?? '',
    name: stakeholder?.name ?? '',
    role: stakeholder?.role ?? '',
    level: stakeholder?.level ?? ('head' as const),
    segment: stakeholder?.segment ?? '',
    influence: String(stakeholder?.influence ?? 3) as (typeof influences)[number],
    support: String(stakeholder?.support ?? 0) as (typeof supports)[number],
    interests: stakeholder?.interests ?? '',
    channel: stakeholder?.channel ?? ('meeting' as const),
    language: stakeholder?.language ?? ('de' as const),
    audience: stakeholder?.audience ?? ('operations' as const),
    cadenceDays: stakeholder === null ? 30 : stakeholder.cadenceDays,
    owner: stakeholder?.owner?.id ?? person?.id ?? '',
  }
  const form = useForm({
    initial,
    check: ({ name, customer: whose }) => ({
      name: name.trim() === '' ? t('stakeholders.name-needed') : undefined,
      customer: whose === '' ? t('stakeholders.customer-needed') : undefined,
    }),
    async submit({ customer: whose, name, role, segment, interests, influence, support, owner, ...given }) {
      const body = {
        ...given,
        name: name.trim(),
        role: role.trim() || null,
        segment: segment.trim() || null,
        interests: interests.trim() || null,
        influence: Number(influence),
        support: Number(support),
        ...(owner !== '' && { owner }),
      }
      if (stakeholder === null) await call(api.addStakeholder, { body: { ...body, customer: whose } })
      else await call(api.changeStakeholder, { params: { id: stakeholder.id }, body, match: stakeholder.version })
      await client.invalidateQueries({ queryKey: ['stakeholders'] })
      notify(t('stakeholders.written'))
      onClose()
    },
  })
  return (
    <Dialog
      title={t(stakeholder === null ? 'stakeholders.new' : 'stakeholders.change-title')}
      onClose={onClose}
      width={640}
    >
      <Form form={form} action={t('stakeholders.save')} onCancel={onClose}>
        {stakeholder === null && (
          <SelectField
            field={form.field('customer')}
            label={t('stakeholders.customer')}
            options={[
              { value: '', label: t('stakeholders.choose') },
              ...all.map(({ id, name }) => ({ value: id, label: name })),
            ]}
          />
        )}
        <FieldRow>
          <TextField field={form.field('name')} label={t('stakeholders.name')} maxLength={200} />
          <TextField field={form.field('role')} label={t('stakeholders.role')} maxLength={200} />
        </FieldRow>
        <FieldRow>
          <SelectField
            field={form.field('level')}
            label={t('stakeholders.level')}
            options={api.levels.map((value) => ({ value, label: t(`stakeholders.level.${value}`) }))}
          />
          <TextField field={form.field('segment')} label={t('stakeholders.segment')} maxLength={200} />
        </FieldRow>
        <FieldRow>
          <SelectField
            field={form.field('influence')}
            label={t('stakeholders.influence')}
            options={influences.map((value) => ({
              value,
              label: t('stakeholders.influence-of', { influence: Number(value) }),
            }))}
          />
          <SelectField
            field={form.field('support')}
            label={t('stakeholders.support')}
            options={supports.map((value) => ({ value, label: t(`stakeholders.support.${value}`) }))}
          />
        </FieldRow>
        <TextAreaField
          field={form.field('interests')}
          label={t('stakeholders.interests')}
          hint={t('stakeholders.interests-hint')}
          rows={2}
          maxLength={2000}
          optional
        />
        <FieldRow>
          <SelectField
            field={form.field('channel')}
            label={t('stakeholders.channel')}
            options={api.channels.map((value) => ({ value, label: t(`stakeholders.channel.${value}`) }))}
          />
          <SelectField
            field={form.field('language')}
            label={t('stakeholders.language')}
            options={languages.map((value) => ({ value, label: t(`stakeholders.language.${value}`) }))}
          />
          <SelectField
            field={form.field('audience')}
            label={t('stakeholders.audience')}
            options={api.audiences.map((value) => ({ value, label: t(`stakeholders.audience.${value}`) }))}
          />
        </FieldRow>
        <FieldRow>
          <NumberField field={form.field('cadenceDays')} label={t('stakeholders.cadence')} min={7} max={366} optional />
          <PersonField field={form.field('owner')} label={t('stakeholders.owner')} people={colleagues} />
        </FieldRow>
      </Form>
    </Dialog>
  )
}
