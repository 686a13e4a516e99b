import { useMutation, useQueryClient, useSuspenseQuery } from '@tanstack/react-query'
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import * as api from '#api/people'
import type { Provider } from '#api/people'
import { SettingsPage } from '#web/app/settings.tsx'
import { call } from '#web/http/call.ts'
import { GroupRuleDialog } from '#web/modules/people/group-rule-dialog.tsx'
import { ProviderForm } from '#web/modules/people/provider-form.tsx'
import { providerQuery } from '#web/modules/people/provider-queries.ts'
import { RedirectUri } from '#web/modules/people/providers-page.tsx'
import { useRoleLine } from '#web/modules/people/role-words.ts'
import { Button, Buttons, TextButton } from '#web/ui/button.tsx'
import { Dialog } from '#web/ui/dialog.tsx'
import { Empty } from '#web/ui/empty.tsx'
import { notify } from '#web/ui/notices.tsx'
import { Section } from '#web/ui/page.tsx'
import { Problem } from '#web/ui/problem.tsx'
import { type Column, Table } from '#web/ui/table.tsx'
import { useText } from '#web/ui/text.tsx'
import { useFormat } from '#web/ui/use-format.ts'

const route = getRouteApi('/shell/settings/sign-in/$id')

/** One provider: which groups give what, and how it is spoken to. */
export function ProviderPage() {
  const t = useText()
  const { id } = route.useParams()
  const { data: provider } = useSuspenseQuery(providerQuery(id))
  return (
    <SettingsPage
      title={provider.name}
      lede={t('people.provider.lede', { count: provider.people })}
      crumb={<Link to="/settings/sign-in">{t('people.provider.several')}</Link>}
    >
      <Rules provider={provider} />
      <RedirectUri uri={provider.redirectUri} />
      <Section title={t('people.provider.how')}>
        <Terms provider={provider} />
      </Section>
      <Removal provider={provider} />
    </SettingsPage>
  )
}

type Rule = Provider['groups'][number]

function useChange(provider: Provider) {
  const cache = useQueryClient()
  return async (body: api.ProviderChange) => {
    await call(api.changeProvider, { params: { id: provider.id }, body, match: provider.version })
    await Promise.all(['identity-providers', 'sign-in-ways'].map((key) => cache.invalidateQueries({ queryKey: [key] })))
  }
}

function Rules({ provider }: { readonly provider: Provider }) {
  const t = useText()
  const format = useFormat()
  const roleLine = useRoleLine()
  const change = useChange(provider)
  const [adding, setAdding] = useState(false)
  const set = useMutation({
    mutationFn: (rules: readonly Rule[]) =>
      change({ groups: rules.map((rule) => ({ ...rule, customer: rule.customer?.id ?? null })) }),
  })
  const { groups } = provider
  function remove(rule: Rule) {
    set.mutate(groups.filter((each) => each !== rule))
  }
  const columns: readonly Column<Rule>[] = [
    { key: 'group', head: t('people.provider.group'), cell: ({ group }) => group, narrow: 'lead' },
    { key: 'role', head: t('people.role'), cell: (rule) => roleLine(rule), narrow: 'under' },
    {
      key: 'to',
      head: t('people.person.to'),
      cell: ({ validTo }) => (validTo ? format.day(validTo) : t('people.person.open')),
      narrow: 'hidden',
    },
    {
      key: 'remove',
      head: <span className="pl-hidden">{t('people.provider.rule-remove')}</span>,
      numeric: true,
      narrow: 'trail',
      cell: (rule) => (
        <TextButton
          aria-label={t('people.provider.rule-remove-named', { group: rule.group, role: roleLine(rule) })}
          onClick={() => remove(rule)}
        >
          {t('people.provider.rule-remove')}
        </TextButton>
      ),
    },
  ]
  return (
    <Section title={t('people.provider.rules')} hint={t('people.provider.rules-hint')}>
      {set.isError && <Problem failure={set.error} />}
      <Table
        label={t('people.provider.rules')}
        columns={columns}
        rows={groups}
        rowKey={(rule) => `${groups.indexOf(rule)}`}
        empty={<Empty title={t('people.provider.no-rule')}>{t('people.provider.no-rule-more')}</Empty>}
      />
      <div style={{ marginTop: 12 }}>
        <Button onClick={() => setAdding(true)}>{t('people.provider.rule-add')}</Button>
      </div>
      {adding && (
        <GroupRuleDialog
          onAdd={async (rule) => {
            await set.mutateAsync([...groups, rule])
            setAdding(false)
          }}
          onClose={() => setAdding(false)}
        />
      )}
    </Section>
  )
}

function Terms({ provider }: { readonly provider: Provider }) {
  const t = useText()
  const change = useChange(provider)
  return (
    <ProviderForm
      provider={provider}
      action={t('people.account.save')}
      onSubmit={async (terms) => {
        await change(terms)
        notify(t('people.account.saved'))
      }}
    />
  )
}

function Removal({ provider: { id, name } }: { readonly provider: Provider }) {
  const t = useText()
  const cache = useQueryClient()
  const navigate = useNavigate()
  const [asking, setAsking] = useState(false)
  const remove = useMutation({
    mutationFn: () => call(api.removeProvider, { params: { id } }),
    async onSuccess() {
      await navigate({ to: '/settings/sign-in' })
      await cache.invalidateQueries({ queryKey: ['identity-providers'] })
      notify(t('people.provider.removed', { name }))
    },
  })
  return (
    <Section title={t('people.provider.remove')} hint={t('people.provider.remove-hint')}>
      <Button onClick={() => setAsking(true)}>{t('people.provider.remove')}</Button>
      {asking && (
        <Dialog title={t('people.provider.remove-named', { name })} onClose={() => setAsking(false)}>
          {remove.isError && <Problem failure={remove.error} />}
          <p style={{ marginBottom: 16 }}>{t('people.provider.remove-why')}</p>
          <Buttons>
            <Button main busy={remove.isPending} onClick={() => remove.mutate()}>
              {t('people.provider.remove')}
            </Button>
            <Button onClick={() => setAsking(false)}>{t('ui.cancel')}</Button>
          </Buttons>
        </Dialog>
      )}
    </Section>
  )
}
