import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import * as api from '#api/service-levels'
import type { Agreement } from '#api/service-levels'
import { barredFromManaging } from '#core/may.ts'
import { call } from '#web/http/call.ts'
import { useAsker } from '#web/modules/people/index.ts'
import { Button } from '#web/ui/button.tsx'
import { Dialog } from '#web/ui/dialog.tsx'
import { Form, useForm } from '#web/ui/form.tsx'
import { notify } from '#web/ui/notices.tsx'
import { useText } from '#web/ui/text.tsx'
import { kindOf, missingOf, sentKind } from './agreement-kind.ts'
import { KindFields } from './agreement-kind-fields.tsx'

const drafts = ['draft', 'negotiating', 'agreed']

/** The way to say anew with whom it is agreed; once a version was in force, why there is none. */
export function ChangeKind({ agreement }: { readonly agreement: Agreement }) {
  const t = useText()
  const asker = useAsker()
  const barred = barredFromManaging(asker)
  const [open, setOpen] = useState(false)
  if (asker.access === 'customer') return null
  if (agreement.versions.some(({ state }) => !drafts.includes(state)))
    return <p className="pl-small pl-quiet">{t('agreements.kind-held')}</p>
  return (
    <>
      <p>
        <Button barred={barred && t(barred)} onClick={() => setOpen(true)}>
          {t('agreements.kind-change')}
        </Button>
      </p>
      {open && <KindDialog agreement={agreement} onClose={() => setOpen(false)} />}
    </>
  )
}

function KindDialog({ agreement, onClose }: { readonly agreement: Agreement; readonly onClose: () => void }) {
  const t = useText()
  const cache = useQueryClient()
  const { id, name, version, behind = [] } = agreement
  const form = useForm({
    initial: { kind: kindOf(agreement) },
    paths: { party: 'kind' },
    check: ({ kind }) => {
      const missing = missingOf(kind)
      return missing === null ? {} : { kind: t(`agreements.party-missing.${missing}`) }
    },
    async submit({ kind }) {
      const { type = 'sla', party } = sentKind(kind)
      try {
        await call(api.changeKind, { params: { id }, body: { type, ...(party && { party }) }, match: version })
      } finally {
        await cache.invalidateQueries({ queryKey: ['agreements'] })
      }
      notify(t('agreements.kind-done', { name }))
      onClose()
    },
  })
  const leaves = form.values.kind.type === 'sla' && behind.length > 0
  return (
    <Dialog title={t('agreements.kind-title', { name })} onClose={onClose} width={620}>
      <Form
        form={form}
        actions={
          <>
            <Button main type="submit" busy={form.busy}>
              {t('agreements.kind-do')}
            </Button>
            <Button onClick={onClose}>{t('ui.cancel')}</Button>
          </>
        }
      >
        <KindFields field={form.field('kind')} customer="" />
        {leaves && <p role="status">{t('agreements.kind-leaves', { count: behind.length })}</p>}
      </Form>
    </Dialog>
  )
}
