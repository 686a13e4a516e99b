import { useQueryClient } from '@tanstack/react-query'
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router'
import * as api from '#api/feedback'
import { anonymities, barredFromSurveying, scales, triggers } from '#api/feedback'
import { call } from '#web/http/call.ts'
import { useAsker } from '#web/modules/people/index.ts'
import { Empty } from '#web/ui/empty.tsx'
import { CheckField, FieldRow, NumberField, RadioField, SelectField, TextField } from '#web/ui/field.tsx'
import { Form, useForm } from '#web/ui/form.tsx'
import { notify } from '#web/ui/notices.tsx'
import { Page } from '#web/ui/page.tsx'
import { useText } from '#web/ui/text.tsx'
import { CustomerField } from './customer-field.tsx'

const route = getRouteApi('/shell/feedback/surveys/new')

interface NewSurvey {
  readonly name: string
  readonly customer: string
  readonly trigger: (typeof triggers)[number]
  readonly scale: (typeof scales)[number]
  readonly anonymity: (typeof anonymities)[number]
  readonly german: string
  readonly english: string
  readonly asksLostTime: boolean
  readonly asksFactors: boolean
  readonly everyDays: number | null
  readonly fatigueDays: number | null
}

const usual: NewSurvey = {
  name: '',
  customer: '',
  trigger: 'closed',
  scale: 'csat',
  anonymity: 'confidential',
  german: '',
  english: '',
  asksLostTime: true,
  asksFactors: true,
  everyDays: 182,
  fatigueDays: 14,
}

/** Asks people from now on. */
export function NewSurveyPage() {
  const t = useText()
  const barred = barredFromSurveying(useAsker())
  if (barred === null) return <Survey />
  return (
    <Page title={t('feedback.survey.new')} crumb={<Link to="/feedback">{t('feedback.title')}</Link>}>
      <Empty title={t('feedback.surveys')}>{t(barred)}</Empty>
    </Page>
  )
}

function Survey() {
  const t = useText()
  const client = useQueryClient()
  const navigate = useNavigate()
  const { customer } = route.useSearch()
  const form = useForm({
    initial: { ...usual, customer: customer ?? '' },
    check: (values) => ({ name: values.name.trim() === '' ? t('feedback.survey.name-missing') : undefined }),
    paths: { 'question.de': 'german', 'question.en': 'english' },
    async submit({ customer: whose, german, english, everyDays, fatigueDays, trigger, ...given }) {
      const { id } = await call(api.addSurvey, {
        body: {
          ...given,
          trigger,
          question: { ...(german.trim() && { de: german }), ...(english.trim() && { en: english }) },
          ...(whose && { customer: whose }),
          ...(trigger === 'periodic' && everyDays !== null && { everyDays }),
          fatigueDays: fatigueDays ?? 14,
        },
      })
      await client.invalidateQueries({ queryKey: ['feedback'] })
      notify(t('feedback.survey.added'))
      await navigate({ to: '/feedback/surveys/$id', params: { id }, ignoreBlocker: true })
    },
  })
  return (
    <Page
      title={t('feedback.survey.new')}
      lede={t('feedback.survey.new-lede')}
      crumb={<Link to="/feedback">{t('feedback.title')}</Link>}
    >
      <Form form={form} guard action={t('feedback.survey.add')}>
        <FieldRow>
          <TextField field={form.field('name')} label={t('feedback.survey.name')} maxLength={120} />
          <CustomerField field={form.field('customer')} all />
        </FieldRow>
        <FieldRow>
          <SelectField
            field={form.field('trigger')}
            label={t('feedback.survey.trigger')}
            options={triggers.map((value) => ({ value, label: t(`feedback.trigger.${value}`) }))}
          />
          <SelectField
            field={form.field('scale')}
            label={t('feedback.survey.scale')}
            options={scales.map((value) => ({ value, label: t(`feedback.scale.${value}`) }))}
          />
        </FieldRow>
        {form.values.trigger === 'periodic' && (
          <NumberField field={form.field('everyDays')} label={t('feedback.survey.every-days')} min={7} max={366} />
        )}
        <RadioField
          field={form.field('anonymity')}
          label={t('feedback.survey.anonymity')}
          options={anonymities.map((value) => ({
            value,
            label: t(`feedback.anonymity.${value}`),
            hint: t(`feedback.anonymity-hint.${value}`),
          }))}
        />
        <FieldRow>
          <TextField field={form.field('german')} label={t('feedback.survey.german')} maxLength={400} optional />
          <TextField field={form.field('english')} label={t('feedback.survey.english')} maxLength={400} optional />
        </FieldRow>
        <CheckField field={form.field('asksLostTime')} label={t('feedback.survey.asks-lost')} />
        <CheckField field={form.field('asksFactors')} label={t('feedback.survey.asks-factors')} />
        <NumberField
          field={form.field('fatigueDays')}
          label={t('feedback.survey.fatigue')}
          hint={t('feedback.survey.fatigue-hint')}
          min={0}
          max={366}
        />
      </Form>
    </Page>
  )
}
