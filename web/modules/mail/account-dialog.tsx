import { useQuery, useQueryClient } from '@tanstack/react-query'
import * as api from '#api/mail'
import type { MailAccount, MailServer } from '#api/mail'
import { call } from '#web/http/call.ts'
import { Dialog } from '#web/ui/dialog.tsx'
import { CheckField, FieldRow, NumberField, PasswordField, RadioField, SelectField, TextField } from '#web/ui/field.tsx'
import { Form, useForm } from '#web/ui/form.tsx'
import { notify } from '#web/ui/notices.tsx'
import { SearchField } from '#web/ui/search-field.tsx'
import { useText } from '#web/ui/text.tsx'
import { customersToChoose, servicesToChoose, teamsToChoose } from './queries.ts'

type Security = MailServer['security']
const securities: readonly Security[] = ['tls', 'starttls', 'none']

interface Values {
  readonly address: string
  readonly name: string
  readonly imapHost: string
  readonly imapPort: number | null
  readonly imapSecurity: Security
  readonly folder: string
  readonly smtpHost: string
  readonly smtpPort: number | null
  readonly smtpSecurity: Security
  readonly plusAddress: boolean
  readonly userName: string
  readonly signIn: 'password' | 'oauth'
  readonly secret: string
  readonly tokenUrl: string
  readonly clientId: string
  readonly clientSecret: string
  readonly scope: string
  readonly team: string
  readonly customer: string
  readonly service: string
}

const PATHS = {
  'imap.host': 'imapHost',
  'imap.port': 'imapPort',
  'smtp.host': 'smtpHost',
  'smtp.port': 'smtpPort',
  'oauth.tokenUrl': 'tokenUrl',
  'oauth.clientId': 'clientId',
} as const

/** A mailbox to add or to change: its servers, how it is signed in to, and whose its mails are. */
export function AccountDialog({
  account,
  onClose,
}: {
  readonly account: MailAccount | null
  readonly onClose: () => void
}) {
  const t = useText()
  const cache = useQueryClient()
  const { data: customers = [] } = useQuery(customersToChoose())
  const { data: teams = [] } = useQuery(teamsToChoose())
  const needed = (value: string) => (value.trim() === '' ? t('mail.needed') : undefined)
  const form = useForm<Values>({
    initial: valuesOf(account),
    paths: PATHS,
    check: ({ address, imapHost, userName, secret, signIn, tokenUrl, clientId }) => ({
      address: needed(address),
      imapHost: needed(imapHost),
      userName: needed(userName),
      secret: account === null ? needed(secret) : undefined,
      tokenUrl: signIn === 'oauth' ? needed(tokenUrl) : undefined,
      clientId: signIn === 'oauth' ? needed(clientId) : undefined,
    }),
    async submit(values) {
      const { secret, ...rest } = bodyOf(values)
      if (account === null) await call(api.addMailAccount, { body: { ...rest, secret } })
      else {
        const body = { ...rest, ...(secret !== '' && { secret }) }
        await call(api.changeMailAccount, { params: { id: account.id }, body, match: account.version })
      }
      await cache.invalidateQueries({ queryKey: ['mail'] })
      notify(t(account === null ? 'mail.added' : 'mail.changed', { address: values.address }))
      onClose()
    },
  })
  const { signIn, customer } = form.values
  const { data: services = [] } = useQuery(servicesToChoose(customer))
  const security = securities.map((value) => ({ value, label: t(`mail.security.${value}`) }))
  return (
    <Dialog title={account?.address ?? t('mail.add')} onClose={onClose} width={520}>
      <Form
        form={form}
        action={t(account === null ? 'mail.add-do' : 'mail.save')}
        barred={form.dirty ? null : t('mail.nothing-changed')}
        onCancel={onClose}
      >
        <TextField field={form.field('address')} label={t('mail.address')} type="email" autoFocus maxLength={320} />
        <TextField
          field={form.field('name')}
          label={t('mail.name')}
          hint={t('mail.name-hint')}
          optional
          maxLength={200}
        />
        <TextField field={form.field('imapHost')} label={t('mail.imap')} maxLength={255} />
        <FieldRow>
          <NumberField field={form.field('imapPort')} label={t('mail.port')} min={1} max={65_535} />
          <SelectField field={form.field('imapSecurity')} label={t('mail.security')} options={security} />
        </FieldRow>
        <TextField field={form.field('folder')} label={t('mail.folder')} maxLength={200} />
        <TextField
          field={form.field('smtpHost')}
          label={t('mail.smtp')}
          hint={t('mail.smtp-hint')}
          optional
          maxLength={255}
        />
        <FieldRow>
          <NumberField field={form.field('smtpPort')} label={t('mail.port')} min={1} max={65_535} />
          <SelectField field={form.field('smtpSecurity')} label={t('mail.security')} options={security} />
        </FieldRow>
        <CheckField field={form.field('plusAddress')} label={t('mail.plus')} hint={t('mail.plus-hint')} />
        <TextField field={form.field('userName')} label={t('mail.user')} maxLength={320} />
        <RadioField
          field={form.field('signIn')}
          label={t('mail.sign-in')}
          options={[
            { value: 'password', label: t('mail.by-password') },
            { value: 'oauth', label: t('mail.by-oauth') },
          ]}
        />
        <PasswordField
          field={form.field('secret')}
          label={t(signIn === 'oauth' ? 'mail.refresh-token' : 'mail.password')}
          hint={account === null ? undefined : t('mail.secret-kept')}
          autoComplete="new-password"
        />
        {signIn === 'oauth' && (
          <>
            <TextField field={form.field('tokenUrl')} label={t('mail.token-url')} type="url" maxLength={500} />
            <TextField field={form.field('clientId')} label={t('mail.client-id')} maxLength={300} />
            <PasswordField
              field={form.field('clientSecret')}
              label={t('mail.client-secret')}
              hint={t(account === null ? 'mail.client-secret-hint' : 'mail.secret-kept')}
              autoComplete="new-password"
            />
            <TextField field={form.field('scope')} label={t('mail.scope')} optional maxLength={1000} />
          </>
        )}
        <SearchField
          field={form.field('team')}
          label={t('mail.team')}
          hint={t('mail.team-hint')}
          options={teams.map(({ id, name }) => ({ value: id, label: name }))}
        />
        <SearchField
          // What is of one customer is of no other.
          field={{ ...form.field('customer'), onChange: (id) => form.set({ customer: id, service: '' }) }}
          label={t('mail.usual-customer')}
          hint={t('mail.usual-customer-hint')}
          options={customers.map(({ id, name }) => ({ value: id, label: name }))}
        />
        <SearchField
          field={form.field('service')}
          label={t('mail.service')}
          hint={t('mail.service-hint')}
          options={services.map(({ id, name }) => ({ value: id, label: name }))}
        />
      </Form>
    </Dialog>
  )
}

