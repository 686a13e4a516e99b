import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import * as api from '#api/people'
import type { ReplyOf } from '#core/endpoint.ts'
import { call } from '#web/http/call.ts'
import { CopyButton } from '#web/modules/people/once.tsx'
import { sessionQuery, useSession } from '#web/modules/people/session.ts'
import { Button, Buttons } from '#web/ui/button.tsx'
import { Dialog } from '#web/ui/dialog.tsx'
import { PasswordField, TextField } from '#web/ui/field.tsx'
import { Form, useForm } from '#web/ui/form.tsx'
import { Section } from '#web/ui/page.tsx'
import { Problem } from '#web/ui/problem.tsx'
import { State } from '#web/ui/state.tsx'
import { useText } from '#web/ui/text.tsx'
import classes from './account-page.module.css'

/** Below so few recovery codes it is time for new ones. */
const FEW_CODES = 4

type Begun = ReplyOf<typeof api.beginTwoFactor>

/** A one-time code beside the password: setting it up, and taking it away. */
export function TwoFactorSection() {
  const t = useText()
  const { twoFactor, recoveryCodesLeft } = useSession()
  const [codes, setCodes] = useState<readonly string[] | null>(null)
  return (
    <Section
      title={t('people.two-factor.title')}
      aside={
        <State is={twoFactor ? 'met' : 'none'}>{t(twoFactor ? 'people.two-factor.on' : 'people.two-factor.off')}</State>
      }
      hint={t('people.two-factor.hint')}
    >
      {codes ? (
        <RecoveryCodes codes={codes} onKept={() => setCodes(null)} />
      ) : twoFactor ? (
        <On left={recoveryCodesLeft} />
      ) : (
        <Off onConfirmed={setCodes} />
      )}
    </Section>
  )
}

function Off({ onConfirmed }: { readonly onConfirmed: (codes: readonly string[]) => void }) {
  const t = useText()
  const cache = useQueryClient()
  const [begun, setBegun] = useState<Begun | null>(null)
  const [failure, setFailure] = useState<unknown>(null)
  const form = useForm({
    initial: { code: '' },
    check: ({ code }) => ({ code: code.trim() === '' ? t('people.code-missing') : undefined }),
    async submit({ code }) {
      const { recoveryCodes } = await call(api.confirmTwoFactor, { body: { code: code.trim() } })
      onConfirmed(recoveryCodes)
      await cache.invalidateQueries({ queryKey: sessionQuery().queryKey })
    },
  })
  async function begin() {
    setFailure(null)
    try {
      setBegun(await call(api.beginTwoFactor, {}))
    } catch (thrown) {
      setFailure(thrown)
    }
  }
  if (begun === null) {
    return (
      <>
        {failure !== null && <Problem failure={failure} />}
        <Button onClick={() => void begin()}>{t('people.two-factor.begin')}</Button>
      </>
    )
  }
  return (
    <div className={classes.key}>
      <img
        className={classes.qr}
        src={`data:image/svg+xml,${encodeURIComponent(begun.qr)}`}
        alt={t('people.two-factor.qr')}
      />
      <div className={classes.steps}>
        <p>{t('people.two-factor.scan')}</p>
        <div>
          <p className="pl-small pl-quiet">{t('people.two-factor.by-hand')}</p>
          <code className={classes.secret}>{begun.secret.replace(/(.{4})(?=.)/g, '$1 ')}</code>
        </div>
        <Form form={form} action={t('people.two-factor.confirm')} onCancel={() => setBegun(null)}>
          <TextField
            field={form.field('code')}
            label={t('people.two-factor.code')}
            autoComplete="one-time-code"
            inputMode="numeric"
            maxLength={10}
            autoFocus
          />
        </Form>
      </div>
    </div>
  )
}

function RecoveryCodes({ codes, onKept }: { readonly codes: readonly string[]; readonly onKept: () => void }) {
  const t = useText()
  return (
    <div role="status">
      <p>
        <b>{t('people.two-factor.codes')}</b>
      </p>
      <p className="pl-quiet">{t('people.two-factor.codes-why')}</p>
      <ul className={classes.codes}>
        {codes.map((code) => (
          <li key={code}>
            <code>{code}</code>
          </li>
        ))}
      </ul>
      <Buttons>
        <Button main onClick={onKept}>
          {t('people.two-factor.kept')}
        </Button>
        <CopyButton text={codes.join('\n')} />
      </Buttons>
    </div>
  )
}

function On({ left }: { readonly left: number }) {
  const t = useText()
  const [ending, setEnding] = useState(false)
  return (
    <>
      <p className="pl-small" style={{ marginBottom: 8 }}>
        {left < FEW_CODES ? (
          <State is="soon">{t('people.two-factor.few-codes', { count: left })}</State>
        ) : (
          <span className="pl-quiet">{t('people.two-factor.codes-left', { count: left })}</span>
        )}
      </p>
      <Button onClick={() => setEnding(true)}>{t('people.two-factor.end')}</Button>
      {ending && <EndDialog onClose={() => setEnding(false)} />}
    </>
  )
}

function EndDialog({ onClose }: { readonly onClose: () => void }) {
  const t = useText()
  const cache = useQueryClient()
  const form = useForm({
    initial: { password: '' },
    check: ({ password }) => ({ password: password === '' ? t('people.password-missing') : undefined }),
    async submit(values) {
      await call(api.endTwoFactor, { body: values })
      await cache.invalidateQueries({ queryKey: sessionQuery().queryKey })
      onClose()
    },
  })
  return (
    <Dialog title={t('people.two-factor.end-title')} onClose={onClose}>
      <Form form={form} action={t('people.two-factor.end')} onCancel={onClose}>
        <p className="pl-quiet">{t('people.two-factor.end-why')}</p>
        <PasswordField
          field={form.field('password')}
          label={t('people.account.current-password')}
          autoComplete="current-password"
          autoFocus
        />
      </Form>
    </Dialog>
  )
}
