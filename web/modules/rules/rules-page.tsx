import { useQueryClient, useSuspenseQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import * as api from '#api/rules'
import { barredFromManaging, type Rule } from '#api/rules'
import { call } from '#web/http/call.ts'
import { useAsker } from '#web/modules/people/index.ts'
import { LinkButton, TextButton } from '#web/ui/button.tsx'
import { Empty } from '#web/ui/empty.tsx'
import { Page } from '#web/ui/page.tsx'
import { Problem } from '#web/ui/problem.tsx'
import { State } from '#web/ui/state.tsx'
import { type Column, Table } from '#web/ui/table.tsx'
import { useText } from '#web/ui/text.tsx'
import { useFormat } from '#web/ui/use-format.ts'
import { rulesQuery } from './queries.ts'
import { RuleTabs } from './tabs.tsx'
import { ruleWords } from './words.ts'

/** What happens by itself: when, if, then. */
export function RulesPage() {
  const t = useText()
  const barred = barredFromManaging(useAsker())
  return (
    <Page
      title={t('rules.title')}
      lede={t('rules.lede')}
      actions={
        barred === null && (
          <LinkButton main to="/rules/new">
            {t('rules.new')}
          </LinkButton>
        )
      }
    >
      {barred === null ? (
        <>
          <RuleTabs />
          <Rules />
        </>
      ) : (
        <Problem title={t(barred)} />
      )}
    </Page>
  )
}

function Rules() {
  const t = useText()
  const format = useFormat()
  const client = useQueryClient()
  const { data: rules } = useSuspenseQuery(rulesQuery())

  async function moveUp(id: string) {
    const ids = rules.map((rule) => rule.id)
    const at = ids.indexOf(id)
    ids.splice(at - 1, 2, id, ids[at - 1]!)
    const { items } = await call(api.orderRules, { body: { ids } })
    client.setQueryData(rulesQuery().queryKey, items)
  }
  const columns: readonly Column<Rule>[] = [
    {
      key: 'name',
      head: t('rules.rule'),
      narrow: 'lead',
      cell: (rule) => (
        <>
          <Link to="/rules/$id" params={{ id: rule.id }}>
            {rule.name}
          </Link>
          <br />
          <span className="pl-small pl-quiet">{ruleWords(t, rule, rule.names)}</span>
        </>
      ),
    },
    {
      key: 'customer',
      head: t('rules.customer'),
      width: '16%',
      narrow: 'under',
      cell: ({ customer }) => customer?.name ?? t('rules.all-customers'),
    },
    {
      key: 'acted',
      head: t('rules.acted'),
      width: '110px',
      numeric: true,
      narrow: 'hidden',
      cell: ({ acted }) => format.number(acted),
    },
    { key: 'state', head: t('rules.state'), width: '150px', narrow: 'under', cell: (rule) => <Standing rule={rule} /> },
    {
      key: 'up',
      head: <span className="pl-hidden">{t('rules.order')}</span>,
      width: '60px',
      numeric: true,
      narrow: 'trail',
      cell: ({ id, name }) =>
        rules[0]?.id !== id && (
          <TextButton aria-label={t('rules.up', { name })} onClick={() => void moveUp(id)}>
            ↑
          </TextButton>
        ),
    },
  ]
  return (
    <Table
      label={t('rules.title')}
      columns={columns}
      rows={rules}
      rowKey={({ id }) => id}
      empty={<Empty title={t('rules.none')}>{t('rules.none-more')}</Empty>}
    />
  )
}

/** Whether a rule is on, and whether it was kept from acting. */
export function Standing({ rule: { enabledSince, stopped } }: { readonly rule: Rule }) {
  const t = useText()
  if (stopped !== null)
    return <State is="soon">{t(enabledSince === null ? 'rules.stopped-off' : 'rules.stopped')}</State>
  return enabledSince === null ? (
    <State is="paused">{t('rules.off')}</State>
  ) : (
    <State is="met">{t('rules.is-on')}</State>
  )
}
