import { useQueryClient, useSuspenseInfiniteQuery } from '@tanstack/react-query'
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import * as api from '#api/feedback'
import { barredFromSurveying, type SaidDone } from '#api/feedback'
import { barredFromInside } from '#core/may.ts'
import { call } from '#web/http/call.ts'
import { useAsker } from '#web/modules/people/index.ts'
import { Button, TextButton } from '#web/ui/button.tsx'
import { Dialog } from '#web/ui/dialog.tsx'
import { Empty } from '#web/ui/empty.tsx'
import { TextAreaField } from '#web/ui/field.tsx'
import { Form, useForm } from '#web/ui/form.tsx'
import { notify } from '#web/ui/notices.tsx'
import { Page, Section } from '#web/ui/page.tsx'
import { type Column, Table } from '#web/ui/table.tsx'
import { useText } from '#web/ui/text.tsx'
import { useFormat } from '#web/ui/use-format.ts'
import { CustomerField } from './customer-field.tsx'
import { saidQuery } from './queries.ts'

const route = getRouteApi('/shell/feedback/said-done')

/** What somebody told us, and what came of it, for everybody at the customer to read. */
export function SaidDonePage() {
  const t = useText()
  const format = useFormat()
  const asker = useAsker()
  const inside = barredFromInside(asker) === null
  const mine = barredFromSurveying(asker) === null
  const navigate = useNavigate()
  const { customer, from, id } = route.useSearch()
  const { data, hasNextPage, isFetchingNextPage, fetchNextPage } = useSuspenseInfiniteQuery(saidQuery(customer))
  const [changing, setChanging] = useState<SaidDone | null>(null)
  const [adding, setAdding] = useState(false)
  const source = from === undefined || id === undefined ? undefined : ({ type: from, id } as const)
  const rows = data.pages.flatMap(({ items }) => items)
  const columns: readonly Column<SaidDone>[] = [
    { key: 'said', head: t('feedback.said'), narrow: 'lead', cell: ({ said }) => said },
    {
      key: 'did',
      head: t('feedback.did'),
      width: '34%',
      narrow: 'under',
      cell: ({ did }) => did ?? <span className="pl-quiet">{t('feedback.did-nothing')}</span>,
    },
    {
      key: 'where',
      head: t('feedback.pareto.where'),
      width: '18%',
      narrow: 'under',
      cell: ({ customer: whose, site, service }) =>
        [inside ? whose.name : undefined, site?.name, service?.name].filter(Boolean).join(' · '),
    },
    {
      key: 'published',
      head: t('feedback.published'),
      width: '140px',
      narrow: 'under',
      cell: ({ publishedAt }) => (publishedAt === null ? t('feedback.not-published') : format.date(publishedAt)),
    },
    ...(mine
      ? [
          {
            key: 'change',
            head: t('feedback.answer-it'),
            width: '110px',
            narrow: 'trail',
            cell: (row: SaidDone) => (
              <TextButton onClick={() => setChanging(row)}>{t('feedback.answer-it')}</TextButton>
            ),
          } as const,
        ]
      : []),
  ]
  const close = () => {
    setAdding(false)
    void navigate({ to: '/feedback/said-done', search: { customer }, replace: true })
  }
  return (
    <Page
      title={t('feedback.said-done')}
      lede={t('feedback.said-done-lede')}
      crumb={<Link to="/feedback">{t('feedback.title')}</Link>}
      actions={mine && <Button onClick={() => setAdding(true)}>{t('feedback.said-new')}</Button>}
    >
      <Section title={t('feedback.said-list')}>
        <Table
          dense
          label={t('feedback.said-list')}
          columns={columns}
          rows={rows}
          rowKey={(row) => row.id}
          more={{ has: hasNextPage, busy: isFetchingNextPage, load: () => void fetchNextPage() }}
          empty={<Empty title={t('feedback.said-none')} />}
        />
      </Section>
      {mine && (adding || source !== undefined) && <AddDialog customer={customer} source={source} onClose={close} />}
      {changing !== null && <ChangeDialog entry={changing} onClose={() => setChanging(null)} />}
    </Page>
  )
}

interface AddDialogProps {
  readonly customer: string | undefined
  readonly source: { readonly type: 'verbatim' | 'case' | 'friction-point'; readonly id: string } | undefined
  readonly onClose: () => void
}

function AddDialog({ customer, source, onClose }: AddDialogProps) {
  const t = useText()
  const client = useQueryClient()
  const form = useForm({
    initial: { customer: customer ?? '', said: '', did: '' },
    check: (values) => ({
      customer: source === undefined && values.customer === '' ? t('feedback.customer-missing') : undefined,
    }),
    async submit({ customer: whose, said, did }) {
      const body = {
        ...(source === undefined ? { customer: whose } : { source }),
        ...(said.trim() !== '' && { said }),
        ...(did.trim() !== '' && { did }),
      }
      await call(api.addSaidDone, { body })
      await client.invalidateQueries({ queryKey: ['feedback', 'said'] })
      notify(t('feedback.said-noted'))
      onClose()
    },
  })
  return (
    <Dialog title={t('feedback.said-new')} onClose={onClose}>
      <Form form={form} action={t('feedback.said-note')} onCancel={onClose}>
        {source === undefined && <CustomerField field={form.field('customer')} />}
        <TextAreaField
          field={form.field('said')}
          label={t('feedback.said')}
          hint={t('feedback.said-hint')}
          optional={source !== undefined}
          maxLength={1000}
        />
        <TextAreaField field={form.field('did')} label={t('feedback.did')} optional maxLength={2000} />
      </Form>
    </Dialog>
  )
}

function ChangeDialog({ entry, onClose }: { readonly entry: SaidDone; readonly onClose: () => void }) {
  const t = useText()
  const client = useQueryClient()
  const { id, version, publishedAt } = entry
  const form = useForm({
    initial: { said: entry.said, did: entry.did ?? '' },
    check: (values) => ({ did: values.did.trim() === '' ? t('feedback.did-missing') : undefined }),
    async submit({ said, did }) {
      await call(api.changeSaidDone, { params: { id }, body: { said, did, published: true }, match: version })
      await client.invalidateQueries({ queryKey: ['feedback', 'said'] })
      notify(t('feedback.published-now'))
      onClose()
    },
  })
  async function hide() {
    await call(api.changeSaidDone, { params: { id }, body: { published: false }, match: version })
    await client.invalidateQueries({ queryKey: ['feedback', 'said'] })
    onClose()
  }
  return (
    <Dialog title={t('feedback.answer-it')} onClose={onClose}>
      <Form form={form} action={t('feedback.publish')} onCancel={onClose}>
        <TextAreaField field={form.field('said')} label={t('feedback.said')} maxLength={1000} />
        <TextAreaField field={form.field('did')} label={t('feedback.did')} maxLength={2000} />
        {publishedAt !== null && <TextButton onClick={() => void hide()}>{t('feedback.unpublish')}</TextButton>}
      </Form>
    </Dialog>
  )
}
