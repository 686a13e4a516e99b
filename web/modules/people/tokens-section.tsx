import { useMutation, useQueryClient, useSuspenseQuery } from '@tanstack/react-query'
import { useState } from 'react'
import * as api from '#api/people'
import type { TokenScope } from '#api/people'
import { call } from '#web/http/call.ts'
import { Once } from '#web/modules/people/once.tsx'
import { tokensQuery } from '#web/modules/people/queries.ts'
import { Button, TextButton } from '#web/ui/button.tsx'
import { Dialog } from '#web/ui/dialog.tsx'
import { Empty } from '#web/ui/empty.tsx'
import { RadioField, SelectField, TextField } from '#web/ui/field.tsx'
import { Form, useForm } from '#web/ui/form.tsx'
import { Section } from '#web/ui/page.tsx'
import { Problem } from '#web/ui/problem.tsx'
import { type Column, Table } from '#web/ui/table.tsx'
import { useText } from '#web/ui/text.tsx'
import { useFormat } from '#web/ui/use-format.ts'

const DAY_MS = 86_400_000

/** Tokens with which programs act as oneself. */
export function TokensSection() {
  const t = useText()
  const format = useFormat()
  const cache = useQueryClient()
  const { data } = useSuspenseQuery(tokensQuery())
  const [making, setMaking] = useState(false)
  const revoke = useMutation({
    mutationFn: (id: string) => call(api.revokeToken, { params: { id } }),
    onSuccess: () => cache.invalidateQueries({ queryKey: tokensQuery().queryKey }),
  })
  const columns: readonly Column<api.ApiToken>[] = [
    { key: 'name', head: t('people.name'), cell: ({ name }) => name, narrow: 'lead' },
    {
      key: 'scopes',
      head: t('people.tokens.scope'),
      cell: ({ scopes }) =>
        t(
          `people.tokens.${scopes.length === 0 || scopes.includes('write') ? 'all' : scopes.includes('read') ? 'read' : 'calendar'}`,
        ),
      narrow: 'under',
    },
    { key: 'made', head: t('people.tokens.made'), cell: ({ createdAt }) => format.day(createdAt), narrow: 'hidden' },
    {
      key: 'used',
      head: t('people.tokens.used'),
      cell: ({ lastUsedAt }) => (lastUsedAt ? format.instant(lastUsedAt) : t('people.tokens.never')),
      narrow: 'under',
    },
    {
      key: 'ends',
      head: t('people.tokens.ends'),
      cell: ({ expiresAt }) => (expiresAt ? format.day(expiresAt) : t('people.tokens.no-end')),
      narrow: 'hidden',
    },
    {
      key: 'revoke',
      head: <span className="pl-hidden">{t('people.tokens.revoke')}</span>,
      numeric: true,
      narrow: 'trail',
      cell: ({ id, name }) => (
        <TextButton aria-label={t('people.tokens.revoke-named', { name })} onClick={() => revoke.mutate(id)}>
          {t('people.tokens.revoke')}
        </TextButton>
      ),
    },
  ]
  return (
    <Section title={t('people.tokens.title')} hint={t('people.tokens.hint')}>
      {revoke.isError && <Problem failure={revoke.error} />}
      <Table
        label={t('people.tokens.title')}
        columns={columns}
        rows={data.items}
        rowKey={({ id }) => id}
        empty={<Empty title={t('people.tokens.none')}>{t('people.tokens.none-more')}</Empty>}
      />
      <div style={{ marginTop: 12 }}>
        <Button onClick={() => setMaking(true)}>{t('people.tokens.make')}</Button>
      </div>
      {making && <MakeDialog onClose={() => setMaking(false)} />}
    </Section>
  )
}

const scopesOf = { read: ['read'], all: ['read', 'write'], calendar: ['calendar'] } satisfies Record<
  string,
  TokenScope[]
>
const lasting = ['30', '90', '365', 'none'] as const

function MakeDialog({ onClose }: { readonly onClose: () => void }) {
  const t = useText()
  const cache = useQueryClient()
  const [token, setToken] = useState<string | null>(null)
  const form = useForm<{ name: string; scope: keyof typeof scopesOf; days: (typeof lasting)[number] }>({
    initial: { name: '', scope: 'read', days: '90' },
    check: ({ name }) => ({ name: name.trim() === '' ? t('people.tokens.name-missing') : undefined }),
    async submit({ name, scope, days }) {
      const made = await call(api.createToken, {
        body: {
          name,
          scopes: scopesOf[scope],
          ...(days !== 'none' && { expiresAt: new Date(Date.now() + Number(days) * DAY_MS) }),
        },
      })
      setToken(made.token)
      await cache.invalidateQueries({ queryKey: tokensQuery().queryKey })
    },
  })
  if (token !== null) {
    return (
      <Dialog title={t('people.tokens.made-title', { name: form.values.name })} onClose={onClose}>
        <Once secret={token} label={t('people.tokens.token')} />
      </Dialog>
    )
  }
  return (
    <Dialog title={t('people.tokens.make')} onClose={onClose}>
      <Form form={form} action={t('people.tokens.make')} onCancel={onClose}>
        <TextField field={form.field('name')} label={t('people.name')} hint={t('people.tokens.name-hint')} autoFocus />
        <RadioField
          field={form.field('scope')}
          label={t('people.tokens.scope')}
          options={[
            { value: 'read', label: t('people.tokens.read') },
            { value: 'all', label: t('people.tokens.all') },
            { value: 'calendar', label: t('people.tokens.calendar') },
          ]}
        />
        <SelectField
          field={form.field('days')}
          label={t('people.tokens.ends')}
          options={lasting.map((days) => ({
            value: days,
            label: days === 'none' ? t('people.tokens.no-end') : t('people.tokens.days', { days: Number(days) }),
          }))}
        />
      </Form>
    </Dialog>
  )
}
