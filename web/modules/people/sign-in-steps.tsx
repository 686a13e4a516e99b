import { useState } from 'react'
import * as api from '#api/people'
import { CallFailure } from '#web/http/call-failure.ts'
import { call } from '#web/http/call.ts'
import { Button } from '#web/ui/button.tsx'
import { PasswordField, TextField } from '#web/ui/field.tsx'
import { Form, useForm } from '#web/ui/form.tsx'
import { Problem } from '#web/ui/problem.tsx'
import { useText } from '#web/ui/text.tsx'

interface SignInStepsProps {
  /** Filled in already, where it is known. */
  readonly email?: string
  readonly onDone: () => Promise<void> | void
}

/** Address and password, then, where one is set up, the second factor. */
export function SignInSteps({ email = '', onDone }: SignInStepsProps) {
  const [step, setStep] = useState<'password' | 'second-factor'>('password')
  const [begunAgain, setBegunAgain] = useState<CallFailure | null>(null)
  if (step === 'second-factor') {
    return (
      <SecondFactor
        onDone={onDone}
        onBack={(failure) => {
          setBegunAgain(failure)
          setStep('password')
        }}
      />
    )
  }
  return (
    <>
      {begunAgain && <Problem failure={begunAgain} />}
      <Password email={email} onDone={onDone} onSecondFactor={() => setStep('second-factor')} />
    </>
  )
}

function Password({ email, onDone, onSecondFactor }: SignInStepsProps & { readonly onSecondFactor: () => void }) {
  const t = useText()
  const form = useForm({
    initial: { email: email ?? '', password: '' },
    check: (values) => ({
      email: values.email.trim() === '' ? t('people.email-missing') : undefined,
      password: values.password === '' ? t('people.password-missing') : undefined,
    }),
    async submit(values) {
      const { next } = await call(api.signIn, { body: values })
      if (next === 'second-factor') onSecondFactor()
      else await onDone()
    },
  })
  return (
    <Form form={form} action={t('people.sign-in.do')}>
      <TextField
        field={form.field('email')}
        type="email"
        label={t('people.email')}
        autoComplete="username"
        autoFocus={email === ''}
      />
      <PasswordField
        field={form.field('password')}
        label={t('people.password')}
        autoComplete="current-password"
        autoFocus={email !== ''}
      />
    </Form>
  )
}

/** The code that is still owed after the password, or after a provider vouched. */
export function SecondFactor({
  onDone,
  onBack,
}: SignInStepsProps & { readonly onBack: (failure: CallFailure | null) => void }) {
  const t = useText()
  const form = useForm({
    initial: { code: '' },
    check: ({ code }) => ({ code: code.trim() === '' ? t('people.code-missing') : undefined }),
    async submit({ code }) {
      try {
        await call(api.giveSecondFactor, { body: { code: code.trim() } })
        await onDone()
      } catch (failure) {
        if (failure instanceof CallFailure && failure.code === 'second-factor.begin-again') return onBack(failure)
        throw failure
      }
    },
  })
  return (
    <Form
      form={form}
      action={t('people.sign-in.do')}
      beside={<Button onClick={() => onBack(null)}>{t('people.second-factor.back')}</Button>}
    >
      <TextField
        field={form.field('code')}
        label={t('people.second-factor.code')}
        hint={t('people.second-factor.hint')}
        autoComplete="one-time-code"
        maxLength={40}
        autoFocus
      />
    </Form>
  )
}
