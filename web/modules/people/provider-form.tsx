import type { NewProvider, Provider } from '#api/people'
import { CheckField, NumberField, PasswordField, TextField } from '#web/ui/field.tsx'
import { Form, useForm } from '#web/ui/form.tsx'
import { useText } from '#web/ui/text.tsx'

type ProviderTerms = Omit<NewProvider, 'groups' | 'clientSecret'> & { readonly clientSecret?: string | null }

interface ProviderFormProps {
  /** Null for a new one. */
  readonly provider: Provider | null
  readonly action: string
  readonly onSubmit: (terms: ProviderTerms) => Promise<unknown>
}

/** How a provider is spoken to, and what it may do here. */
export function ProviderForm({ provider, action, onSubmit }: ProviderFormProps) {
  const t = useText()
  const form = useForm({
    initial: {
      name: provider?.name ?? '',
      issuer: provider?.issuer ?? '',
      clientId: provider?.clientId ?? '',
      clientSecret: '',
      scopes: provider?.scopes ?? 'openid profile email',
      groupsClaim: provider?.groupsClaim ?? 'groups',
      makesAccounts: provider?.makesAccounts ?? true,
      joinsByEmail: provider?.joinsByEmail ?? false,
      takesRoles: provider?.takesRoles ?? true,
      endsAccounts: provider?.endsAccounts ?? true,
      endsAfterDays: provider ? provider.endsAfterDays : 90,
      enabled: provider?.enabled ?? true,
    },
    check: ({ name, issuer, clientId }) => ({
      name: name.trim() === '' ? t('people.provider.name-missing') : undefined,
      issuer: URL.canParse(issuer.trim()) ? undefined : t('people.provider.issuer-missing'),
      clientId: clientId.trim() === '' ? t('people.provider.client-missing') : undefined,
    }),
    async submit({ clientSecret, ...terms }) {
      await onSubmit({ ...terms, ...(clientSecret.trim() !== '' && { clientSecret: clientSecret.trim() }) })
      form.set({ clientSecret: '' })
    },
  })
  return (
    <Form form={form} guard action={action}>
      <TextField
        field={form.field('name')}
        label={t('people.provider.name')}
        hint={t('people.provider.name-hint')}
        maxLength={100}
      />
      <TextField
        field={form.field('issuer')}
        type="url"
        label={t('people.provider.issuer')}
        hint={t('people.provider.issuer-hint')}
      />
      <TextField field={form.field('clientId')} label={t('people.provider.client')} autoComplete="off" />
      <PasswordField
        field={form.field('clientSecret')}
        label={t('people.provider.secret')}
        hint={t(provider?.hasSecret ? 'people.provider.secret-kept' : 'people.provider.secret-hint')}
        autoComplete="new-password"
      />
      <TextField
        field={form.field('groupsClaim')}
        label={t('people.provider.claim')}
        hint={t('people.provider.claim-hint')}
      />
      <TextField
        field={form.field('scopes')}
        label={t('people.provider.scopes')}
        hint={t('people.provider.scopes-hint')}
      />
      <CheckField
        field={form.field('makesAccounts')}
        label={t('people.provider.makes')}
        hint={t('people.provider.makes-hint')}
      />
      <CheckField
        field={form.field('joinsByEmail')}
        label={t('people.provider.joins')}
        hint={t('people.provider.joins-hint')}
      />
      <CheckField
        field={form.field('takesRoles')}
        label={t('people.provider.takes')}
        hint={t('people.provider.takes-hint')}
      />
      <CheckField
        field={form.field('endsAccounts')}
        label={t('people.provider.ends')}
        hint={t('people.provider.ends-hint')}
      />
      <NumberField
        field={form.field('endsAfterDays')}
        label={t('people.provider.ends-after')}
        hint={t('people.provider.ends-after-hint')}
        min={1}
        max={3650}
        optional
      />
      <CheckField field={form.field('enabled')} label={t('people.provider.enabled')} />
    </Form>
  )
}
