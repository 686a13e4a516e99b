import { useQuery, useQueryClient } from '@tanstack/react-query'
import * as api from '#api/actions'
import type { OriginGiven } from '#api/actions'
import { call } from '#web/http/call.ts'
import { useSession } from '#web/modules/people/index.ts'
import { Dialog } from '#web/ui/dialog.tsx'
import { CheckField, FieldRow, SelectField, TextAreaField, TextField } from '#web/ui/field.tsx'
import { Form, useForm } from '#web/ui/form.tsx'
import { notify } from '#web/ui/notices.tsx'
import { useText } from '#web/ui/text.tsx'
import { CustomerField } from './customer-field.tsx'
import { OwnerField, ownerOf, ELSEWHERE } from './owner-field.tsx'
import { customersQuery } from './queries.ts'

interface MakeActionDialogProps {
  /** What it is made from; none when it stands by itself. */
  readonly origin?: OriginGiven | undefined
  /** Id, where it is known whose it is. */
  readonly customer?: string | undefined
  /** Where it is followed. */
  readonly forum?: string
  readonly onClose: () => void
}

/** A week from now, as a day in the calendar of who looks. */
function inAWeek(): string {
  const at = new Date(Date.now() + 7 * 86_400_000)
  return [at.getFullYear(), at.getMonth() + 1, at.getDate()].map((part) => String(part).padStart(2, '0')).join('-')
}

/** Makes an action: what, who, by when. Everything else is there already. */
export function MakeActionDialog({ origin, customer, forum, onClose }: MakeActionDialogProps) {
  const t = useText()
  const client = useQueryClient()
  const { person } = useSession()
  const { data: customers = [] } = useQuery({
    ...customersQuery(),
    enabled: origin === undefined && forum === undefined,
  })
  const initial = {
    text: '',
    customer: customer ?? '',
    owner: person?.id ?? '',
    ownerName: '',
    due: inAWeek(),
    priority: 'medium' as (typeof api.actionPriorities)[number],
    shared: false,
  }
  const form = useForm({
    initial,
    check: (values) => ({
      text: values.text.trim() === '' ? t('actions.text-needed') : undefined,
      due: values.due === '' ? t('actions.due-needed') : undefined,
      owner: values.owner === '' ? t('actions.owner-needed') : undefined,
      ownerName: values.owner === ELSEWHERE && values.ownerName.trim() === '' ? t('actions.owner-needed') : undefined,
    }),
    async submit({ owner, ownerName, customer: whose, ...given }) {
      const body = {
        ...given,
        ...ownerOf({ owner, ownerName }),
        ...(whose && { customer: whose }),
        ...(origin && { origin }),
        ...(forum && { forum }),
      }
      const made = await call(api.makeAction, { body })
      await client.invalidateQueries({ queryKey: ['actions'] })
      if (forum !== undefined) await client.invalidateQueries({ queryKey: ['forums'] })
      notify(t('actions.made', { who: made.owner?.name ?? made.ownerName ?? '' }))
      onClose()
    },
  })
  const whose = form.values.customer
  return (
    <Dialog title={t('actions.make-title')} onClose={onClose} width={560}>
      <Form form={form} action={t('actions.make')} onCancel={onClose}>
        <TextAreaField
          field={form.field('text')}
          label={t('actions.text')}
          hint={t('actions.text-hint')}
          rows={3}
          maxLength={2000}
        />
        {origin === undefined && forum === undefined && (
          <CustomerField field={form.field('customer')} customers={customers} />
        )}
        <FieldRow>
          <OwnerField field={form.field('owner')} customer={whose === '' ? undefined : whose} />
          {form.values.owner === ELSEWHERE && (
            <TextField field={form.field('ownerName')} label={t('actions.owner-name')} maxLength={200} />
          )}
        </FieldRow>
        <FieldRow>
          <TextField field={form.field('due')} type="date" label={t('actions.due')} />
          <SelectField
            field={form.field('priority')}
            label={t('actions.priority')}
            options={api.actionPriorities.map((value) => ({ value, label: t(`actions.priority.${value}`) }))}
          />
        </FieldRow>
        {whose !== '' && (
          <CheckField field={form.field('shared')} label={t('actions.share')} hint={t('actions.share-hint')} />
        )}
      </Form>
    </Dialog>
  )
}
