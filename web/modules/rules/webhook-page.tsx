import { useQueryClient, useSuspenseInfiniteQuery, useSuspenseQuery } from '@tanstack/react-query'
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import * as api from '#api/webhooks'
import type { Webhook, WebhookDelivery } from '#api/webhooks'
import { call } from '#web/http/call.ts'
import { Button } from '#web/ui/button.tsx'
import { Chips } from '#web/ui/chips.tsx'
import { Empty } from '#web/ui/empty.tsx'
import { Facts } from '#web/ui/facts.tsx'
import { Menu, MenuItem } from '#web/ui/menu.tsx'
import { notify } from '#web/ui/notices.tsx'
import { Page, SideSection } from '#web/ui/page.tsx'
import { type Column, Table } from '#web/ui/table.tsx'
import { useText } from '#web/ui/text.tsx'
import { useFormat } from '#web/ui/use-format.ts'
import { DeliveryState, lastWords } from './delivery-words.tsx'
import { deliveriesQuery, webhookQuery } from './queries.ts'
import { SecretDialog, WebhookDialog } from './webhook-dialog.tsx'
import { WebhookStanding } from './webhooks-page.tsx'
import { Told } from './told.tsx'

const route = getRouteApi('/shell/webhooks/$id')

/** A webhook: what it is told, and what became of each thing it was told. */
export function WebhookPage() {
  const t = useText()
  const format = useFormat()
  const navigate = useNavigate()
  const { id } = route.useParams()
  const { state } = route.useSearch()
  const { data: webhook } = useSuspenseQuery(webhookQuery(id))
  const { data, hasNextPage, isFetchingNextPage, fetchNextPage } = useSuspenseInfiniteQuery(deliveriesQuery(id, state))
  const columns: readonly Column<WebhookDelivery>[] = [
    {
      key: 'kind',
      head: t('rules.hook-kind'),
      narrow: 'lead',
      cell: ({ id: delivery, kind }) => (
        <Link to="/webhook-deliveries/$id" params={{ id: delivery }}>
          {kind}
        </Link>
      ),
    },
    {
      key: 'incident',
      head: t('rules.hook-about'),
      width: '14%',
      narrow: 'under',
      cell: ({ incident, request }) => <Told incident={incident} request={request} />,
    },
    {
      key: 'at',
      head: t('rules.at'),
      width: '170px',
      narrow: 'under',
      cell: ({ createdAt }) => format.instant(createdAt),
    },
    {
      key: 'last',
      head: t('rules.hook-last'),
      width: '26%',
      narrow: 'hidden',
      cell: ({ last }) => lastWords(t, last),
    },
    {
      key: 'state',
      head: t('rules.state'),
      width: '140px',
      narrow: 'trail',
      cell: (delivery) => <DeliveryState state={delivery.state} />,
    },
  ]
  const { name, url, kinds, customer, internal, owner } = webhook
  return (
    <Page
      title={name}
      crumb={<Link to="/webhooks">{t('rules.hooks')}</Link>}
      lede={url}
      actions={<WebhookActions webhook={webhook} />}
      side={
        <SideSection title={t('rules.facts')}>
          <Facts
            small
            facts={[
              { name: t('rules.state'), value: <WebhookStanding webhook={webhook} /> },
              { name: t('rules.hook-kinds'), value: kinds.join(', ') },
              { name: t('rules.customer'), value: customer?.name ?? t('rules.all-customers') },
              { name: t('rules.hook-internal'), value: t(internal ? 'rules.yes' : 'rules.no') },
              { name: t('rules.hook-owner'), value: owner.name },
            ]}
          />
        </SideSection>
      }
    >
      <Chips
        label={t('rules.state')}
        value={state ?? 'all'}
        chips={[
          { value: 'all', label: t('rules.hook-all') },
          { value: 'waiting', label: t('rules.hook-state.waiting'), count: webhook.waiting },
          { value: 'delivered', label: t('rules.hook-state.delivered'), count: webhook.delivered },
          { value: 'failed', label: t('rules.hook-state.failed'), count: webhook.failed },
        ]}
        onChange={(value) =>
          void navigate({
            to: '.',
            search: (before: object) => ({ ...before, state: value === 'all' ? undefined : value }),
          })
        }
      />
      <Table
        dense
        keys
        label={t('rules.hook-log')}
        columns={columns}
        rows={data.pages.flatMap(({ items }) => items)}
        rowKey={(delivery) => delivery.id}
        more={{ has: hasNextPage, busy: isFetchingNextPage, load: () => void fetchNextPage() }}
        empty={<Empty title={t('rules.hook-log-none')}>{t('rules.hook-log-none-more')}</Empty>}
      />
    </Page>
  )
}

function WebhookActions({ webhook }: { readonly webhook: Webhook }) {
  const t = useText()
  const client = useQueryClient()
  const navigate = useNavigate()
  const [open, setOpen] = useState<'change' | null>(null)
  const [secret, setSecret] = useState<string | null>(null)
  const { id, name, version, pausedAt } = webhook
  const params = { id }
  async function done(said: string) {
    await client.invalidateQueries({ queryKey: ['webhooks'] })
    notify(said)
  }
  async function attempt() {
    await call(api.tryWebhook, { params })
    await done(t('rules.hook-tried', { name }))
  }
  async function pause() {
    await call(api.changeWebhook, { params, body: { paused: pausedAt === null }, match: version })
    await done(t(pausedAt === null ? 'rules.hook-now-paused' : 'rules.hook-resumed', { name }))
  }
  async function renew() {
    setSecret((await call(api.renewWebhookSecret, { params })).secret)
    await client.invalidateQueries({ queryKey: ['webhooks'] })
  }
  async function remove() {
    await call(api.removeWebhook, { params })
    await navigate({ to: '/webhooks' })
    await done(t('rules.hook-removed', { name }))
  }
  return (
    <>
      <Button barred={pausedAt === null ? null : t('rules.hook-is-paused')} onClick={() => void attempt()}>
        {t('rules.hook-try')}
      </Button>
      <Button onClick={() => void pause()}>{t(pausedAt === null ? 'rules.hook-pause' : 'rules.hook-resume')}</Button>
      <Menu button={<Button>{t('app.tab.more')}</Button>}>
        <MenuItem onClick={() => setOpen('change')}>{t('rules.hook-change')}</MenuItem>
        <MenuItem onClick={() => void renew()}>{t('rules.hook-renew')}</MenuItem>
        <MenuItem onClick={() => void remove()}>{t('rules.hook-remove')}</MenuItem>
      </Menu>
      {open !== null && <WebhookDialog webhook={webhook} onClose={() => setOpen(null)} />}
      {secret !== null && <SecretDialog secret={secret} onClose={() => setSecret(null)} />}
    </>
  )
}
