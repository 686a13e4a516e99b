import { useQuery } from '@tanstack/react-query'
import type { Provider } from '#api/people'
import { customersQuery } from '#web/app/customers.ts'
import { checkRole, RoleFields, type RoleValues, sentRole } from '#web/modules/people/role-form.tsx'
import { Dialog } from '#web/ui/dialog.tsx'
import { TextField } from '#web/ui/field.tsx'
import { Form, useForm } from '#web/ui/form.tsx'
import { useText } from '#web/ui/text.tsx'

type Rule = Provider['groups'][number]

interface GroupRuleDialogProps {
  readonly onAdd: (rule: Rule) => Promise<unknown>
  readonly onClose: () => void
}

/** A group of the provider, and the role that it gives. */
export function GroupRuleDialog({ onAdd, onClose }: GroupRuleDialogProps) {
  const t = useText()
  const { data } = useQuery(customersQuery(''))
  const form = useForm<RoleValues & { readonly group: string; readonly validTo: string }>({
    initial: { group: '', role: 'agent', customer: '', validTo: '' },
    check: (values) => ({
      ...checkRole(t, values),
      group: values.group.trim() === '' ? t('people.provider.group-missing') : undefined,
    }),
    async submit(values) {
      const { role, customer = null } = sentRole(values)
      const named = data?.items.find(({ id }) => id === customer)
      const validTo = values.validTo === '' ? null : new Date(`${values.validTo}T23:59:59`)
      await onAdd({
        group: values.group.trim(),
        role,
        customer: named ? { id: named.id, name: named.name } : null,
        validFrom: null,
        validTo,
      })
    },
  })
  return (
    <Dialog title={t('people.provider.rule-add')} onClose={onClose}>
      <Form form={form} action={t('people.provider.rule-add')} onCancel={onClose}>
        <TextField
          field={form.field('group')}
          label={t('people.provider.group')}
          hint={t('people.provider.group-hint')}
          autoFocus
        />
        <RoleFields form={form} />
        <TextField field={form.field('validTo')} type="date" label={t('people.person.to')} optional />
      </Form>
    </Dialog>
  )
}
