import { useMutation, useQueryClient, useSuspenseQuery } from '@tanstack/react-query'
import * as api from '#api/people'
import type { Identity } from '#api/people'
import { call } from '#web/http/call.ts'
import { signInWaysQuery, useProvider } from '#web/modules/people/provider-sign-in.tsx'
import { identitiesQuery } from '#web/modules/people/queries.ts'
import { Button, Buttons, TextButton } from '#web/ui/button.tsx'
import { Section } from '#web/ui/page.tsx'
import { Problem } from '#web/ui/problem.tsx'
import { type Column, Table } from '#web/ui/table.tsx'
import { useText } from '#web/ui/text.tsx'
import { useFormat } from '#web/ui/use-format.ts'

/** Providers by which one signs in oneself; not there where the installation has none. */
export function IdentitiesSection() {
  const t = useText()
  const format = useFormat()
  const cache = useQueryClient()
  const { data: ways } = useSuspenseQuery(signInWaysQuery())
  const { data } = useSuspenseQuery(identitiesQuery())
  const go = useProvider(true)
  const disconnect = useMutation({
    mutationFn: (id: string) => call(api.disconnectIdentity, { params: { id } }),
    onSuccess: () => cache.invalidateQueries({ queryKey: identitiesQuery().queryKey }),
  })
  const others = ways.items.filter(({ name }) => !data.items.some((identity) => identity.name === name))
  if (ways.items.length === 0 && data.items.length === 0) return null
  const columns: readonly Column<Identity>[] = [
    { key: 'name', head: t('people.identities.provider'), cell: ({ name }) => name, narrow: 'lead' },
    { key: 'email', head: t('people.identities.as'), cell: ({ email }) => email ?? '–', narrow: 'under' },
    {
      key: 'used',
      head: t('people.identities.used'),
      cell: ({ lastUsedAt }) => format.instant(lastUsedAt),
      narrow: 'hidden',
    },
    {
      key: 'end',
      head: <span className="pl-hidden">{t('people.identities.disconnect')}</span>,
      numeric: true,
      narrow: 'trail',
      cell: ({ id, name }) => (
        <TextButton
          aria-label={t('people.identities.disconnect-named', { name })}
          onClick={() => disconnect.mutate(id)}
        >
          {t('people.identities.disconnect')}
        </TextButton>
      ),
    },
  ]
  return (
    <Section title={t('people.identities.title')} hint={t('people.identities.hint')}>
      {disconnect.isError && <Problem failure={disconnect.error} />}
      {go.isError && <Problem failure={go.error} />}
      {data.items.length > 0 && (
        <Table label={t('people.identities.title')} columns={columns} rows={data.items} rowKey={({ id }) => id} />
      )}
      {others.length > 0 && (
        <div style={{ marginTop: 12 }}>
          <Buttons>
            {others.map(({ id, name }) => (
              <Button
                key={id}
                busy={go.isPending && go.variables.provider === id}
                onClick={() => go.mutate({ provider: id })}
              >
                {t('people.identities.connect', { name })}
              </Button>
            ))}
          </Buttons>
        </div>
      )}
    </Section>
  )
}
