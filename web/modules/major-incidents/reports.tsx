import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import * as api from '#api/major-incidents'
import { barredFromLeading, type MajorIncidentPage, type NoteKind, noteKinds } from '#api/major-incidents'
import type { Language } from '#core/text.ts'
import { call, urlOf } from '#web/http/call.ts'
import { useAsker } from '#web/modules/people/index.ts'
import { Button, Buttons, DownloadLink } from '#web/ui/button.tsx'
import { Chips } from '#web/ui/chips.tsx'
import { notify } from '#web/ui/notices.tsx'
import { Section } from '#web/ui/page.tsx'
import { Problem } from '#web/ui/problem.tsx'
import { useLanguage, useText } from '#web/ui/text.tsx'
import { useFormat } from '#web/ui/use-format.ts'
import { FollowUps } from './follow-ups.tsx'
import { FullReport } from './full-report.tsx'
import { noteQuery, useChanged } from './queries.ts'
import { ReportActions } from './report-actions.tsx'
import { zoneOf } from './words.ts'
import classes from './room.module.css'

/** What is reported of it: the short ones to send as they are, and the full one to be finished. */
export function Reports({ major }: { readonly major: MajorIncidentPage }) {
  const t = useText()
  const own = useLanguage()
  const [kind, setKind] = useState<NoteKind | 'full'>(
    ['stood-down', 'review-open', 'review-done'].includes(major.state) ? 'full' : 'flash',
  )
  const [language, setLanguage] = useState<Language>(own)
  return (
    <>
      <div className={classes.choose}>
        <Chips
          label={t('major-incidents.report.which')}
          value={kind}
          onChange={setKind}
          chips={[...noteKinds, 'full' as const].map((value) => ({
            value,
            label: t(`major-incidents.report.${value}`),
          }))}
        />
        <Chips
          label={t('major-incidents.update.language')}
          value={language}
          onChange={setLanguage}
          chips={(['de', 'en'] as const).map((value) => ({ value, label: t(`major-incidents.language.${value}`) }))}
        />
      </div>
      {kind === 'full' ? (
        <Full key={language} major={major} language={language} />
      ) : (
        <ShortReport major={major} kind={kind} language={language} />
      )}
    </>
  )
}

interface ShortReportProps {
  readonly major: MajorIncidentPage
  readonly kind: NoteKind
  readonly language: Language
}

function ShortReport({ major, kind, language }: ShortReportProps) {
  const t = useText()
  const { data, error } = useQuery(noteQuery(major.id, kind, language))
  if (data === undefined) return error ? <Problem failure={error} /> : null
  const { title, lines } = data
  async function copy() {
    await navigator.clipboard.writeText([title, ...lines].join('\n'))
    notify(t('major-incidents.status.copied'))
  }
  return (
    <div className={classes.paper} lang={language}>
      <h2>{title}</h2>
      <ol>
        {lines.map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ol>
      <Buttons>
        <Button onClick={() => void copy()}>{t('major-incidents.status.copy')}</Button>
      </Buttons>
    </div>
  )
}

function Full({ major, language }: Pick<ShortReportProps, 'major' | 'language'>) {
  const t = useText()
  const format = useFormat()
  const changed = useChanged()
  const barred = barredFromLeading(useAsker(), major)
  const [busy, setBusy] = useState(false)
  const pdf = (edition: 'internal' | 'customer') =>
    urlOf(api.printReport, { params: { id: major.id }, query: { lang: language, edition } })
  const slides = (edition: 'internal' | 'customer') =>
    urlOf(api.presentReport, { params: { id: major.id }, query: { lang: language, edition } })
  async function issue() {
    setBusy(true)
    await call(api.issueReport, { params: { id: major.id } }).finally(() => setBusy(false))
    await changed()
    notify(t('major-incidents.report.issued-now'))
  }
  return (
    <>
      <div className={classes.reportHead}>
        <Buttons>
          <DownloadLink href={pdf('internal')}>{t('major-incidents.report.pdf')}</DownloadLink>
          <DownloadLink href={pdf('customer')}>{t('major-incidents.report.pdf-customer')}</DownloadLink>
          <DownloadLink href={slides('internal')}>{t('major-incidents.report.slides')}</DownloadLink>
          <DownloadLink href={slides('customer')}>{t('major-incidents.report.slides-customer')}</DownloadLink>
          <Button busy={busy} barred={barred && t(barred)} onClick={() => void issue()}>
            {t(major.reportIssuedAt === null ? 'major-incidents.report.issue' : 'major-incidents.report.issue-again')}
          </Button>
        </Buttons>
        <p className="pl-small pl-quiet">
          {major.reportIssuedAt === null
            ? t('major-incidents.report.not-issued')
            : t('major-incidents.report.issued', { at: format.instant(major.reportIssuedAt, zoneOf(major)) })}
        </p>
      </div>
      <Section title={t('major-incidents.actions')} hint={t('major-incidents.actions-hint')}>
        <ReportActions major={major} />
      </Section>
      <FollowUps major={major} />
      <FullReport major={major} language={language} may={barred === null} />
    </>
  )
}
