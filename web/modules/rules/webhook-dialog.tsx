import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import * as api from '#api/webhooks'
import { internalKinds, type Webhook, type WebhookKind, webhookKinds } from '#api/webhooks'
import { call } from '#web/http/call.ts'
import { Button, Buttons } from '#web/ui/button.tsx'
import { Dialog } from '#web/ui/dialog.tsx'
import { CheckField, TextField } from '#web/ui/field.tsx'
import { Form, useForm } from '#web/ui/form.tsx'
import { notify } from '#web/ui/notices.tsx'
import { SearchField } from '#web/ui/search-field.tsx'
import { PickMany, Sentence } from '#web/ui/sentence.tsx'
import { useText } from '#web/ui/text.tsx'
import { choicesQuery } from './queries.ts'

interface Values {
  readonly name: string
  readonly url: string
  readonly kinds: readonly WebhookKind[]
  readonly internal: boolean
  readonly customer: string
}

/** A webhook to be set up, or to be changed. Its secret is shown once. */
export function WebhookDialog({
  webhook,
  onClose,
}: {
  readonly webhook: Webhook | null
  readonly onClose: () => void
}) {
  const t = useText()
  const client = useQueryClient()
  const { data: choices } = useQuery(choicesQuery())
  const [secret, setSecret] = useState<string | null>(null)
  const form = useForm<Values>({
    initial: {
      name: webhook?.name ?? '',
      url: webhook?.url ?? '',
      kinds: webhook?.kinds ?? ['incident.opened'],
      internal: webhook?.internal ?? false,
      customer: webhook?.customer?.id ?? '',
    },
    check: ({ name, url, kinds }) => ({
      name: name.trim() === '' ? t('rules.hook-name-needed') : undefined,
      url: URL.canParse(url.trim()) ? undefined : t('rules.hook-url-needed'),
      kinds: kinds.length === 0 ? t('rules.hook-kinds-needed') : undefined,
    }),
    submit: async ({ customer, ...values }) => {
      const terms = { ...values, url: values.url.trim(), kinds: [...values.kinds] }
      if (webhook === null) {
        const added = await call(api.addWebhook, { body: { ...terms, ...(customer !== '' && { customer }) } })
        setSecret(added.secret)
      } else {
        await call(api.changeWebhook, { params: { id: webhook.id }, body: terms, match: webhook.version })
        notify(t('rules.hook-changed', { name: terms.name }))
        onClose()
      }
      await client.invalidateQueries({ queryKey: ['webhooks'] })
    },
  })
  if (secret !== null) return <SecretDialog secret={secret} onClose={onClose} />
  const { kinds, internal } = form.values
  const lost = internal ? [] : kinds.filter((kind) => internalKinds.includes(kind))
  return (
    <Dialog title={webhook?.name ?? t('rules.hook-new')} onClose={onClose} width={560}>
      <Form form={form} action={t(webhook === null ? 'rules.hook-add' : 'rules.save')} onCancel={onClose}>
        <TextField field={form.field('name')} label={t('rules.name')} maxLength={120} autoFocus />
        <TextField
          field={form.field('url')}
          label={t('rules.hook-url')}
          hint={t('rules.hook-url-hint')}
          type="url"
          maxLength={2000}
        />
        <Sentence>
          {t('rules.hook-tells')}{' '}
          <PickMany
            label={t('rules.hook-kinds')}
            value={kinds}
            any={t('rules.choose')}
            options={webhookKinds.map((kind) => ({ value: kind, label: kind }))}
            onChange={(chosen) => form.set({ kinds: chosen })}
          />
        </Sentence>
        {form.field('kinds').error !== undefined && <p role="alert">{form.field('kinds').error}</p>}
        <CheckField
          field={form.field('internal')}
          label={t('rules.hook-internal')}
          hint={t('rules.hook-internal-hint')}
        />
        {lost.length > 0 && <p className="pl-quiet">{t('rules.hook-lost', { kinds: lost.join(', ') })}</p>}
        {webhook === null && (
          <SearchField
            field={form.field('customer')}
            label={t('rules.customer')}
            placeholder={t('rules.all-customers')}
            options={[
              { value: '', label: t('rules.all-customers') },
              ...(choices?.customer ?? []).map(({ id, name }) => ({ value: id, label: name })),
            ]}
          />
        )}
      </Form>
    </Dialog>
  )
}

/** The secret to check by what was sent; shown this once. */
export function SecretDialog({ secret, onClose }: { readonly secret: string; readonly onClose: () => void }) {
  const t = useText()
  return (
    <Dialog title={t('rules.hook-secret')} onClose={onClose} width={560}>
      <p>{t('rules.hook-secret-hint')}</p>
      <TextField
        readOnly
        label={t('rules.hook-secret')}
        field={{ name: 'secret', value: secret, error: undefined, onChange: () => undefined }}
      />
      <Buttons>
        <Button main onClick={onClose}>
          {t('rules.hook-secret-kept')}
        </Button>
      </Buttons>
    </Dialog>
  )
}
