import { useQueryClient, useSuspenseQuery } from '@tanstack/react-query'
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router'
import { barredFromMaking, barredFromMakingAny, type Review } from '#api/reviews'
import * as api from '#api/reviews'
import { customersQuery } from '#web/app/customers.ts'
import { call } from '#web/http/call.ts'
import { useAsker } from '#web/modules/people/index.ts'
import { LinkButton } from '#web/ui/button.tsx'
import { Empty } from '#web/ui/empty.tsx'
import { RadioField, SelectField } from '#web/ui/field.tsx'
import { Form, useForm } from '#web/ui/form.tsx'
import { MonthPicker } from '#web/ui/month-picker.tsx'
import { Page } from '#web/ui/page.tsx'
import { Problem } from '#web/ui/problem.tsx'
import { useText } from '#web/ui/text.tsx'
import classes from './review-page.module.css'

const route = getRouteApi('/shell/reviews/new')

interface Order {
  readonly customer: string
  readonly month: string
  readonly edition: Review['edition'] | 'all'
  readonly report: Review['report']
}

/** Orders the review of a customer's month. */
export function MakeReviewPage() {
  const t = useText()
  const barred = barredFromMakingAny(useAsker())
  const { items } = useSuspenseQuery(customersQuery('')).data
  const crumb = <Link to="/reviews">{t('reviews.list.title')}</Link>
  return (
    <Page title={t('reviews.make')} lede={t('reviews.make.lede')} crumb={crumb}>
      {barred !== null && <Problem title={t(barred)} />}
      {barred === null && items.length === 0 && (
        <Empty
          title={t('reviews.make.no-customer')}
          actions={
            <LinkButton to="/imports" main>
              {t('app.area.imports')}
            </LinkButton>
          }
        />
      )}
      {barred === null && items.length > 0 && <OrderForm customers={items} />}
    </Page>
  )
}

function OrderForm({ customers }: { readonly customers: readonly { readonly id: string; readonly name: string }[] }) {
  const t = useText()
  const navigate = useNavigate()
  const cache = useQueryClient()
  const { customer, month } = route.useSearch()
  const asker = useAsker()
  // Who keeps the books is offered reports of money alone, and no service review.
  const reports = api.reportKinds.filter((each) => barredFromMaking(asker, each) === null)
  const form = useForm<Order>({
    initial: {
      customer: customer ?? (customers.length === 1 ? customers[0]!.id : ''),
      month: month !== undefined && MONTH.test(month) ? month : lastMonth(),
      edition: 'customer',
      report: reports[0]!,
    },
    check: ({ customer: chosen }) => ({
      customer: chosen === '' ? t('reviews.make.customer-missing') : undefined,
    }),
    async submit({ edition, ...order }) {
      const ours = api.ownReports.has(order.report)
      const editions = ours ? ['internal' as const] : edition === 'all' ? [...api.editions] : [edition]
      const { id } = await call(api.makeReview, { body: { ...order, editions } })
      await cache.invalidateQueries({ queryKey: ['reviews'] })
      await navigate({ to: '/reviews/$id', params: { id } })
    },
  })
  return (
    <Form form={form} action={t('reviews.make.do')}>
      <SelectField
        field={form.field('customer')}
        label={t('reviews.customer')}
        options={[
          ...(customer ? [] : [{ value: '', label: '' }]),
          ...customers.map(({ id, name }) => ({ value: id, label: name })),
        ]}
      />
      <div>
        <p className={classes.label}>{t('reviews.month')}</p>
        <MonthPicker
          label={t('reviews.month')}
          value={form.values.month}
          max={thisMonth()}
          onChange={form.field('month').onChange}
        />
        <p className="pl-small pl-quiet">
          {t(form.values.month === thisMonth() ? 'reviews.make.month-unfinished' : 'reviews.make.month-hint')}
        </p>
      </div>
      <SelectField
        field={form.field('report')}
        label={t('reviews.report')}
        options={reports.map((value) => ({ value, label: t(`reviews.report.${value}`) }))}
      />
      {api.ownReports.has(form.values.report) ? (
        <p className="pl-quiet">{t('reviews.make.own-report')}</p>
      ) : (
        <RadioField
          field={form.field('edition')}
          label={t('reviews.edition')}
          options={[
            { value: 'customer', label: t('reviews.edition.customer'), hint: t('reviews.edition.customer-hint') },
            { value: 'all', label: t('reviews.edition.all'), hint: t('reviews.edition.all-hint') },
            { value: 'one-page', label: t('reviews.edition.one-page'), hint: t('reviews.edition.one-page-hint') },
            { value: 'internal', label: t('reviews.edition.internal'), hint: t('reviews.edition.internal-hint') },
          ]}
        />
      )}
    </Form>
  )
}

const MONTH = /^\d{4}-(0[1-9]|1[0-2])$/

function thisMonth(): string {
  const now = new Date()
  return new Date(Date.UTC(now.getFullYear(), now.getMonth(), 1)).toISOString().slice(0, 7)
}

/** The last whole month, as `2026-10`. */
function lastMonth(): string {
  const now = new Date()
  return new Date(Date.UTC(now.getFullYear(), now.getMonth() - 1, 1)).toISOString().slice(0, 7)
}
