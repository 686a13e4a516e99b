import { useQuery, useQueryClient } from '@tanstack/react-query'
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import * as api from '#api/portal'
import { affected, barredFromReporting, hindrances } from '#api/portal'
import { call } from '#web/http/call.ts'
import { useAsker, useSession } from '#web/modules/people/index.ts'
import { LinkButton, TextButton } from '#web/ui/button.tsx'
import { FieldRow, SelectField, TextAreaField, TextField } from '#web/ui/field.tsx'
import { Form, useForm } from '#web/ui/form.tsx'
import { notify } from '#web/ui/notices.tsx'
import { Page } from '#web/ui/page.tsx'
import { SearchField } from '#web/ui/search-field.tsx'
import { useText } from '#web/ui/text.tsx'
import { useFormat } from '#web/ui/use-format.ts'
import { AlikeReports } from './alike-reports.tsx'
import { BigChoice } from './big-choice.tsx'
import { ChosenFiles } from './chosen-files.tsx'
import { foundInPortal } from './finding.ts'
import { NotHere } from './not-here.tsx'
import { aboutQuery } from './queries.ts'
import { dropDraft, keepDraft, keepSite, keyFor, lastSite, readDraft, type ReportWords } from './report-draft.ts'
import { type Sending, sendFiles } from './send-files.ts'
import classes from './report-page.module.css'

const route = getRouteApi('/shell/portal/report')

/** Says what does not work: a title is enough, everything else helps. */
export function ReportPage() {
  const t = useText()
  const barred = barredFromReporting(useAsker())
  // Begun anew: the fields are others.
  const [begun, setBegun] = useState(0)
  if (barred !== null) return <NotHere reason={barred} />
  return (
    <Page
      title={t('portal.report')}
      lede={t('portal.report.lede')}
      crumb={<Link to="/portal">{t('portal.title')}</Link>}
    >
      <Report key={begun} onAnew={() => setBegun(begun + 1)} />
    </Page>
  )
}

