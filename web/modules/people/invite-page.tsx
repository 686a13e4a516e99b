import { useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import * as api from '#api/people'
import { barredFromManaging } from '#core/may.ts'
import type { Language } from '#core/text.ts'
import { call } from '#web/http/call.ts'
import { Handed } from '#web/modules/people/handed.tsx'
import { checkRole, RoleFields, type RoleValues, sentRole } from '#web/modules/people/role-form.tsx'
import { useAsker } from '#web/modules/people/session.ts'
import { Button, LinkButton } from '#web/ui/button.tsx'
import { RadioField, TextField } from '#web/ui/field.tsx'
import { Form, useForm } from '#web/ui/form.tsx'
import { Page } from '#web/ui/page.tsx'
import { Problem } from '#web/ui/problem.tsx'
import { useLanguage, useText } from '#web/ui/text.tsx'
import classes from './invite-page.module.css'

interface InviteValues extends RoleValues {
  readonly email: string
  readonly name: string
  readonly language: Language
}

/** Lets somebody in: address, role, and a link to pass on. */
export function InvitePage() {
  const t = useText()
  const barred = barredFromManaging(useAsker())
  const [handed, setHanded] = useState<api.HandedLink | null>(null)
  const crumb = <Link to="/people">{t('people.list.title')}</Link>
  if (handed) {
    return (
      <Page title={t('people.invite.done', { name: handed.name })} crumb={crumb}>
        <div className={classes.body}>
          <Handed handed={handed} why={t('people.invite.pass-on', { name: handed.name })} />
          <p className={classes.next}>
            <Button onClick={() => setHanded(null)}>{t('people.invite.another')}</Button>{' '}
            <LinkButton to="/people">{t('people.invite.to-list')}</LinkButton>
          </p>
        </div>
      </Page>
    )
  }
  return (
    <Page title={t('people.invite')} lede={t('people.invite.lede')} crumb={crumb}>
      <div className={classes.body}>
        {barred === null ? <InviteForm onDone={setHanded} /> : <Problem title={t(barred)} />}
      </div>
    </Page>
  )
}

function InviteForm({ onDone }: { readonly onDone: (handed: api.HandedLink) => void }) {
  const t = useText()
  const cache = useQueryClient()
  const language = useLanguage()
  const asker = useAsker()
  const mayGiveAny = api.barredFromGranting(asker, 'agent') === null
  const form = useForm<InviteValues>({
    initial: { email: '', name: '', role: mayGiveAny ? 'agent' : 'customer-stakeholder', customer: '', language },
    check: (values) => ({
      email: /.@./.test(values.email) ? undefined : t('people.email-missing'),
      ...checkRole(t, values),
    }),
    async submit(values) {
      const { email, name, language: spoken } = values
      onDone(
        await call(api.invite, {
          body: { email, language: spoken, ...(name.trim() !== '' && { name }), ...sentRole(values) },
        }),
      )
      await cache.invalidateQueries({ queryKey: ['people'] })
    },
  })
  return (
    <Form form={form} guard action={t('people.invite.do')}>
      <TextField
        field={form.field('email')}
        type="email"
        label={t('people.email')}
        hint={t('people.email-sign-in')}
        autoComplete="off"
        autoFocus
      />
      <TextField
        field={form.field('name')}
        label={t('people.name')}
        hint={t('people.invite.name-hint')}
        autoComplete="off"
        optional
      />
      <RoleFields form={form} />
      <RadioField
        field={form.field('language')}
        label={t('people.invite.language')}
        options={[
          { value: 'en', label: 'English' },
          { value: 'de', label: 'Deutsch' },
        ]}
      />
    </Form>
  )
}
