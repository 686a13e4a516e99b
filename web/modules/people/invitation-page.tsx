import { useSuspenseQuery } from '@tanstack/react-query'
import * as api from '#api/people'
import { call } from '#web/http/call.ts'
import { type InspectedLink, linkQuery } from '#web/modules/people/link-query.ts'
import { NewPasswordField, passwordFault } from '#web/modules/people/new-password.tsx'
import { Outside } from '#web/modules/people/outside.tsx'
import { useArrival } from '#web/modules/people/sign-in-page.tsx'
import { useLinkSecret } from '#web/modules/people/use-link-secret.ts'
import { LinkButton } from '#web/ui/button.tsx'
import { TextField } from '#web/ui/field.tsx'
import { Form, useForm } from '#web/ui/form.tsx'
import { Problem } from '#web/ui/problem.tsx'
import { Text, useLanguage, useText } from '#web/ui/text.tsx'

/** Whoever was invited chooses a password and is in. */
export function InvitationPage() {
  const t = useText()
  const token = useLinkSecret()
  const { data: link } = useSuspenseQuery(linkQuery(token, 'invitation'))
  if (!('kind' in link)) return <ClosedLink link={link} />
  return (
    <Outside
      title={t('people.invitation.title')}
      lede={<Text id="people.invitation.lede" values={{ email: link.email }} components={{ b: <b /> }} />}
    >
      <AcceptForm token={token} email={link.email ?? ''} name={link.name ?? ''} />
    </Outside>
  )
}

function AcceptForm({
  token,
  email,
  name: proposed,
}: {
  readonly token: string
  readonly email: string
  readonly name: string
}) {
  const t = useText()
  const arrive = useArrival()
  const language = useLanguage()
  const form = useForm({
    initial: { name: proposed, password: '' },
    check: ({ name, password }) => ({
      name: name.trim() === '' ? t('people.name-missing') : undefined,
      password: passwordFault(t, password, { name, email }),
    }),
    async submit(values) {
      await call(api.acceptInvitation, { body: { ...values, token, language } })
      await arrive()
    },
  })
  return (
    <Form form={form} action={t('people.invitation.do')}>
      {/* So that the browser keeps the password with the address it belongs to. */}
      <input type="text" name="username" autoComplete="username" value={email} readOnly hidden />
      <TextField
        field={form.field('name')}
        label={t('people.name')}
        hint={t('people.invitation.name-hint')}
        autoComplete="name"
      />
      <NewPasswordField field={form.field('password')} autoFocus />
    </Form>
  )
}

/** A link that opens nothing (any more): why, and what to do. */
export function ClosedLink({ link }: { readonly link: Extract<InspectedLink, { failure: unknown }> }) {
  const t = useText()
  return (
    <Outside title={t('people.link.closed')}>
      <Problem
        failure={link.failure}
        actions={
          <LinkButton to="/sign-in" main>
            {t('people.link.to-sign-in')}
          </LinkButton>
        }
      />
    </Outside>
  )
}
