import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import * as api from '#api/contacts'
import type { ContactSource } from '#api/contacts'
import { call } from '#web/http/call.ts'
import { Button, TextButton } from '#web/ui/button.tsx'
import { Dialog } from '#web/ui/dialog.tsx'
import { TextField } from '#web/ui/field.tsx'
import { Form, useForm } from '#web/ui/form.tsx'
import { notify } from '#web/ui/notices.tsx'
import { Section } from '#web/ui/page.tsx'
import { SearchField } from '#web/ui/search-field.tsx'
import { type Column, Table } from '#web/ui/table.tsx'
import { useText } from '#web/ui/text.tsx'
import { useFormat } from '#web/ui/use-format.ts'
import { customersToChoose, sourcesQuery, urlOfMessages } from './queries.ts'
import classes from './contacts.module.css'

/** Programs that hand messages over; a new one's secret is shown once. */
export function Sources() {
  const t = useText()
  const format = useFormat()
  const client = useQueryClient()
  const [adding, setAdding] = useState(false)
  const { data: sources = [] } = useQuery(sourcesQuery())
  async function remove({ id, name }: ContactSource) {
    await call(api.removeContactSource, { params: { id } })
    await client.invalidateQueries({ queryKey: ['contacts', 'sources'] })
    notify(t('contacts.source-removed', { name }))
  }
  const columns: readonly Column<ContactSource>[] = [
    { key: 'name', head: t('contacts.source-name'), narrow: 'lead', cell: ({ name }) => name },
    {
      key: 'customer',
      head: t('contacts.customer'),
      width: '24%',
      narrow: 'under',
      cell: (each) => each.customer.name,
    },
    {
      key: 'messages',
      head: t('contacts.source-messages'),
      width: '120px',
      numeric: true,
      narrow: 'under',
      cell: ({ messages }) => format.number(messages),
    },
    {
      key: 'last',
      head: t('contacts.source-last'),
      width: '160px',
      narrow: 'hidden',
      cell: ({ lastAt }) => (lastAt === null ? '–' : format.instant(lastAt)),
    },
    {
      key: 'end',
      head: <span className="pl-hidden">{t('contacts.settle')}</span>,
      width: '60px',
      narrow: 'trail',
      cell: (source) => (
        <TextButton aria-label={t('contacts.source-remove', { name: source.name })} onClick={() => void remove(source)}>
          ×
        </TextButton>
      ),
    },
  ]
  return (
    <Section title={t('contacts.sources')}>
      <p className="pl-quiet">{t(sources.length === 0 ? 'contacts.sources-none' : 'contacts.sources-lede')}</p>
      {sources.length > 0 && (
        <Table dense label={t('contacts.sources')} columns={columns} rows={sources} rowKey={({ id }) => id} />
      )}
      <p>
        <Button onClick={() => setAdding(true)}>{t('contacts.source-add')}</Button>
      </p>
      {adding && <AddDialog onClose={() => setAdding(false)} />}
    </Section>
  )
}

function AddDialog({ onClose }: { readonly onClose: () => void }) {
  const t = useText()
  const client = useQueryClient()
  const { data: customers = [] } = useQuery(customersToChoose())
  const [made, setMade] = useState<(ContactSource & { readonly secret: string }) | null>(null)
  const form = useForm({
    initial: { name: '', customer: '' },
    check: ({ name, customer }) => ({
      ...(name.trim() === '' && { name: t('contacts.source-name-needed') }),
      ...(customer === '' && { customer: t('contacts.form.customer-needed') }),
    }),
    submit: async (body) => {
      setMade(await call(api.addContactSource, { body }))
      void client.invalidateQueries({ queryKey: ['contacts', 'sources'] })
    },
  })
  if (made !== null) {
    return (
      <Dialog title={t('contacts.source-made', { name: made.name })} onClose={onClose}>
        <p>{t('contacts.source-secret')}</p>
        <p className={classes.secret}>{made.secret}</p>
        <p className="pl-small">
          {t('contacts.source-address')} <code>{urlOfMessages(made.id)}</code>
        </p>
        <Button main onClick={onClose}>
          {t('contacts.close')}
        </Button>
      </Dialog>
    )
  }
  return (
    <Dialog title={t('contacts.source-add')} onClose={onClose}>
      <Form form={form} action={t('contacts.source-add')} onCancel={onClose}>
        <TextField field={form.field('name')} label={t('contacts.source-name')} maxLength={120} autoFocus />
        <SearchField
          field={form.field('customer')}
          label={t('contacts.customer')}
          options={customers.map(({ id, name }) => ({ value: id, label: name }))}
        />
      </Form>
    </Dialog>
  )
}
