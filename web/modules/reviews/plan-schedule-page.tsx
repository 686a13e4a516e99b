import { useQuery, useQueryClient, useSuspenseQuery } from '@tanstack/react-query'
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router'
import { barredFromMaking, type ReportSchedule } from '#api/reviews'
import * as api from '#api/reviews'
import { type Language, languages } from '#core/text.ts'
import { customersQuery } from '#web/app/customers.ts'
import { call } from '#web/http/call.ts'
import { useAsker } from '#web/modules/people/index.ts'
import { ChosenMany } from '#web/ui/chosen-many.tsx'
import { FieldRow, NumberField, RadioField, SelectField } from '#web/ui/field.tsx'
import { Form, useForm } from '#web/ui/form.tsx'
import { MonthPicker } from '#web/ui/month-picker.tsx'
import { notify } from '#web/ui/notices.tsx'
import { Page } from '#web/ui/page.tsx'
import { Problem } from '#web/ui/problem.tsx'
import { useText } from '#web/ui/text.tsx'
import { recipientsQuery } from './queries.ts'
import classes from './review-page.module.css'

const route = getRouteApi('/shell/report-schedules/new')

interface Plan {
  readonly customer: string
  readonly report: ReportSchedule['report']
  readonly edition: ReportSchedule['edition']
  readonly language: Language
  readonly day: number | null
  readonly nextMonth: string
  readonly recipients: readonly string[]
}

/** Plans a report that goes out each month. */
export function PlanSchedulePage() {
  const t = useText()
  const barred = barredFromMaking(useAsker())
  return (
    <Page
      title={t('reviews.schedules.plan')}
      lede={t('reviews.schedules.new-lede')}
      crumb={<Link to="/report-schedules">{t('reviews.schedules.title')}</Link>}
    >
      {barred === null ? <PlanForm /> : <Problem title={t(barred)} />}
    </Page>
  )
}

function PlanForm() {
  const t = useText()
  const navigate = useNavigate()
  const cache = useQueryClient()
  const { items: customers } = useSuspenseQuery(customersQuery('')).data
  const { customer } = route.useSearch()
  const form = useForm<Plan>({
    initial: {
      customer: customer ?? (customers.length === 1 ? customers[0]!.id : ''),
      report: 'R01',
      edition: 'customer',
      language: 'de',
      day: 5,
      nextMonth: thisMonth(),
      recipients: [],
    },
    check: ({ customer: chosen, recipients, day }) => ({
      customer: chosen === '' ? t('reviews.make.customer-missing') : undefined,
      day: day === null || day < 1 || day > 28 ? t('reviews.schedules.day-wrong') : undefined,
      recipients: recipients.length === 0 ? t('reviews.schedules.recipients-missing') : undefined,
    }),
    async submit({ day, recipients, edition, ...plan }) {
      // There is but one edition of what is about ourselves.
      const chosen = api.ownReports.has(plan.report) ? {} : { edition }
      const { id } = await call(api.addSchedule, {
        body: { ...plan, ...chosen, day: day ?? 1, recipients: [...recipients] },
      })
      await cache.invalidateQueries({ queryKey: ['report-schedules'] })
      notify(t('reviews.schedules.planned'))
      await navigate({ to: '/report-schedules/$id', params: { id } })
    },
  })
  const { data: people = [] } = useQuery(recipientsQuery(form.values.customer))
  return (
    <Form form={form} guard action={t('reviews.schedules.plan')}>
      <SelectField
        field={form.field('customer')}
        label={t('reviews.customer')}
        options={[
          ...(customer ? [] : [{ value: '', label: '' }]),
          ...customers.map(({ id, name }) => ({ value: id, label: name })),
        ]}
      />
      <SelectField
        field={form.field('report')}
        label={t('reviews.report')}
        options={api.reportKinds.map((value) => ({ value, label: t(`reviews.report.${value}`) }))}
      />
      {api.ownReports.has(form.values.report) ? (
        <p className="pl-quiet">{t('reviews.make.own-report')}</p>
      ) : (
        <RadioField
          field={form.field('edition')}
          label={t('reviews.edition')}
          options={api.editions.map((value) => ({
            value,
            label: t(`reviews.edition.${value}`),
            hint: t(`reviews.edition.${value}-hint`),
          }))}
        />
      )}
      <RadioField
        field={form.field('language')}
        label={t('reviews.language')}
        options={languages.map((value) => ({ value, label: t(`reviews.page.language.${value}`) }))}
      />
      <FieldRow>
        <NumberField
          field={form.field('day')}
          label={t('reviews.schedules.day-field')}
          hint={t('reviews.schedules.day-hint')}
          min={1}
          max={28}
        />
      </FieldRow>
      <div>
        <p className={classes.label}>{t('reviews.schedules.first')}</p>
        <MonthPicker
          label={t('reviews.schedules.first')}
          value={form.values.nextMonth}
          onChange={form.field('nextMonth').onChange}
        />
        <p className="pl-small pl-quiet">{t('reviews.schedules.first-hint')}</p>
      </div>
      <ChosenMany
        label={t('reviews.schedules.recipients')}
        options={people.map(({ id, name }) => ({ value: id, label: name }))}
        value={form.values.recipients}
        onChange={(recipients) => form.set({ recipients })}
        error={form.field('recipients').error}
      />
    </Form>
  )
}

function thisMonth(): string {
  const now = new Date()
  return new Date(Date.UTC(now.getFullYear(), now.getMonth(), 1)).toISOString().slice(0, 7)
}
