import { useQueryClient, useSuspenseQuery } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import * as api from '#api/people'
import type { Provider } from '#api/people'
import { SettingsPage } from '#web/app/settings.tsx'
import { call } from '#web/http/call.ts'
import { CopyButton } from '#web/modules/people/once.tsx'
import { ProviderForm } from '#web/modules/people/provider-form.tsx'
import { providersQuery } from '#web/modules/people/provider-queries.ts'
import { SignInRules } from '#web/modules/people/sign-in-rules.tsx'
import { LinkButton } from '#web/ui/button.tsx'
import { Empty } from '#web/ui/empty.tsx'
import { Section } from '#web/ui/page.tsx'
import { State } from '#web/ui/state.tsx'
import { type Column, Table } from '#web/ui/table.tsx'
import { useText } from '#web/ui/text.tsx'

/** How people sign in here: rules for passwords and sessions, and who else vouches for people. */
export function ProvidersPage() {
  const t = useText()
  return (
    <SettingsPage title={t('people.sign-in-settings.title')} lede={t('people.sign-in-settings.lede')}>
      <Providers />
      <SignInRules />
    </SettingsPage>
  )
}

function Providers() {
  const t = useText()
  const { data } = useSuspenseQuery(providersQuery())
  const columns: readonly Column<Provider>[] = [
    {
      key: 'name',
      head: t('people.provider.one'),
      narrow: 'lead',
      cell: ({ id, name }) => (
        <Link to="/settings/sign-in/$id" params={{ id }}>
          {name}
        </Link>
      ),
    },
    { key: 'issuer', head: t('people.provider.issuer'), narrow: 'under', cell: ({ issuer }) => issuer },
    {
      key: 'rules',
      head: t('people.provider.rules'),
      numeric: true,
      narrow: 'hidden',
      cell: ({ groups }) => groups.length,
    },
    { key: 'people', head: t('people.list.title'), numeric: true, narrow: 'hidden', cell: ({ people }) => people },
    {
      key: 'state',
      head: t('people.provider.state'),
      narrow: 'trail',
      cell: ({ enabled }) => (
        <State is={enabled ? 'met' : 'none'}>{t(enabled ? 'people.provider.on' : 'people.provider.off')}</State>
      ),
    },
  ]
  const add = <LinkButton to="/settings/sign-in/new">{t('people.provider.add')}</LinkButton>
  return (
    <Section title={t('people.provider.several')} hint={t('people.provider.hint')}>
      <Table
        label={t('people.provider.several')}
        columns={columns}
        rows={data.items}
        rowKey={({ id }) => id}
        empty={
          <Empty title={t('people.provider.none')} actions={add}>
            {t('people.provider.none-more')}
          </Empty>
        }
      />
      {data.items.length > 0 && <div style={{ marginTop: 12 }}>{add}</div>}
    </Section>
  )
}

/** Another provider: it is asked who it is before it is kept. */
export function NewProviderPage() {
  const t = useText()
  return (
    <SettingsPage title={t('people.provider.add')} lede={t('people.provider.new-lede')}>
      <NewProvider />
    </SettingsPage>
  )
}

function NewProvider() {
  const t = useText()
  const cache = useQueryClient()
  const navigate = useNavigate()
  const { data } = useSuspenseQuery(providersQuery())
  return (
    <>
      <RedirectUri uri={data.redirectUri} />
      <Section title={t('people.provider.how')}>
        <ProviderForm
          provider={null}
          action={t('people.provider.ask-and-add')}
          onSubmit={async (terms) => {
            const { id } = await call(api.addProvider, { body: terms })
            await cache.invalidateQueries({ queryKey: ['identity-providers'] })
            await navigate({ to: '/settings/sign-in/$id', params: { id }, ignoreBlocker: true })
          }}
        />
      </Section>
    </>
  )
}

/** What has to be told to the provider. */
export function RedirectUri({ uri }: { readonly uri: string }) {
  const t = useText()
  return (
    <Section title={t('people.provider.redirect')} hint={t('people.provider.redirect-hint')}>
      <p>
        <code style={{ overflowWrap: 'anywhere' }}>{uri}</code>
      </p>
      <div style={{ marginTop: 8 }}>
        <CopyButton text={uri} />
      </div>
    </Section>
  )
}
