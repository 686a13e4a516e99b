import { useMutation, useQueryClient, useSuspenseQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { useState } from 'react'
import * as api from '#api/people'
import type { HandedLink, Person, RoleAssignment } from '#api/people'
import { call } from '#web/http/call.ts'
import { AccountState } from '#web/modules/people/account-state.tsx'
import { Handed } from '#web/modules/people/handed.tsx'
import { personQuery } from '#web/modules/people/queries.ts'
import { checkRole, RoleFields, type RoleValues, sentRole } from '#web/modules/people/role-form.tsx'
import { useRoleLine } from '#web/modules/people/role-words.ts'
import { useAsker } from '#web/modules/people/session.ts'
import { Button, Buttons, TextButton } from '#web/ui/button.tsx'
import { Dialog } from '#web/ui/dialog.tsx'
import { Empty } from '#web/ui/empty.tsx'
import { Facts } from '#web/ui/facts.tsx'
import { Form, useForm } from '#web/ui/form.tsx'
import { notify } from '#web/ui/notices.tsx'
import { Page, Section, SideSection } from '#web/ui/page.tsx'
import { Problem } from '#web/ui/problem.tsx'
import { type Column, Table } from '#web/ui/table.tsx'
import { type Say, useText } from '#web/ui/text.tsx'
import { useFormat } from '#web/ui/use-format.ts'

const route = getRouteApi('/shell/people/$id')

/** Somebody: what they may do, since when and for whom, and how they sign in. */
export function PersonPage() {
  const t = useText()
  const { id } = route.useParams()
  const { data: person } = useSuspenseQuery(personQuery(id))
  return (
    <Page
      title={person.name}
      crumb={<Link to="/people">{t('people.list.title')}</Link>}
      lede={person.customer?.name ?? t('people.person.ours')}
      side={<PersonFacts person={person} />}
    >
      <Roles person={person} />
      <SigningIn person={person} />
    </Page>
  )
}

function PersonFacts({ person }: { readonly person: Person }) {
  const t = useText()
  const format = useFormat()
  const { email, account, twoFactor, language, timeZone, createdAt } = person
  return (
    <SideSection title={t('people.person.facts')}>
      <Facts
        small
        facts={[
          { name: t('people.email'), value: email ?? '–' },
          ...(account === null ? [] : [{ name: t('people.signs-in'), value: <AccountState account={account} /> }]),
          ...(twoFactor === null
            ? []
            : [
                {
                  name: t('people.two-factor.short'),
                  value: t(twoFactor ? 'people.two-factor.on' : 'people.two-factor.off'),
                },
              ]),
          { name: t('people.language'), value: new Intl.DisplayNames(language, { type: 'language' }).of(language) },
          ...(timeZone === null ? [] : [{ name: t('people.account.zone'), value: format.zone(timeZone) }]),
          { name: t('people.person.since'), value: format.date(createdAt) },
        ]}
      />
    </SideSection>
  )
}

function Roles({ person }: { readonly person: Person }) {
  const t = useText()
  const format = useFormat()
  const roleLine = useRoleLine()
  const cache = useQueryClient()
  const asker = useAsker()
  const [giving, setGiving] = useState(false)
  const barred = api.barredFromKeepingPerson(asker, person)
  const end = useMutation({
    mutationFn: (roleId: string) => call(api.endRole, { params: { id: person.id, roleId } }),
    onSuccess: () => cache.invalidateQueries({ queryKey: ['people'] }),
  })
  const columns: readonly Column<RoleAssignment>[] = [
    { key: 'role', head: t('people.role'), cell: roleLine, narrow: 'lead' },
    { key: 'from', head: t('people.person.from'), cell: ({ validFrom }) => format.day(validFrom), narrow: 'under' },
    {
      key: 'to',
      head: t('people.person.to'),
      cell: ({ validTo }) => (validTo ? format.day(validTo) : t('people.person.open')),
      narrow: 'under',
    },
    {
      key: 'end',
      head: <span className="pl-hidden">{t('people.person.end-role')}</span>,
      numeric: true,
      narrow: 'trail',
      cell: (held) =>
        api.barredFromGranting(asker, held.role) === null && (
          <TextButton
            aria-label={t('people.person.end-role-named', { role: roleLine(held) })}
            onClick={() => end.mutate(held.id)}
          >
            {t('people.person.end-role')}
          </TextButton>
        ),
    },
  ]
  return (
    <Section title={t('people.roles')}>
      {end.isError && <Problem failure={end.error} />}
      <Table
        label={t('people.roles')}
        columns={columns}
        rows={person.roles}
        rowKey={({ id }) => id}
        empty={<Empty title={t('people.no-role')}>{t('people.person.no-role-more')}</Empty>}
      />
      <div style={{ marginTop: 12 }}>
        <Button barred={barred && t(barred)} onClick={() => setGiving(true)}>
          {t('people.person.give-role')}
        </Button>
      </div>
      {giving && <GiveRole person={person} onClose={() => setGiving(false)} />}
    </Section>
  )
}

function GiveRole({ person, onClose }: { readonly person: Person; readonly onClose: () => void }) {
  const t = useText()
  const cache = useQueryClient()
  const fitting = api.roles.filter((role) => api.isCustomersRole(role) === (person.customer !== null))
  const form = useForm<RoleValues>({
    initial: { role: person.customer ? 'customer-stakeholder' : 'agent', customer: person.customer?.id ?? '' },
    check: (values) => checkRole(t, values),
    async submit(values) {
      await call(api.grantRole, { params: { id: person.id }, body: sentRole(values) })
      await cache.invalidateQueries({ queryKey: ['people'] })
      onClose()
    },
  })
  return (
    <Dialog title={t('people.person.give-role-to', { name: person.name })} onClose={onClose}>
      <Form
        form={form}
        actions={
          <>
            <Button main type="submit" busy={form.busy}>
              {t('people.person.give')}
            </Button>
            <Button onClick={onClose}>{t('ui.cancel')}</Button>
          </>
        }
      >
        <RoleFields form={form} of={fitting} />
      </Form>
    </Dialog>
  )
}

function SigningIn({ person }: { readonly person: Person }) {
  const t = useText()
  const cache = useQueryClient()
  const asker = useAsker()
  const [handed, setHanded] = useState<HandedLink | null>(null)
  const { id, name, account, twoFactor } = person
  const restoring = said(t, api.barredFromRestoringSignIn(asker, id))
  const disabling = said(t, api.barredFromDisabling(asker, id))
  const change = useMutation({
    mutationFn: (work: () => Promise<unknown>) => work(),
    onSuccess: () => cache.invalidateQueries({ queryKey: ['people'] }),
  })
  const params = { id }
  const enable = () => change.mutate(() => call(api.enablePerson, { params }))
  async function disable() {
    await call(api.disablePerson, { params })
    notify(t('people.person.disabled', { name }), enable)
  }
  async function link() {
    setHanded(await call(api.issuePasswordReset, { params }))
  }
  if (account === null || account === 'none') return null
  return (
    <Section title={t('people.person.signing-in')} hint={t('people.person.signing-in-hint')}>
      {change.isError && <Problem failure={change.error} />}
      <Buttons>
        {account !== 'disabled' && (
          <Button barred={restoring} onClick={() => change.mutate(link)}>
            {t(account === 'invited' ? 'people.person.new-invitation' : 'people.person.new-password')}
          </Button>
        )}
        {twoFactor && restoring === null && (
          <Button onClick={() => change.mutate(() => call(api.removeTwoFactor, { params }))}>
            {t('people.person.remove-two-factor')}
          </Button>
        )}
        {account === 'disabled' ? (
          <Button barred={disabling} onClick={enable}>
            {t('people.person.enable')}
          </Button>
        ) : (
          restoring === null && <Button onClick={() => change.mutate(disable)}>{t('people.person.disable')}</Button>
        )}
      </Buttons>
      {handed && (
        <Dialog title={t('people.person.link-for', { name })} onClose={() => setHanded(null)} width={560}>
          <Handed handed={handed} why={t('people.invite.pass-on', { name })} />
        </Dialog>
      )}
    </Section>
  )
}

function said(t: Say, reason: ReturnType<typeof api.barredFromDisabling>): string | null {
  return reason === null ? null : t(reason)
}
