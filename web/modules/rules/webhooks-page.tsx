import { useQuery, useQueryClient, useSuspenseQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import * as organisation from '#api/organisation'
import { barredFromManaging, type Webhook } from '#api/webhooks'
import { barredFromAdministering } from '#core/may.ts'
import { call } from '#web/http/call.ts'
import { useAsker } from '#web/modules/people/index.ts'
import { Button } from '#web/ui/button.tsx'
import { Empty } from '#web/ui/empty.tsx'
import { TextField } from '#web/ui/field.tsx'
import { Form, useForm } from '#web/ui/form.tsx'
import { notify } from '#web/ui/notices.tsx'
import { Page, Section } from '#web/ui/page.tsx'
import { Problem } from '#web/ui/problem.tsx'
import { State } from '#web/ui/state.tsx'
import { type Column, Table } from '#web/ui/table.tsx'
import { useText } from '#web/ui/text.tsx'
import { useFormat } from '#web/ui/use-format.ts'
import { webhooksQuery } from './queries.ts'
import { RuleTabs } from './tabs.tsx'
import { WebhookDialog } from './webhook-dialog.tsx'

/** Programs outside that are told of facts. */
export function WebhooksPage() {
  const t = useText()
  const asker = useAsker()
  const barred = barredFromManaging(asker)
  const [adding, setAdding] = useState(false)
  return (
    <Page
      title={t('rules.hooks')}
      lede={t('rules.hooks-lede')}
      actions={
        barred === null && (
          <Button main onClick={() => setAdding(true)}>
            {t('rules.hook-new')}
          </Button>
        )
      }
    >
      {barred === null ? (
        <>
          <RuleTabs />
          <Webhooks />
          {barredFromAdministering(asker) === null && <Networks />}
          {adding && <WebhookDialog webhook={null} onClose={() => setAdding(false)} />}
        </>
      ) : (
        <Problem title={t(barred)} />
      )}
    </Page>
  )
}

function Webhooks() {
  const t = useText()
  const format = useFormat()
  const { data: webhooks } = useSuspenseQuery(webhooksQuery())
  const columns: readonly Column<Webhook>[] = [
    {
      key: 'name',
      head: t('rules.hook'),
      width: '34%',
      narrow: 'lead',
      cell: ({ id, name, url }) => (
        <>
          <Link to="/webhooks/$id" params={{ id }}>
            {name}
          </Link>
          <br />
          <span className="pl-small pl-quiet">{new URL(url).host}</span>
        </>
      ),
    },
    { key: 'kinds', head: t('rules.hook-kinds'), narrow: 'hidden', cell: ({ kinds }) => kinds.join(', ') },
    {
      key: 'customer',
      head: t('rules.customer'),
      width: '16%',
      narrow: 'under',
      cell: ({ customer }) => customer?.name ?? t('rules.all-customers'),
    },
    {
      key: 'delivered',
      head: t('rules.hook-delivered'),
      width: '110px',
      numeric: true,
      narrow: 'hidden',
      cell: ({ delivered }) => format.number(delivered),
    },
    {
      key: 'state',
      head: t('rules.state'),
      width: '190px',
      narrow: 'under',
      cell: (webhook) => <WebhookStanding webhook={webhook} />,
    },
  ]
  return (
    <Table
      label={t('rules.hooks')}
      columns={columns}
      rows={webhooks}
      rowKey={({ id }) => id}
      empty={<Empty title={t('rules.hooks-none')}>{t('rules.hooks-none-more')}</Empty>}
    />
  )
}

/** Whether a webhook is told, and whether it takes what it is told. */
export function WebhookStanding({ webhook: { pauseReason, failures } }: { readonly webhook: Webhook }) {
  const t = useText()
  if (pauseReason === 'asked') return <State is="paused">{t('rules.hook-paused.asked')}</State>
  if (pauseReason !== null) return <State is="miss">{t(`rules.hook-paused.${pauseReason}`)}</State>
  if (failures > 0) return <State is="soon">{t('rules.hook-failing', { failures })}</State>
  return <State is="met">{t('rules.hook-told')}</State>
}

/** Networks of our own that webhooks may lead into; an administrator's affair. */
function Networks() {
  const t = useText()
  const { data: settings } = useQuery({
    queryKey: ['settings', 'all'],
    queryFn: ({ signal }) => call(organisation.getSettings, {}, signal),
  })
  return (
    <Section title={t('rules.networks')} hint={t('rules.networks-hint')}>
      {settings !== undefined && <NetworksForm key={settings.version} settings={settings} />}
    </Section>
  )
}

function NetworksForm({ settings }: { readonly settings: organisation.Settings }) {
  const t = useText()
  const client = useQueryClient()
  const form = useForm({
    initial: { outgoingNetworks: settings.outgoingNetworks.join(', ') },
    submit: async ({ outgoingNetworks }) => {
      const networks = outgoingNetworks.split(',').flatMap((network) => network.trim() || [])
      await call(organisation.changeSettings, { body: { outgoingNetworks: networks }, match: settings.version })
      await client.invalidateQueries({ queryKey: ['settings'] })
      notify(t('rules.networks-saved'))
    },
  })
  return (
    <Form form={form} lesser action={t('rules.save')} barred={form.dirty ? null : t('rules.nothing-changed')}>
      <TextField
        field={form.field('outgoingNetworks')}
        label={t('rules.networks-allowed')}
        placeholder="10.1.0.0/16"
        optional
      />
    </Form>
  )
}
