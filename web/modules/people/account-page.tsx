import { useQueryClient } from '@tanstack/react-query'
import * as api from '#api/people'
import { call } from '#web/http/call.ts'
import { NewPasswordField, passwordFault } from '#web/modules/people/new-password.tsx'
import { IdentitiesSection } from '#web/modules/people/identities-section.tsx'
import { SessionsSection } from '#web/modules/people/sessions-section.tsx'
import { sessionQuery, useSession } from '#web/modules/people/session.ts'
import { TokensSection } from '#web/modules/people/tokens-section.tsx'
import { TwoFactorSection } from '#web/modules/people/two-factor-section.tsx'
import { useRoleLine } from '#web/modules/people/role-words.ts'
import { LinkButton } from '#web/ui/button.tsx'
import { PasswordField, TextField } from '#web/ui/field.tsx'
import { Form, useForm } from '#web/ui/form.tsx'
import { notify } from '#web/ui/notices.tsx'
import { Page, Section } from '#web/ui/page.tsx'
import { Text, useText } from '#web/ui/text.tsx'
import { ZonePicker } from '#web/ui/zone-picker.tsx'
import { browserZone } from '#web/ui/format.ts'
import { useFormat } from '#web/ui/use-format.ts'
import classes from './account-page.module.css'

/** Oneself: name, zone, how one signs in, where one is signed in, and tokens for programs. */
export function AccountPage() {
  const t = useText()
  const format = useFormat()
  const roleLine = useRoleLine()
  const { person, roles, access } = useSession()
  const have = format.list(roles.map(roleLine))
  return (
    <Page
      title={t('people.account.title')}
      lede={
        <Text
          id={access === 'customer' ? 'people.account.lede-customer' : 'people.account.lede'}
          values={{ email: person?.email ?? '', roles: have, count: roles.length }}
          components={{ b: <b /> }}
        />
      }
    >
      <div className={classes.columns}>
        <Section title={t('people.account.you')}>
          <YouForm />
        </Section>
        <Section title={t('people.password')} hint={t('people.account.password-hint')}>
          <PasswordForm />
        </Section>
      </div>
      <TwoFactorSection />
      <IdentitiesSection />
      <SessionsSection />
      <TokensSection />
      <Section title={t('people.account.data')} hint={t('people.account.data-hint')}>
        <LinkButton to="/account/data">{t('people.account.data-to')}</LinkButton>
      </Section>
    </Page>
  )
}

function YouForm() {
  const t = useText()
  const cache = useQueryClient()
  const { person } = useSession()
  const form = useForm({
    initial: { name: person?.name ?? '', timeZone: person?.timeZone ?? '' },
    check: ({ name }) => ({ name: name.trim() === '' ? t('people.name-missing') : undefined }),
    async submit({ name, timeZone }) {
      const body = { name, timeZone: timeZone === '' ? null : timeZone }
      cache.setQueryData(sessionQuery().queryKey, await call(api.changeOwnPerson, { body }))
      notify(t('people.account.saved'))
    },
  })
  return (
    <Form form={form} guard action={t('people.account.save')} lesser>
      <TextField field={form.field('name')} label={t('people.name')} autoComplete="name" />
      <ZonePicker
        field={form.field('timeZone')}
        label={t('people.account.zone')}
        hint={t('people.account.zone-hint', { zone: browserZone() })}
      />
    </Form>
  )
}

function PasswordForm() {
  const t = useText()
  const { person } = useSession()
  const owner = { email: person?.email ?? '', name: person?.name ?? '' }
  const form = useForm({
    initial: { current: '', password: '' },
    check: ({ current, password }) => ({
      current: current === '' ? t('people.password-missing') : undefined,
      password: passwordFault(t, password, owner),
    }),
    async submit(values) {
      await call(api.changePassword, { body: values })
      form.reset()
      notify(t('people.account.password-changed'))
    },
  })
  return (
    <Form form={form} action={t('people.account.change-password')} lesser>
      <input type="text" name="username" autoComplete="username" value={owner.email} readOnly hidden />
      <PasswordField
        field={form.field('current')}
        label={t('people.account.current-password')}
        autoComplete="current-password"
      />
      <NewPasswordField field={form.field('password')} />
    </Form>
  )
}
