import { useMutation, useQueryClient, useSuspenseQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { useState } from 'react'
import * as api from '#api/people'
import type { HandedLink, Person } from '#api/people'
import { call } from '#web/http/call.ts'
import { AccountState } from '#web/modules/people/account-state.tsx'
import { Handed } from '#web/modules/people/handed.tsx'
import { PersonAccess } from '#web/modules/people/person-access.tsx'
import { PersonRoles } from '#web/modules/people/person-roles.tsx'
import { personQuery } from '#web/modules/people/queries.ts'
import { useAsker } from '#web/modules/people/session.ts'
import { Button, Buttons } from '#web/ui/button.tsx'
import { Dialog } from '#web/ui/dialog.tsx'
import { Facts } from '#web/ui/facts.tsx'
import { notify } from '#web/ui/notices.tsx'
import { Page, Section, SideSection } from '#web/ui/page.tsx'
import { Problem } from '#web/ui/problem.tsx'
import { type Say, useText } from '#web/ui/text.tsx'
import { useFormat } from '#web/ui/use-format.ts'

const route = getRouteApi('/shell/people/$id')

/** Somebody: what they may do, since when and for whom, and how they sign in. */
export function PersonPage() {
  const t = useText()
  const { id } = route.useParams()
  const asker = useAsker()
  const { data: person } = useSuspenseQuery(personQuery(id))
  return (
    <Page
      title={person.name}
      crumb={<Link to="/people">{t('people.list.title')}</Link>}
      lede={person.customer?.name ?? t('people.person.ours')}
      side={<PersonFacts person={person} />}
    >
      <PersonRoles person={person} />
      {api.barredFromSeeingAccess(asker, id) === null && <PersonAccess id={id} />}
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
  async function signOut() {
    const { ended } = await call(api.signOutPerson, { params })
    notify(t('people.person.signed-out', { name, count: ended }))
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
        {account === 'active' && restoring === null && (
          <Button onClick={() => change.mutate(signOut)}>{t('people.person.sign-out')}</Button>
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
