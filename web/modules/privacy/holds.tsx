import { useMutation, useQuery, useQueryClient, useSuspenseQuery } from '@tanstack/react-query'
import { useRef, useState } from 'react'
import * as api from '#api/privacy'
import { barredFromDecidingPrivacy } from '#core/may.ts'
import { customersQuery } from '#web/app/customers.ts'
import { call } from '#web/http/call.ts'
import { useAsker } from '#web/modules/people/index.ts'
import { Button, TextButton } from '#web/ui/button.tsx'
import { Dialog } from '#web/ui/dialog.tsx'
import { Empty } from '#web/ui/empty.tsx'
import { TextAreaField } from '#web/ui/field.tsx'
import { Form, useForm } from '#web/ui/form.tsx'
import { Section } from '#web/ui/page.tsx'
import { SearchField } from '#web/ui/search-field.tsx'
import { Problem } from '#web/ui/problem.tsx'
import { type Column, Table } from '#web/ui/table.tsx'
import { useText } from '#web/ui/text.tsx'
import { useFormat } from '#web/ui/use-format.ts'
import { retentionQuery } from './queries.ts'

type Hold = api.Retention['holds'][number]

/** Customers of whom nothing goes while a claim is disputed. */
export function Holds() {
  const t = useText()
  const format = useFormat()
  const cache = useQueryClient()
  const mayDecide = barredFromDecidingPrivacy(useAsker()) === null
  const [adding, setAdding] = useState(false)
  const addButton = useRef<HTMLButtonElement>(null)
  const { data } = useSuspenseQuery(retentionQuery)
  const end = useMutation({
    mutationFn: (id: string) => call(api.endHold, { params: { id } }),
    onSuccess: async () => {
      await cache.invalidateQueries({ queryKey: ['privacy'] })
      // What was pressed is no more: whoever came by keyboard stays in this part of the page.
      addButton.current?.focus()
    },
  })
  const columns: readonly Column<Hold>[] = [
    {
      key: 'customer',
      head: t('privacy.holds.customer'),
      width: '26%',
      narrow: 'lead',
      cell: ({ customer }) => customer.name,
    },
    { key: 'reason', head: t('privacy.holds.reason'), narrow: 'under', cell: ({ reason }) => reason },
    {
      key: 'since',
      head: t('privacy.holds.since'),
      width: '130px',
      narrow: 'under',
      cell: ({ madeAt }) => format.day(madeAt),
    },
    {
      key: 'end',
      head: <span className="pl-hidden">{t('privacy.holds.end')}</span>,
      width: '160px',
      numeric: true,
      narrow: 'trail',
      cell: ({ id, endedAt, customer }) =>
        endedAt === null
          ? mayDecide && (
              <TextButton
                aria-label={t('privacy.holds.end-named', { name: customer.name })}
                onClick={() => end.mutate(id)}
              >
                {t('privacy.holds.end')}
              </TextButton>
            )
          : t('privacy.holds.ended', { day: format.day(endedAt) }),
    },
  ]
  return (
    <Section title={t('privacy.holds')} hint={t('privacy.holds.hint')}>
      {end.isError && <Problem failure={end.error} />}
      <Table
        label={t('privacy.holds')}
        columns={columns}
        rows={data.holds}
        rowKey={({ id }) => id}
        empty={<Empty title={t('privacy.holds.none')}>{t('privacy.holds.none-more')}</Empty>}
      />
      {mayDecide && (
        <div style={{ marginTop: 12 }}>
          <Button ref={addButton} onClick={() => setAdding(true)}>
            {t('privacy.holds.add')}
          </Button>
        </div>
      )}
      {adding && <HoldDialog onClose={() => setAdding(false)} />}
    </Section>
  )
}

function HoldDialog({ onClose }: { readonly onClose: () => void }) {
  const t = useText()
  const cache = useQueryClient()
  const { data } = useQuery(customersQuery(''))
  const form = useForm({
    initial: { customer: '', reason: '' },
    check: ({ customer, reason }) => ({
      customer: customer === '' ? t('privacy.holds.customer-missing') : undefined,
      reason: reason.trim() === '' ? t('privacy.holds.reason-missing') : undefined,
    }),
    async submit(body) {
      await call(api.holdRetention, { body })
      await cache.invalidateQueries({ queryKey: ['privacy'] })
      onClose()
    },
  })
  return (
    <Dialog title={t('privacy.holds.title')} onClose={onClose}>
      <Form form={form} action={t('privacy.holds.do')} onCancel={onClose}>
        <SearchField
          field={form.field('customer')}
          label={t('privacy.holds.customer')}
          options={(data?.items ?? []).map(({ id, name }) => ({ value: id, label: name }))}
        />
        <TextAreaField field={form.field('reason')} label={t('privacy.holds.reason')} maxLength={1000} />
      </Form>
    </Dialog>
  )
}
