import { useQueryClient, useSuspenseQuery } from '@tanstack/react-query'
import { useState } from 'react'
import * as api from '#api/people'
import { speakFromNow } from '#web/app/choose-language.ts'
import { call } from '#web/http/call.ts'
import { linkQuery } from '#web/modules/people/link-query.ts'
import { NewPasswordField, passwordFault } from '#web/modules/people/new-password.tsx'
import { Outside } from '#web/modules/people/outside.tsx'
import { sessionQuery } from '#web/modules/people/session.ts'
import { useLinkSecret } from '#web/modules/people/use-link-secret.ts'
import { WhatNow } from '#web/modules/people/what-now.tsx'
import { LinkButton } from '#web/ui/button.tsx'
import { RadioField, TextField } from '#web/ui/field.tsx'
import { Form, useForm } from '#web/ui/form.tsx'
import { Problem } from '#web/ui/problem.tsx'
import { useLanguage, useText } from '#web/ui/text.tsx'

/** The first administrator, by the link that the start of the program printed. */
export function SetUpPage() {
  const [done, setDone] = useState(false)
  const { data: session } = useSuspenseQuery(sessionQuery())
  if (done || session.signedIn) return <WhatNow name={session.person?.name ?? ''} />
  return <ByLink setUpNeeded={session.setUpNeeded} onDone={() => setDone(true)} />
}

function ByLink({ setUpNeeded, onDone }: { readonly setUpNeeded: boolean; readonly onDone: () => void }) {
  const t = useText()
  const token = useLinkSecret()
  const { data: link } = useSuspenseQuery(linkQuery(token, 'set-up'))
  if (!('kind' in link)) {
    return (
      <Outside title={t('people.link.closed')}>
        <Problem
          failure={link.failure}
          actions={
            <LinkButton to="/sign-in" main>
              {t('people.link.to-sign-in')}
            </LinkButton>
          }
        >
          {setUpNeeded && t('people.set-up.where-link')}
        </Problem>
      </Outside>
    )
  }
  return (
    <Outside title={t('people.set-up.title')} lede={t('people.set-up.lede')}>
      <SetUpForm token={token} onDone={onDone} />
    </Outside>
  )
}

function SetUpForm({ token, onDone }: { readonly token: string; readonly onDone: () => void }) {
  const t = useText()
  const cache = useQueryClient()
  const language = useLanguage()
  const form = useForm({
    initial: { name: '', email: '', password: '' },
    check: ({ name, email, password }) => ({
      name: name.trim() === '' ? t('people.name-missing') : undefined,
      email: /.@./.test(email) ? undefined : t('people.email-missing'),
      password: passwordFault(t, password, { name, email }),
    }),
    async submit(values) {
      await call(api.setUp, { body: { ...values, token, language } })
      onDone()
      await cache.fetchQuery({ ...sessionQuery(), staleTime: 0 })
    },
  })
  return (
    <Form form={form} action={t('people.set-up.do')}>
      <TextField field={form.field('name')} label={t('people.name')} autoComplete="name" autoFocus />
      <TextField
        field={form.field('email')}
        type="email"
        label={t('people.email')}
        hint={t('people.email-sign-in')}
        autoComplete="username"
      />
      <NewPasswordField field={form.field('password')} />
      <RadioField
        field={{ name: 'language', value: language, error: undefined, onChange: (chosen) => void speakFromNow(chosen) }}
        label={t('people.language')}
        options={[
          { value: 'en', label: 'English' },
          { value: 'de', label: 'Deutsch' },
        ]}
      />
    </Form>
  )
}
