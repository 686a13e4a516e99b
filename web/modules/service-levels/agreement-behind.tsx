import { useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import * as api from '#api/service-levels'
import type { Agreement } from '#api/service-levels'
import { barredFromManaging } from '#core/may.ts'
import { CallFailure } from '#web/http/call-failure.ts'
import { call } from '#web/http/call.ts'
import { useAsker } from '#web/modules/people/index.ts'
import { Button } from '#web/ui/button.tsx'
import { Dialog } from '#web/ui/dialog.tsx'
import { Form, useForm } from '#web/ui/form.tsx'
import { notify } from '#web/ui/notices.tsx'
import { Section } from '#web/ui/page.tsx'
import { useText } from '#web/ui/text.tsx'
import { kindOf, sentBehind } from './agreement-kind.ts'
import { BehindFields } from './agreement-kind-fields.tsx'
import classes from './agreements.module.css'

/** The agreements that rely on one with a team or a supplier, in which step, and the way to say it anew. */
export function StandsBehind({ agreement }: { readonly agreement: Agreement }) {
  const t = useText()
  const barred = barredFromManaging(useAsker())
  const [open, setOpen] = useState(false)
  const behind = agreement.behind ?? []
  return (
    <Section
      title={t('agreements.behind')}
      aside={
        <Button barred={barred && t(barred)} onClick={() => setOpen(true)}>
          {t('agreements.behind-change')}
        </Button>
      }
    >
      {behind.length === 0 ? (
        <p className="pl-quiet">{t('agreements.behind-none')}</p>
      ) : (
        <ul className={classes.sentences}>
          {behind.map(({ id, name, step }) => (
            <li key={id}>
              <Link to="/agreements/$id" params={{ id }}>
                {name}
              </Link>
              , {t('agreements.behind-in-step', { step })}
            </li>
          ))}
        </ul>
      )}
      {open && <BehindDialog agreement={agreement} onClose={() => setOpen(false)} />}
    </Section>
  )
}

function BehindDialog({ agreement, onClose }: { readonly agreement: Agreement; readonly onClose: () => void }) {
  const t = useText()
  const cache = useQueryClient()
  const { id, name, customerId, version } = agreement
  const form = useForm({
    initial: { behind: kindOf(agreement).behind },
    async submit({ behind }) {
      try {
        await call(api.changeBehind, { params: { id }, body: { behind: sentBehind(behind) }, match: version })
      } catch (thrown) {
        throw atField(thrown)
      } finally {
        await cache.invalidateQueries({ queryKey: ['agreements'] })
      }
      notify(t('agreements.behind-done', { name }))
      onClose()
    },
  })
  return (
    <Dialog title={t('agreements.behind-title', { name })} onClose={onClose} width={620}>
      <Form form={form} action={t('agreements.behind-do')} onCancel={onClose}>
        <BehindFields field={form.field('behind')} customer={customerId} own={id} />
      </Form>
    </Dialog>
  )
}

/** What is wrong with one line is said at the lines. */
function atField(thrown: unknown): unknown {
  if (!(thrown instanceof CallFailure) || thrown.errors.length === 0) return thrown
  const { status, code, message, requestId, retryAfterSeconds } = thrown
  const errors = thrown.errors.map((each) => ({ ...each, path: 'behind' }))
  return new CallFailure({ status, code, message, errors, ...(requestId && { requestId }), retryAfterSeconds })
}
