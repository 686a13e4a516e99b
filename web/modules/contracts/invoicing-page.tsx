import { useQueryClient, useSuspenseQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import * as api from '#api/contracts'
import { barredFromContracting, type InvoiceParty, type Invoicing, taxCategories } from '#api/contracts'
import { call } from '#web/http/call.ts'
import { useAsker } from '#web/modules/people/index.ts'
import { Empty } from '#web/ui/empty.tsx'
import { FieldRow, NumberField, SelectField, TextField } from '#web/ui/field.tsx'
import { Form, type FormState, useForm } from '#web/ui/form.tsx'
import { notify } from '#web/ui/notices.tsx'
import { Page, Section } from '#web/ui/page.tsx'
import { useText } from '#web/ui/text.tsx'
import { contractQuery, invoicingQuery } from './queries.ts'
import classes from './fields.module.css'

const route = getRouteApi('/shell/contracts/$id/invoicing')

const parts = ['Name', 'Street', 'PostCode', 'City', 'Country', 'VatId', 'Email'] as const
type Part = (typeof parts)[number]
type Side = 'seller' | 'buyer'
type Sides = { readonly [Name in `${Side}${Part}`]: string }

interface Values extends Sides {
  readonly taxCategory: Invoicing['taxCategory']
  readonly tax: number | null
  readonly exemption: string
  readonly paymentDays: number | null
  readonly iban: string
  readonly buyerReference: string
  readonly orderReference: string
}

/** Who invoices whom and with which tax. */
export function InvoicingPage() {
  const t = useText()
  const { id } = route.useParams()
  const { data: contract } = useSuspenseQuery(contractQuery(id))
  const barred = barredFromContracting(useAsker())
  const crumb = (
    <Link to="/contracts/$id" params={{ id }}>
      {contract.title}
    </Link>
  )
  return (
    <Page title={t('contracts.invoicing')} lede={t('contracts.invoicing-lede')} crumb={crumb}>
      {barred === null ? <Terms id={id} /> : <Empty title={t('contracts.invoicing')}>{t(barred)}</Empty>}
    </Page>
  )
}

function keyOf(part: Part): keyof InvoiceParty {
  return `${part[0]!.toLowerCase()}${part.slice(1)}` as keyof InvoiceParty
}

function sideValues(side: Side, of: InvoiceParty | undefined): Sides {
  return Object.fromEntries(parts.map((part) => [`${side}${part}`, of?.[keyOf(part)] ?? ''])) as Sides
}

function partyOf(side: Side, values: Values): InvoiceParty {
  const text = (part: Part) => values[`${side}${part}`].trim()
  const given = Object.fromEntries(parts.map((part) => [keyOf(part), text(part)])) as unknown as InvoiceParty
  return { ...given, vatId: text('VatId') || null, email: text('Email') || null }
}

function Terms({ id }: { readonly id: string }) {
  const t = useText()
  const client = useQueryClient()
  const { data } = useSuspenseQuery(invoicingQuery(id))
  const said = data.invoicing
  const initial: Values = {
    ...sideValues('seller', said?.seller),
    ...sideValues('buyer', said?.buyer),
    taxCategory: said?.taxCategory ?? 'S',
    tax: (said?.taxBp ?? 1900) / 100,
    exemption: said?.exemption ?? '',
    paymentDays: said?.paymentDays ?? 30,
    iban: said?.iban ?? '',
    buyerReference: said?.buyerReference ?? '',
    orderReference: said?.orderReference ?? '',
  }
  const paths = Object.fromEntries(
    (['seller', 'buyer'] as const).flatMap((side) => parts.map((part) => [`${side}.${keyOf(part)}`, `${side}${part}`])),
  ) as Record<string, keyof Values>
  const form = useForm({
    initial,
    paths: { ...paths, taxBp: 'tax' },
    async submit(values) {
      const { taxCategory, tax, exemption, paymentDays, iban, buyerReference, orderReference } = values
      const body = {
        seller: partyOf('seller', values),
        buyer: partyOf('buyer', values),
        taxCategory,
        taxBp: Math.round((tax ?? 0) * 100),
        exemption: exemption.trim() || null,
        paymentDays: paymentDays ?? 0,
        iban: iban.replaceAll(/\s/g, '') || null,
        buyerReference: buyerReference.trim() || null,
        orderReference: orderReference.trim() || null,
      }
      await call(api.putInvoicing, { params: { id }, body })
      await client.invalidateQueries({ queryKey: ['contracts'] })
      notify(t('contracts.invoicing-kept'))
    },
  })
  return (
    <Form form={form} guard action={t('contracts.invoicing-keep')}>
      <PartyFields side="seller" form={form} />
      <PartyFields side="buyer" form={form} />
      <Section title={t('contracts.tax')}>
        <div className={classes.fields}>
          <FieldRow>
            <SelectField
              field={form.field('taxCategory')}
              label={t('contracts.tax-category')}
              options={taxCategories.map((value) => ({ value, label: t(`contracts.tax-category.${value}`) }))}
            />
            <NumberField field={form.field('tax')} label={t('contracts.tax-rate')} digits={2} min={0} max={100} />
          </FieldRow>
          <TextField field={form.field('exemption')} label={t('contracts.exemption')} maxLength={300} optional />
          <FieldRow>
            <NumberField field={form.field('paymentDays')} label={t('contracts.payment-days')} min={0} max={365} />
            <TextField field={form.field('iban')} label={t('contracts.iban')} maxLength={42} />
          </FieldRow>
          <FieldRow>
            <TextField field={form.field('buyerReference')} label={t('contracts.buyer-reference')} optional />
            <TextField field={form.field('orderReference')} label={t('contracts.order-reference')} optional />
          </FieldRow>
        </div>
      </Section>
    </Form>
  )
}

function PartyFields({ side, form }: { readonly side: Side; readonly form: FormState<Values> }) {
  const t = useText()
  const field = (part: Part, optional = false) => (
    <TextField
      field={form.field(`${side}${part}`)}
      label={t(`contracts.party-${keyOf(part).toLowerCase() as 'name'}`)}
      optional={optional}
    />
  )
  return (
    <Section title={t(`contracts.${side}`)}>
      <div className={classes.fields}>
        {field('Name')}
        {field('Street')}
        <FieldRow>
          {field('PostCode')}
          {field('City')}
          {field('Country')}
        </FieldRow>
        <FieldRow>
          {field('VatId', true)}
          {field('Email', true)}
        </FieldRow>
      </div>
    </Section>
  )
}
