import { useSuspenseQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import * as api from '#api/people'
import { call } from '#web/http/call.ts'
import { ClosedLink } from '#web/modules/people/invitation-page.tsx'
import { linkQuery } from '#web/modules/people/link-query.ts'
import { NewPasswordField, passwordFault } from '#web/modules/people/new-password.tsx'
import { Outside } from '#web/modules/people/outside.tsx'
import { useLinkSecret } from '#web/modules/people/use-link-secret.ts'
import { LinkButton } from '#web/ui/button.tsx'
import { Empty } from '#web/ui/empty.tsx'
import { Form, useForm } from '#web/ui/form.tsx'
import { Text, useText } from '#web/ui/text.tsx'

/** A new password by a link; without one, how to come by it. */
export function PasswordResetPage() {
  const t = useText()
  const token = useLinkSecret()
  if (token !== '') return <ByLink token={token} />
  return (
    <Outside title={t('people.password-reset.title')}>
      <Empty
        title={t('people.password-reset.how')}
        actions={<LinkButton to="/sign-in">{t('people.link.to-sign-in')}</LinkButton>}
      >
        {t('people.password-reset.how-more')}
      </Empty>
    </Outside>
  )
}

function ByLink({ token }: { readonly token: string }) {
  const t = useText()
  const { data: link } = useSuspenseQuery(linkQuery(token, 'password-reset'))
  if (!('kind' in link)) return <ClosedLink link={link} />
  return (
    <Outside
      title={t('people.password-reset.title')}
      lede={<Text id="people.password-reset.lede" values={{ email: link.email }} components={{ b: <b /> }} />}
    >
      <ResetForm token={token} email={link.email ?? ''} name={link.name ?? ''} />
    </Outside>
  )
}

function ResetForm({ token, email, name }: { readonly token: string; readonly email: string; readonly name: string }) {
  const t = useText()
  const navigate = useNavigate()
  const form = useForm({
    initial: { password: '' },
    check: ({ password }) => ({ password: passwordFault(t, password, { name, email }) }),
    async submit({ password }) {
      await call(api.resetPassword, { body: { token, password } })
      await navigate({ to: '/sign-in', search: { reset: 'done' } })
    },
  })
  return (
    <Form form={form} action={t('people.password-reset.do')}>
      <input type="text" name="username" autoComplete="username" value={email} readOnly hidden />
      <NewPasswordField field={form.field('password')} autoFocus />
    </Form>
  )
}
