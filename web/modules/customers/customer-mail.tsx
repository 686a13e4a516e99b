import { queryOptions, useQueryClient, useSuspenseQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { Customer } from '#api/customers'
import * as api from '#api/mail'
import { barredFromManaging } from '#core/may.ts'
import { call } from '#web/http/call.ts'
import { useAsker } from '#web/modules/people/index.ts'
import { TextButton } from '#web/ui/button.tsx'
import { Dialog } from '#web/ui/dialog.tsx'
import { TextAreaField } from '#web/ui/field.tsx'
import { Form, useForm } from '#web/ui/form.tsx'
import { notify } from '#web/ui/notices.tsx'
import { SideSection } from '#web/ui/page.tsx'
import { useText } from '#web/ui/text.tsx'

function domainsQuery(id: string) {
  return queryOptions({
    queryKey: ['mail', 'domains', id],
    queryFn: async ({ signal }) => (await call(api.readMailDomains, { params: { id } }, signal)).domains,
  })
}

/** From which domains its people write: their mails are this customer's. */
export function CustomerMail({ customer }: { readonly customer: Customer }) {
  const t = useText()
  const { data: domains } = useSuspenseQuery(domainsQuery(customer.id))
  const [changing, setChanging] = useState(false)
  const may = barredFromManaging(useAsker()) === null
  return (
    <SideSection title={t('customers.mail')}>
      <p className="pl-small">{domains.length === 0 ? t('customers.mail.none') : domains.join(', ')}</p>
      {may && (
        <p className="pl-small">
          <TextButton onClick={() => setChanging(true)}>{t('customers.mail.change')}</TextButton>
        </p>
      )}
      {changing && <DomainsDialog customer={customer} domains={domains} onClose={() => setChanging(false)} />}
    </SideSection>
  )
}

interface DomainsDialogProps {
  readonly customer: Customer
  readonly domains: readonly string[]
  readonly onClose: () => void
}

function DomainsDialog({ customer, domains, onClose }: DomainsDialogProps) {
  const t = useText()
  const cache = useQueryClient()
  const form = useForm({
    initial: { domains: domains.join('\n') },
    async submit(values) {
      const body = { domains: values.domains.split(/[\s,;]+/).filter((domain) => domain !== '') }
      await call(api.setMailDomains, { params: { id: customer.id }, body })
      await cache.invalidateQueries({ queryKey: ['mail', 'domains', customer.id] })
      notify(t('customers.changed', { name: customer.name }))
      onClose()
    },
  })
  return (
    <Dialog title={t('customers.mail')} onClose={onClose}>
      <Form
        form={form}
        action={t('customers.save')}
        barred={form.dirty ? null : t('customers.nothing-changed')}
        onCancel={onClose}
      >
        <TextAreaField
          field={form.field('domains')}
          label={t('customers.mail.domains')}
          hint={t('customers.mail.hint')}
        />
      </Form>
    </Dialog>
  )
}
