import { useQueryClient, useSuspenseQuery } from '@tanstack/react-query'
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import * as api from '#api/privacy'
import { barredFromDecidingPrivacy, barredFromPrivacy } from '#core/may.ts'
import { call } from '#web/http/call.ts'
import { useAsker } from '#web/modules/people/index.ts'
import { Button, DownloadLink } from '#web/ui/button.tsx'
import { Dialog } from '#web/ui/dialog.tsx'
import { RadioField, SelectField, TextAreaField, TextField } from '#web/ui/field.tsx'
import { Form, useForm } from '#web/ui/form.tsx'
import { notify } from '#web/ui/notices.tsx'
import { useText } from '#web/ui/text.tsx'
import { useFormat } from '#web/ui/use-format.ts'
import { KnownTable } from './known-table.tsx'
import { PrivacyPage } from './privacy-page.tsx'
import { exportAddress, knownQuery } from './queries.ts'

const route = getRouteApi('/shell/privacy/people/$id')

/** What is known of somebody, to be handed to them; and the way to forget them. */
export function PersonDataPage() {
  const t = useText()
  const { id } = route.useParams()
  // Nothing is asked for before: to look is written down.
  if (barredFromPrivacy(useAsker()) !== null) return <PrivacyPage title={t('privacy.people.title')}>{null}</PrivacyPage>
  return <KnownOf id={id} />
}

function KnownOf({ id }: { readonly id: string }) {
  const t = useText()
  const format = useFormat()
  const asker = useAsker()
  const [forgetting, setForgetting] = useState(false)
  const { data } = useSuspenseQuery(knownQuery(id))
  const { name, erasedAt } = data.person
  const deciding = barredFromDecidingPrivacy(asker)
  return (
    <PrivacyPage
      title={
        erasedAt === null
          ? t('privacy.known.title', { name })
          : t('privacy.known.erased', { name, day: format.day(erasedAt) })
      }
      crumb={<Link to="/privacy/people">{t('privacy.tab.people')}</Link>}
      lede={t('privacy.known.lede')}
      actions={
        <>
          {deciding === null && <DownloadLink href={exportAddress(id)}>{t('privacy.own.export')}</DownloadLink>}
          {erasedAt === null && (
            <Button barred={deciding === null ? null : t(deciding)} onClick={() => setForgetting(true)}>
              {t('privacy.forget')}
            </Button>
          )}
        </>
      }
    >
      <KnownTable records={data.records} empty={t('privacy.own.nothing')} />
      {forgetting && <ForgetDialog id={id} name={name} onClose={() => setForgetting(false)} />}
    </PrivacyPage>
  )
}

const grounds = ['asked', 'left', 'court'] as const

interface Forgetting {
  readonly id: string
  readonly name: string
  readonly onClose: () => void
}

function ForgetDialog({ id, name, onClose }: Forgetting) {
  const t = useText()
  const cache = useQueryClient()
  const navigate = useNavigate()
  const form = useForm<{
    ground: (typeof grounds)[number]
    decision: 'forget' | 'refuse'
    typed: string
    refusal: string
  }>({
    initial: { ground: 'asked', decision: 'forget', typed: '', refusal: '' },
    check: ({ decision, typed, refusal }) => ({
      typed: decision === 'forget' && typed.trim() !== name ? t('privacy.forget.type-wrong') : undefined,
      refusal: decision === 'refuse' && refusal.trim() === '' ? t('privacy.forget.refusal-missing') : undefined,
    }),
    async submit({ ground, decision, refusal }) {
      const body = { person: id, ground, ...(decision === 'refuse' && { refusal }) }
      const asked = await call(api.askForErasure, { body })
      await cache.invalidateQueries({ queryKey: ['privacy'] })
      notify(t(decision === 'forget' ? 'privacy.forget.begun' : 'privacy.forget.refused'))
      await navigate({ to: '/privacy/erasures/$id', params: { id: asked.id } })
    },
  })
  const refuses = form.values.decision === 'refuse'
  return (
    <Dialog title={t('privacy.forget.title', { name })} onClose={onClose} width={560}>
      <p>{t('privacy.forget.what')}</p>
      <Form form={form} action={t(refuses ? 'privacy.forget.refuse-do' : 'privacy.forget.do')} onCancel={onClose}>
        <SelectField
          field={form.field('ground')}
          label={t('privacy.ground')}
          options={grounds.map((value) => ({ value, label: t(`privacy.ground.${value}`) }))}
        />
        <RadioField
          field={form.field('decision')}
          label={t('privacy.forget.decision')}
          options={[
            { value: 'forget', label: t('privacy.forget.do') },
            { value: 'refuse', label: t('privacy.forget.refuse') },
          ]}
        />
        {refuses ? (
          <TextAreaField
            field={form.field('refusal')}
            label={t('privacy.forget.refusal')}
            hint={t('privacy.forget.refusal-hint')}
            maxLength={1000}
          />
        ) : (
          <TextField field={form.field('typed')} label={t('privacy.forget.type')} hint={name} autoComplete="off" />
        )}
      </Form>
    </Dialog>
  )
}
