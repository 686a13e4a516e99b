import { useQueryClient, useSuspenseQuery } from '@tanstack/react-query'
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router'
import * as api from '#api/contract-changes'
import { barredFromTerms } from '#api/contract-changes'
import { decimalsOf } from '#core/exchange.ts'
import { monthsAfter } from '#core/recurrence.ts'
import { call } from '#web/http/call.ts'
import { useAsker } from '#web/modules/people/index.ts'
import { Empty } from '#web/ui/empty.tsx'
import { FieldRow, SelectField, TextAreaField, TextField } from '#web/ui/field.tsx'
import { Form, useForm } from '#web/ui/form.tsx'
import { Page } from '#web/ui/page.tsx'
import { useText } from '#web/ui/text.tsx'
import { useNow } from '#web/ui/use-now.ts'
import { DraftField, type Drafted, draftOf } from './draft-field.tsx'
import { type Impact, ImpactFields, impactOf } from './impact-fields.tsx'
import { type Priced, PriceRows, pricesOf, usePriceCheck } from './price-rows.tsx'
import { changingQuery } from './queries.ts'

const route = getRouteApi('/shell/contracts/$id/changes/new')
const origins = ['customer', 'provider', 'law', 'technology'] as const

interface Values extends Priced, Drafted, Impact {
  readonly title: string
  readonly origin: (typeof origins)[number]
  readonly description: string
  readonly offerValidUntil: string
}

/** Writes down what somebody wants changed, and what that does. */
export function NewChangePage() {
  const t = useText()
  const { id } = route.useParams()
  const barred = barredFromTerms(useAsker())
  if (barred === null) return <NewChange id={id} />
  return (
    <Page title={t('changes.new')}>
      <Empty title={t('changes.new')}>{t(barred)}</Empty>
    </Page>
  )
}

function NewChange({ id }: { readonly id: string }) {
  const t = useText()
  const client = useQueryClient()
  const navigate = useNavigate()
  const { data } = useSuspenseQuery(changingQuery(id))
  const { contract, lines, drafts } = data
  const priceCheck = usePriceCheck()
  const decimals = decimalsOf(contract.currency)
  const next = monthsAfter(`${useNow().toISOString().slice(0, 7)}-01`, 1).slice(0, 7)
  const initial: Values = {
    title: '',
    origin: 'customer',
    description: '',
    scopeImpact: '',
    levelImpact: '',
    offerValidUntil: '',
    revenue: null,
    cost: null,
    draft: '',
    prices: [],
  }
  const form = useForm<Values>({
    initial,
    check: ({ title, description, offerValidUntil, prices }) => ({
      title: title.trim() === '' ? t('changes.title-missing') : undefined,
      description: description.trim() === '' ? t('changes.description-missing') : undefined,
      offerValidUntil:
        offerValidUntil === '' || /^\d{4}-\d{2}-\d{2}$/.test(offerValidUntil) ? undefined : t('changes.day-missing'),
      prices: priceCheck({ prices }),
    }),
    async submit(values) {
      const { title, origin, description, offerValidUntil } = values
      const body = {
        title,
        origin,
        description,
        offerValidUntil: offerValidUntil === '' ? null : offerValidUntil,
        ...impactOf(values, decimals),
        agreement: draftOf(values),
        prices: pricesOf(values, lines, decimals),
      }
      const { id: changeId } = await call(api.addChange, { params: { id }, body })
      await client.invalidateQueries({ queryKey: ['changes'] })
      await navigate({ to: '/contract-changes/$id', params: { id: changeId }, ignoreBlocker: true })
    },
  })
  return (
    <Page
      title={t('changes.new')}
      lede={contract.title}
      crumb={
        <Link to="/contract-changes" search={{ contract: id }}>
          {t('changes.title')}
        </Link>
      }
    >
      <Form form={form} guard action={t('changes.new')}>
        <TextField field={form.field('title')} label={t('changes.name')} maxLength={200} />
        <FieldRow>
          <SelectField
            field={form.field('origin')}
            label={t('changes.origin')}
            options={origins.map((value) => ({ value, label: t(`changes.origin.${value}`) }))}
          />
          <TextField field={form.field('offerValidUntil')} label={t('changes.valid-until')} type="date" optional />
        </FieldRow>
        <TextAreaField field={form.field('description')} label={t('changes.description')} maxLength={4000} />
        <ImpactFields form={form} decimals={decimals} />
        <DraftField form={form} drafts={drafts} />
        <PriceRows form={form} lines={lines} decimals={decimals} month={next} />
      </Form>
    </Page>
  )
}
