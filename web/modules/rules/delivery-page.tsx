import { useQueryClient, useSuspenseQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { useState } from 'react'
import * as api from '#api/webhooks'
import { call } from '#web/http/call.ts'
import { Button } from '#web/ui/button.tsx'
import { Facts } from '#web/ui/facts.tsx'
import { notify } from '#web/ui/notices.tsx'
import { Page, Section, SideSection } from '#web/ui/page.tsx'
import { Problem } from '#web/ui/problem.tsx'
import { type Column, Table } from '#web/ui/table.tsx'
import { useText } from '#web/ui/text.tsx'
import { useFormat } from '#web/ui/use-format.ts'
import { DeliveryState, lastWords } from './delivery-words.tsx'
import { deliveryQuery } from './queries.ts'
import { Told } from './told.tsx'
import classes from './rules.module.css'

const route = getRouteApi('/shell/webhook-deliveries/$id')

/** One thing that was sent: to the letter, and what came back each time. */
export function DeliveryPage() {
  const t = useText()
  const format = useFormat()
  const client = useQueryClient()
  const { id } = route.useParams()
  const { data: delivery } = useSuspenseQuery(deliveryQuery(id))
  const [failure, setFailure] = useState<unknown>(null)
  const { kind, webhook, incident, request, state, dueAt, body, log, createdAt } = delivery
  async function replay() {
    setFailure(null)
    try {
      client.setQueryData(deliveryQuery(id).queryKey, await call(api.replayWebhookDelivery, { params: { id } }))
      await client.invalidateQueries({ queryKey: ['webhooks'] })
      notify(t('rules.hook-replayed'))
    } catch (thrown) {
      setFailure(thrown)
    }
  }
  const columns: readonly Column<(typeof log)[number]>[] = [
    { key: 'at', head: t('rules.at'), width: '180px', narrow: 'lead', cell: ({ at }) => format.instant(at) },
    { key: 'how', head: t('rules.hook-how'), width: '34%', narrow: 'under', cell: (each) => lastWords(t, each) },
    {
      key: 'answer',
      head: t('rules.hook-answer'),
      narrow: 'under',
      cell: ({ answer, detail }) => <span className="pl-small">{answer ?? detail}</span>,
    },
  ]
  return (
    <Page
      title={kind}
      crumb={
        <Link to="/webhooks/$id" params={{ id: webhook.id }}>
          {webhook.name}
        </Link>
      }
      actions={<Button onClick={() => void replay()}>{t('rules.hook-replay')}</Button>}
      side={
        <SideSection title={t('rules.facts')}>
          <Facts
            small
            facts={[
              { name: t('rules.state'), value: <DeliveryState state={state} /> },
              { name: t('rules.at'), value: format.instant(createdAt) },
              ...(dueAt === null ? [] : [{ name: t('rules.hook-next'), value: format.instant(dueAt) }]),
              ...(incident === null && request === null
                ? []
                : [
                    {
                      name: t(incident === null ? 'rules.request' : 'rules.incident'),
                      value: <Told incident={incident} request={request} />,
                    },
                  ]),
              { name: t('rules.hook-id'), value: <span className="pl-tiny">{id}</span> },
            ]}
          />
        </SideSection>
      }
    >
      {failure !== null && <Problem failure={failure} />}
      <Section title={t('rules.hook-attempts')}>
        <Table label={t('rules.hook-attempts')} columns={columns} rows={log} rowKey={({ id: attempt }) => attempt} />
      </Section>
      <Section title={t('rules.hook-body')}>
        <pre className={classes.body}>{pretty(body)}</pre>
      </Section>
    </Page>
  )
}

/** With line breaks for people; what was sent has none. */
function pretty(body: string): string {
  try {
    return JSON.stringify(JSON.parse(body), null, 2)
  } catch {
    return body
  }
}
