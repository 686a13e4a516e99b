import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import * as api from '#api/service-levels'
import type { Agreement, AgreementVersion } from '#api/service-levels'
import { barredFromManaging } from '#core/may.ts'
import { instantAt } from '#core/zone.ts'
import { CallFailure } from '#web/http/call-failure.ts'
import { call, urlOf } from '#web/http/call.ts'
import { useAsker } from '#web/modules/people/index.ts'
import { Button, DownloadLink, LinkButton } from '#web/ui/button.tsx'
import { Dialog } from '#web/ui/dialog.tsx'
import { TextField } from '#web/ui/field.tsx'
import { Form, useForm } from '#web/ui/form.tsx'
import { notify } from '#web/ui/notices.tsx'
import { useLanguage, useText } from '#web/ui/text.tsx'
import { useFormat } from '#web/ui/use-format.ts'
import { activationQuery } from './agreements-queries.ts'
import classes from './agreements.module.css'
import { todayDate } from './calendar-today.ts'

interface StepsProps {
  readonly agreement: Agreement
  readonly version: AgreementVersion
  readonly zone: string
}

/** What can be done with the version that is shown. */
export function AgreementSteps({ agreement, version, zone }: StepsProps) {
  const t = useText()
  const barred = barredFromManaging(useAsker())
  const [open, setOpen] = useState<'activate' | 'end' | 'delete' | null>(null)
  const language = useLanguage()
  const { id } = agreement
  if (barred !== null) return <Button barred={t(barred)}>{t('agreements.new-version-short')}</Button>
  const draft = version.state === 'draft'
  return (
    <>
      <LinkButton to="/agreements/new" search={{ of: id, from: version.id }}>
        {t(draft ? 'agreements.change-draft-short' : 'agreements.new-version-short')}
      </LinkButton>
      {draft && (
        <Button
          main
          barred={
            version.targets.length === 0 && version.terms.fulfilment.length === 0
              ? t('agreements.targets-missing')
              : null
          }
          onClick={() => setOpen('activate')}
        >
          {t('agreements.activate')}
        </Button>
      )}
      <DownloadLink
        href={urlOf(api.printAgreement, { params: { id, versionId: version.id }, query: { lang: language } })}
      >
        {t('agreements.print')}
      </DownloadLink>
      <LinkButton to="/agreements/new" search={{ copy: id, from: version.id }}>
        {t('agreements.copy')}
      </LinkButton>
      <LinkButton to="/corrections/new" search={{ agreement: id }}>
        {t('app.correct.back-date')}
      </LinkButton>
      {version.state === 'active' && <Button onClick={() => setOpen('end')}>{t('agreements.end')}</Button>}
      {draft && <Button onClick={() => setOpen('delete')}>{t('agreements.delete')}</Button>}
      {open === 'delete' && <DeleteDialog agreement={agreement} version={version} onClose={() => setOpen(null)} />}
      {open === 'activate' && <ActivateDialog agreement={agreement} version={version} onClose={() => setOpen(null)} />}
      {open === 'end' && (
        <EndDialog agreement={agreement} version={version} zone={zone} onClose={() => setOpen(null)} />
      )}
    </>
  )
}

/** Renews everything that shows what was promised or counted by it. */
function useRenewal(): () => Promise<void> {
  const cache = useQueryClient()
  return async () => {
    await Promise.all(
      ['agreements', 'calendars', 'what-is', 'attainment'].map((key) => cache.invalidateQueries({ queryKey: [key] })),
    )
  }
}

interface ActivateDialogProps {
  readonly agreement: Agreement
  readonly version: AgreementVersion
  readonly onClose: () => void
}

/** Puts a version in force, after saying what that does. */
export function ActivateDialog({ agreement, version, onClose }: ActivateDialogProps) {
  const t = useText()
  const format = useFormat()
  const renew = useRenewal()
  const { id, name } = agreement
  const { data: foreseen, isError } = useQuery(activationQuery(id, version.id))
  const form = useForm({
    initial: {},
    async submit() {
      try {
        await call(api.activateAgreementVersion, {
          params: { id, versionId: version.id },
          match: agreement.version,
        })
        notify(t('agreements.done.active', { name }))
      } finally {
        await renew()
      }
      onClose()
    },
  })
  const moved = form.problem instanceof CallFailure && form.problem.status === 412
  return (
    <Dialog title={t('agreements.activate-title', { number: version.number, name })} onClose={onClose} width={540}>
      <Form
        form={form}
        action={t('agreements.activate')}
        beside={<Button onClick={onClose}>{t('agreements.activate-not')}</Button>}
      >
        {foreseen && (
          <ul className={classes.sentences}>
            {foreseen.replaces && (
              <li>
                {t('agreements.activate.replaces', {
                  number: foreseen.replaces.number,
                  day: format.day(foreseen.replaces.until),
                })}
              </li>
            )}
            <li>{t('agreements.activate.open', { count: foreseen.openIncidents })}</li>
            <li>{t('agreements.activate.ended', { count: foreseen.endedIncidents })}</li>
            {foreseen.beforeNow && foreseen.endedIncidents > 0 && (
              <li className="pl-quiet">{t('agreements.activate.told')}</li>
            )}
          </ul>
        )}
        {isError && <p className="pl-quiet">{t('agreements.activate.unknown')}</p>}
        {moved && <p>{t('agreements.look-again')}</p>}
      </Form>
    </Dialog>
  )
}

/** Deletes a draft, after saying what goes with it. */
function DeleteDialog({ agreement, version, onClose }: ActivateDialogProps) {
  const t = useText()
  const renew = useRenewal()
  const navigate = useNavigate()
  const { id, name, versions } = agreement
  const form = useForm({
    initial: {},
    async submit() {
      const params = { id, versionId: version.id }
      const { agreementRemoved } = await call(api.removeAgreementVersion, { params, match: agreement.version })
      notify(t('agreements.delete.done', { number: version.number, name }))
      onClose()
      // What is gone is not asked for again.
      if (agreementRemoved) await navigate({ to: '/agreements' })
      await renew()
    },
  })
  return (
    <Dialog title={t('agreements.delete.title', { number: version.number, name })} onClose={onClose}>
      <Form form={form} action={t('agreements.delete')} onCancel={onClose}>
        <p>{t(versions.length === 1 ? 'agreements.delete.with-agreement' : 'agreements.delete.what')}</p>
      </Form>
    </Dialog>
  )
}

/** Ends what was promised on a day. */
function EndDialog({ agreement, version, zone, onClose }: StepsProps & { readonly onClose: () => void }) {
  const t = useText()
  const renew = useRenewal()
  const { id, name } = agreement
  const form = useForm({
    initial: { day: todayDate() },
    check: ({ day }) => ({ day: /^\d{4}-\d\d-\d\d$/.test(day) ? undefined : t('agreements.end.missing') }),
    async submit({ day }) {
      const at = new Date(instantAt(zone, Date.parse(`${day}T00:00Z`)))
      try {
        await call(api.endAgreementVersion, {
          params: { id, versionId: version.id },
          body: { at },
          match: agreement.version,
        })
        notify(t('agreements.end.done', { name }))
      } finally {
        await renew()
      }
      onClose()
    },
  })
  return (
    <Dialog title={t('agreements.end.title', { name })} onClose={onClose}>
      <Form form={form} action={t('agreements.end')} onCancel={onClose}>
        <p>{t('agreements.end.what')}</p>
        <TextField
          field={form.field('day')}
          type="date"
          label={t('agreements.end.day')}
          hint={t('agreements.end.day-hint')}
        />
      </Form>
    </Dialog>
  )
}