function Report({ onAnew }: { readonly onAnew: () => void }) {
  const t = useText()
  const format = useFormat()
  const client = useQueryClient()
  const navigate = useNavigate()
  const { customers, person } = useSession()
  const { customer: shown, service = '', title = '' } = route.useSearch()
  const personId = person?.id ?? ''
  const [draft] = useState(() => readDraft(personId))
  const [files, setFiles] = useState<readonly File[]>([])
  const [sending, setSending] = useState<Sending | null>(null)
  const only = customers.length === 1 ? customers[0]!.id : customers.some(({ id }) => id === shown) ? shown! : ''
  const asked = { ...(service !== '' && { service }), ...(title !== '' && { title }) }
  const blank: ReportWords = {
    customer: only,
    title: '',
    description: '',
    affected: 'me',
    hindrance: 'hindered',
    service: '',
    site: lastSite(personId),
    other: '',
  }
  const [others, setOthers] = useState((draft?.words.other ?? '') !== '')
  const form = useForm({
    initial: { ...blank, ...draft?.words, ...asked },
    check: ({ customer, title: said, other }) => ({
      ...(customer === '' && { customer: t('portal.report.customer-needed') }),
      ...(said.trim() === '' && { title: t('portal.report.title-needed') }),
      ...(others && other.trim() === '' && { other: t('portal.report.other-needed') }),
    }),
    submit: async ({ customer, title: said, description, service: chosen, site, other, ...rated }) => {
      // What is not there any more is not sent: the site of last time, for instance.
      const isThere = (list: readonly { readonly id: string }[] | undefined, id: string) =>
        list?.some((each) => each.id === id) === true
      const body = {
        customer,
        title: said.trim(),
        description: description.trim(),
        ...rated,
        ...(others && other.trim() !== '' && { onBehalfOf: other.trim() }),
        ...(isThere(about?.services, chosen) && { service: chosen }),
        ...(isThere(about?.sites, site) && { site }),
      }
      const { id, number } = await call(api.report, { body, key: keyFor(personId, body) })
      let left = files
      await sendFiles(id, files, {
        onSending: setSending,
        onArrived: (file) => setFiles((left = left.filter((each) => each !== file))),
      })
      keepSite(personId, site)
      dropDraft(personId)
      foundInPortal()
      void client.invalidateQueries({ queryKey: ['portal'] })
      notify(t('portal.report.done', { number }))
      // After the form knows that it is sent.
      setTimeout(() => void navigate({ to: '/portal/reports/$number', params: { number }, search: {} }))
    },
  })
  const { values, field: plain } = form
  const { data: about } = useQuery(aboutQuery(values.customer === '' ? undefined : values.customer))
  const option = ({ id, name }: { readonly id: string; readonly name: string }) => ({ value: id, label: name })
  const none = { value: '', label: t('portal.report.not-said') }
  function field<Name extends keyof ReportWords>(name: Name) {
    const { onChange, ...rest } = plain(name)
    return {
      ...rest,
      onChange: (value: ReportWords[Name]) => {
        keepDraft(personId, { ...values, [name]: value }, new Date())
        onChange(value)
      },
    }
  }
  return (
    <div className={classes.report}>
      {draft && (
        <p className={classes.draft} role="status">
          {t('portal.report.draft', { at: format.instant(draft.at) })}{' '}
          <TextButton
            onClick={() => {
              dropDraft(personId)
              onAnew()
            }}
          >
            {t('portal.report.anew')}
          </TextButton>
        </p>
      )}
      <Form
        form={form}
        guard
        label={t('portal.report')}
        action={t('portal.report.do')}
        beside={<LinkButton to="/portal">{t('portal.report.later')}</LinkButton>}
      >
        {customers.length > 1 && (
          <SelectField
            field={field('customer')}
            label={t('portal.report.customer')}
            options={[{ value: '', label: t('portal.report.choose') }, ...customers.map(option)]}
          />
        )}
        <div>
          <TextField
            field={field('title')}
            label={t('portal.report.title')}
            hint={t('portal.report.title-hint')}
            maxLength={400}
            autoFocus
          />
          <AlikeReports title={values.title} customer={values.customer} />
        </div>
        <TextAreaField
          field={field('description')}
          label={t('portal.report.description')}
          hint={t('portal.report.description-hint')}
          optional
          rows={4}
        />
        <ChosenFiles files={files} onChange={setFiles} sending={sending} />
        <BigChoice
          field={field('hindrance')}
          label={t('portal.report.hindrance')}
          options={hindrances.map((value) => ({
            value,
            label: t(`portal.hindrance.${value}`),
            hint: t(`portal.hindrance.${value}-hint`),
          }))}
        />
        <BigChoice
          field={field('affected')}
          label={t('portal.report.affected')}
          options={affected.map((value) => ({ value, label: t(`portal.affected.${value}`) }))}
        />
        <label className={classes.others}>
          <input type="checkbox" checked={others} onChange={({ currentTarget }) => setOthers(currentTarget.checked)} />{' '}
          {t('portal.report.for-another')}
        </label>
        {others && (
          <TextField
            field={field('other')}
            label={t('portal.report.other')}
            hint={t('portal.report.other-hint')}
            maxLength={200}
          />
        )}
        {about !== undefined && (about.services.length > 0 || about.sites.length > 1) && (
          <FieldRow>
            {about.services.length > 0 && (
              <SearchField
                field={field('service')}
                label={t('portal.report.service')}
                placeholder={t('portal.report.not-said')}
                options={[none, ...about.services.map(option)]}
              />
            )}
            {about.sites.length > 1 && (
              <SearchField
                field={field('site')}
                label={t('portal.report.site')}
                placeholder={t('portal.report.not-said')}
                options={[none, ...about.sites.map(option)]}
              />
            )}
          </FieldRow>
        )}
      </Form>
    </div>
  )
}
