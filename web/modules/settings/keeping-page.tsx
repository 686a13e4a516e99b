import { queryOptions, useSuspenseQuery } from '@tanstack/react-query'
import * as api from '#api/organisation'
import { useSettings } from '#web/app/settings-query.ts'
import { SettingsPage } from '#web/app/settings.tsx'
import { call } from '#web/http/call.ts'
import { NumberField } from '#web/ui/field.tsx'
import { Form, useForm } from '#web/ui/form.tsx'
import { notify } from '#web/ui/notices.tsx'
import { Section } from '#web/ui/page.tsx'
import { useText } from '#web/ui/text.tsx'
import { useFormat } from '#web/ui/use-format.ts'
import classes from './settings.module.css'

/** How long what is kept, and what goes next. */
export function KeepingPage() {
  const t = useText()
  return (
    <SettingsPage title={t('settings.keeping.title')} lede={t('settings.keeping.lede')}>
      <Outlook />
      <Periods />
    </SettingsPage>
  )
}

function retentionQuery() {
  return queryOptions({ queryKey: ['retention'], queryFn: ({ signal }) => call(api.getRetention, {}, signal) })
}

function Outlook() {
  const t = useText()
  const format = useFormat()
  const { data } = useSuspenseQuery(retentionQuery())
  const { next, uploads, answers, audit, auditBefore } = data
  return (
    <Section title={t('settings.keeping.next')}>
      <p>{t('settings.keeping.when', { when: format.instant(next) })}</p>
      <ul className={classes.lines}>
        <li>{t('settings.keeping.uploads', { count: uploads })}</li>
        <li>{t('settings.keeping.answers', { count: answers })}</li>
        <li>
          {auditBefore === null
            ? t('settings.keeping.audit-stays')
            : t('settings.keeping.audit', { count: audit, before: format.date(auditBefore) })}
        </li>
        <li>{t('settings.keeping.history')}</li>
      </ul>
    </Section>
  )
}

function Periods() {
  const t = useText()
  const { settings, change } = useSettings()
  const form = useForm<Record<'uploadDays' | 'answerDays' | 'auditMonths', number | null>>({
    initial: {
      uploadDays: settings.uploadDays,
      answerDays: settings.answerDays,
      auditMonths: settings.auditMonths,
    },
    check: ({ uploadDays, answerDays, auditMonths }) => ({
      uploadDays: within(uploadDays, 1, 365) ? undefined : t('settings.between', { least: 1, most: 365 }),
      answerDays: within(answerDays, 1, 90) ? undefined : t('settings.between', { least: 1, most: 90 }),
      auditMonths:
        auditMonths === null || within(auditMonths, 12, 600)
          ? undefined
          : t('settings.between', { least: 12, most: 600 }),
    }),
    async submit({ uploadDays, answerDays, auditMonths }) {
      await change({ uploadDays: uploadDays!, answerDays: answerDays!, auditMonths })
      notify(t('settings.saved'))
    },
  })
  return (
    <Section title={t('settings.keeping.how-long')}>
      <Form form={form} guard action={t('settings.save')}>
        <NumberField
          field={form.field('uploadDays')}
          label={t('settings.keeping.upload-days')}
          hint={t('settings.keeping.upload-days-hint')}
        />
        <NumberField
          field={form.field('answerDays')}
          label={t('settings.keeping.answer-days')}
          hint={t('settings.keeping.answer-days-hint')}
        />
        <NumberField
          field={form.field('auditMonths')}
          label={t('settings.keeping.audit-months')}
          hint={t('settings.keeping.audit-months-hint')}
          optional
        />
      </Form>
    </Section>
  )
}

function within(value: number | null, least: number, most: number): boolean {
  return value !== null && value >= least && value <= most
}