function valuesOf(account: MailAccount | null): Values {
  return {
    address: account?.address ?? '',
    name: account?.name ?? '',
    imapHost: account?.imap.host ?? '',
    imapPort: account?.imap.port ?? 993,
    imapSecurity: account?.imap.security ?? 'tls',
    folder: account?.folder ?? 'INBOX',
    smtpHost: account?.smtp?.host ?? '',
    smtpPort: account?.smtp?.port ?? 465,
    smtpSecurity: account?.smtp?.security ?? 'tls',
    plusAddress: account?.plusAddress ?? false,
    userName: account?.userName ?? '',
    signIn: account === null || account.oauth === null ? 'password' : 'oauth',
    secret: '',
    tokenUrl: account?.oauth?.tokenUrl ?? '',
    clientId: account?.oauth?.clientId ?? '',
    clientSecret: '',
    scope: account?.oauth?.scope ?? '',
    team: account?.team?.id ?? '',
    customer: account?.customer?.id ?? '',
    service: account?.service?.id ?? '',
  }
}

function bodyOf(values: Values) {
  const { address, name, folder, plusAddress, userName, secret, signIn, clientSecret } = values
  return {
    address: address.trim(),
    name,
    folder,
    plusAddress,
    userName,
    secret,
    imap: { host: values.imapHost, port: values.imapPort ?? 0, security: values.imapSecurity },
    smtp:
      values.smtpHost.trim() === ''
        ? null
        : { host: values.smtpHost, port: values.smtpPort ?? 0, security: values.smtpSecurity },
    oauth:
      signIn === 'password'
        ? null
        : {
            tokenUrl: values.tokenUrl,
            clientId: values.clientId,
            scope: values.scope === '' ? null : values.scope,
            ...(clientSecret !== '' && { clientSecret }),
          },
    team: values.team || null,
    customer: values.customer || null,
    service: values.service || null,
  }
}
