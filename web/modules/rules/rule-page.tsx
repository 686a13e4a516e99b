import { useQueryClient, useSuspenseQuery } from '@tanstack/react-query'
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router'
import * as api from '#api/rules'
import { barredFromManaging, type Rule } from '#api/rules'
import { call } from '#web/http/call.ts'
import { useAsker } from '#web/modules/people/index.ts'
import { Button } from '#web/ui/button.tsx'
import { Facts } from '#web/ui/facts.tsx'
import { notify } from '#web/ui/notices.tsx'
import { Page, SideSection } from '#web/ui/page.tsx'
import { Problem } from '#web/ui/problem.tsx'
import { useText } from '#web/ui/text.tsx'
import { useFormat } from '#web/ui/use-format.ts'
import { Editor } from './editor.tsx'
import { ruleQuery } from './queries.ts'
import { RuleLog } from './rule-log.tsx'
import { Standing } from './rules-page.tsx'
import { ruleWords } from './words.ts'

const route = getRouteApi('/shell/rules/$id')

const empty: api.RuleContent = {
  when: { on: 'opened' },
  if: [],
  actions: [{ do: 'choose', team: null, by: 'turn', skill: null, openOnly: false }],
}

/** A rule to be made. */
export function NewRulePage() {
  const t = useText()
  const navigate = useNavigate()
  const client = useQueryClient()
  const barred = barredFromManaging(useAsker())
  if (barred !== null) return <Barred reason={t(barred)} />
  return (
    <Page title={t('rules.new')} crumb={<Link to="/rules">{t('rules.title')}</Link>} lede={t('rules.new-lede')}>
      <Editor
        initial={{ name: '', customer: '', ...empty }}
        isNew
        onSave={async ({ customer, ...body }) => {
          const { id, name } = await call(api.addRule, {
            body: { ...body, enabled: true, ...(customer !== '' && { customer }) },
          })
          await client.invalidateQueries({ queryKey: ['rules'] })
          notify(t('rules.added', { name }))
          await navigate({ to: '/rules/$id', params: { id } })
        }}
      />
    </Page>
  )
}

/** A rule: what it says, what it would have done, what it did and what it said before. */
export function RulePage() {
  const t = useText()
  const barred = barredFromManaging(useAsker())
  const { id } = route.useParams()
  return barred === null ? <OneRule key={id} id={id} /> : <Barred reason={t(barred)} />
}

function Barred({ reason }: { readonly reason: string }) {
  const t = useText()
  return (
    <Page title={t('rules.title')}>
      <Problem title={reason} />
    </Page>
  )
}

function OneRule({ id }: { readonly id: string }) {
  const t = useText()
  const format = useFormat()
  const client = useQueryClient()
  const { data: rule } = useSuspenseQuery(ruleQuery(id))
  const { name, number, owner, customer, enabledSince, stopped, acted } = rule
  return (
    <Page
      title={name}
      crumb={<Link to="/rules">{t('rules.title')}</Link>}
      lede={ruleWords(t, rule, rule.names)}
      actions={<RuleActions rule={rule} />}
      side={
        <SideSection title={t('rules.facts')}>
          <Facts
            small
            facts={[
              { name: t('rules.state'), value: <Standing rule={rule} /> },
              { name: t('rules.customer'), value: customer?.name ?? t('rules.all-customers') },
              { name: t('rules.owner'), value: owner.name },
              { name: t('rules.number'), value: format.number(number) },
              { name: t('rules.acted'), value: format.number(acted) },
              ...(enabledSince === null ? [] : [{ name: t('rules.since'), value: format.instant(enabledSince) }]),
            ]}
          />
        </SideSection>
      }
    >
      {stopped !== null && (
        <Problem title={stopped.sentence}>
          {format.instant(stopped.at)}
          {stopped.incident !== null && (
            <>
              {' · '}
              <Link to="/incidents/$id" params={{ id: stopped.incident.number }}>
                {stopped.incident.number}
              </Link>
            </>
          )}
        </Problem>
      )}
      <Editor
        key={rule.version}
        initial={{ name, customer: customer?.id ?? '', when: rule.when, if: rule.if, actions: rule.actions }}
        onSave={async ({ name: called, when, if: groups, actions }) => {
          const body = { name: called, when, if: groups, actions }
          const changed = await call(api.changeRule, { params: { id }, body, match: rule.version })
          client.setQueryData(ruleQuery(id).queryKey, changed)
          await client.invalidateQueries({ queryKey: ['rules'] })
          notify(t('rules.changed', { number: changed.number }))
        }}
      />
      <RuleLog id={id} />
    </Page>
  )
}

function RuleActions({ rule: { id, name, version, enabledSince } }: { readonly rule: Rule }) {
  const t = useText()
  const navigate = useNavigate()
  const client = useQueryClient()
  async function turn() {
    await call(api.changeRule, { params: { id }, body: { enabled: enabledSince === null }, match: version })
    await client.invalidateQueries({ queryKey: ['rules'] })
    notify(t(enabledSince === null ? 'rules.turned-on' : 'rules.turned-off', { name }))
  }
  async function end() {
    await call(api.endRule, { params: { id } })
    await navigate({ to: '/rules' })
    await client.invalidateQueries({ queryKey: ['rules'] })
    notify(t('rules.ended', { name }))
  }
  return (
    <>
      <Button onClick={() => void turn()}>{t(enabledSince === null ? 'rules.turn-on' : 'rules.turn-off')}</Button>
      <Button onClick={() => void end()}>{t('rules.end')}</Button>
    </>
  )
}
