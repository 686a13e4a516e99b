import { useQuery, useQueryClient, useSuspenseQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { useState } from 'react'
import * as api from '#api/feedback'
import { barredFromSurveying, type Survey } from '#api/feedback'
import { call } from '#web/http/call.ts'
import { useServices, useSites } from '#web/modules/incidents/index.ts'
import { useAsker } from '#web/modules/people/index.ts'
import { Button, DownloadLink } from '#web/ui/button.tsx'
import { Dialog } from '#web/ui/dialog.tsx'
import { Facts } from '#web/ui/facts.tsx'
import { SelectField, TextField } from '#web/ui/field.tsx'
import { Form, useForm } from '#web/ui/form.tsx'
import { notify } from '#web/ui/notices.tsx'
import { Page, Section, SideSection } from '#web/ui/page.tsx'
import { useText } from '#web/ui/text.tsx'
import { useFormat } from '#web/ui/use-format.ts'
import { CustomerField } from './customer-field.tsx'
import { linksQuery, surveyQuery } from './queries.ts'
import classes from './survey-page.module.css'

const route = getRouteApi('/shell/feedback/surveys/$id')

/** One survey: who is asked what, how many answered, and where everybody may. */
export function SurveyPage() {
  const t = useText()
  const format = useFormat()
  const client = useQueryClient()
  const mine = barredFromSurveying(useAsker()) === null
  const { id } = route.useParams()
  const { data: survey } = useSuspenseQuery(surveyQuery(id))
  const { data: links = [] } = useQuery(linksQuery(id))
  const [adding, setAdding] = useState(false)
  const { name, customer, trigger, scale, anonymity, question, asked, answered, endedAt, fatigueDays, nextOn } = survey
  const changes = mine && endedAt === null

  async function end() {
    await call(api.endSurvey, { params: { id }, match: survey.version })
    await client.invalidateQueries({ queryKey: ['feedback'] })
    notify(t('feedback.survey.ended'))
  }
  async function askNow() {
    await call(api.askNow, { params: { id } })
    notify(t('feedback.survey.asking'))
  }
  return (
    <Page
      title={name}
      lede={question.de ?? question.en ?? t(`feedback.question.${scale}`)}
      crumb={<Link to="/feedback">{t('feedback.title')}</Link>}
      actions={
        changes && (
          <>
            <Button onClick={() => void askNow()}>{t('feedback.survey.ask-now')}</Button>
            <Button onClick={() => void end()}>{t('feedback.survey.end')}</Button>
          </>
        )
      }
      side={
        <SideSection title={t('feedback.survey.about')}>
          <Facts
            facts={[
              { name: t('feedback.customer'), value: customer?.name ?? t('feedback.all-customers') },
              { name: t('feedback.survey.trigger'), value: t(`feedback.trigger.${trigger}`) },
              { name: t('feedback.survey.anonymity'), value: t(`feedback.anonymity.${anonymity}`) },
              { name: t('feedback.survey.fatigue'), value: format.number(fatigueDays) },
              ...(nextOn === null ? [] : [{ name: t('feedback.survey.next'), value: nextOn }]),
              {
                name: t('feedback.survey.answers'),
                value:
                  answered === null
                    ? t('feedback.few')
                    : format.ratio({ numerator: answered, denominator: Math.max(asked, answered) }),
              },
              ...(endedAt === null ? [] : [{ name: t('feedback.survey.over'), value: format.instant(endedAt) }]),
            ]}
          />
        </SideSection>
      }
    >
      <p>{t(`feedback.anonymity-hint.${anonymity}`)}</p>
      <Section title={t('feedback.links')} hint={t('feedback.links-hint')}>
        <ul className={classes.links}>
          {links.map((link) => (
            <li key={link.id} className={classes.link}>
              <img src={`/api/v1/survey-links/${link.id}/qr`} alt={t('feedback.link.qr', { name: link.name })} />
              <p>
                <b>{link.name}</b> {[link.site?.name, link.service?.name].filter(Boolean).join(' · ')}
              </p>
              <p className={`${classes.address} pl-small`}>{link.address}</p>
              <p>
                <DownloadLink href={`/api/v1/survey-links/${link.id}/qr`} download={`${link.name}.svg`}>
                  {t('feedback.link.download')}
                </DownloadLink>
              </p>
            </li>
          ))}
        </ul>
        {changes && <Button onClick={() => setAdding(true)}>{t('feedback.link.add')}</Button>}
      </Section>
      {adding && <LinkDialog survey={survey} onClose={() => setAdding(false)} />}
    </Page>
  )
}

function LinkDialog({ survey, onClose }: { readonly survey: Survey; readonly onClose: () => void }) {
  const t = useText()
  const client = useQueryClient()
  const form = useForm({
    initial: { name: '', customer: survey.customer?.id ?? '', site: '', service: '' },
    check: (values) => ({
      name: values.name.trim() === '' ? t('feedback.survey.name-missing') : undefined,
      customer: values.customer === '' ? t('feedback.customer-missing') : undefined,
    }),
    async submit({ name, customer, site, service }) {
      const body = { name, customer, ...(site && { site }), ...(service && { service }) }
      await call(api.addSurveyLink, { params: { id: survey.id }, body })
      await client.invalidateQueries({ queryKey: ['feedback', 'survey', survey.id] })
      onClose()
    },
  })
  const sites = useSites(form.values.customer || undefined)
  const services = useServices(form.values.customer || undefined)
  const none = { value: '', label: t('feedback.none') }
  return (
    <Dialog title={t('feedback.link.add')} onClose={onClose}>
      <Form form={form} action={t('feedback.link.add')} onCancel={onClose}>
        <TextField
          field={form.field('name')}
          label={t('feedback.link.name')}
          hint={t('feedback.link.name-hint')}
          maxLength={120}
        />
        {survey.customer === null && <CustomerField field={form.field('customer')} />}
        <SelectField
          field={form.field('site')}
          label={t('feedback.site')}
          optional
          options={[none, ...sites.map(({ id, name }) => ({ value: id, label: name }))]}
        />
        <SelectField
          field={form.field('service')}
          label={t('feedback.service')}
          optional
          options={[none, ...services.map(({ id, name }) => ({ value: id, label: name }))]}
        />
      </Form>
    </Dialog>
  )
}
