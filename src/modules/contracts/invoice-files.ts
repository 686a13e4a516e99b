import type { InvoiceParty, Invoicing } from './api.ts'
import { type Invoice, type InvoiceLine, plainAmount } from './invoice.ts'

const NAMESPACES = [
  'xmlns="urn:oasis:names:specification:ubl:schema:xsd:Invoice-2"',
  'xmlns:cac="urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2"',
  'xmlns:cbc="urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2"',
].join(' ')

/** The invoice as EN 16931 has it, in the syntax UBL 2.1. */
export function invoiceXml(invoice: Invoice): string {
  const { number, issuedOn, dueOn, currency, terms, contract, from, to, lines } = invoice
  const amount = (name: string, minor: number) =>
    `<cbc:${name} currencyID="${currency}">${plainAmount(minor, currency)}</cbc:${name}>`
  const inner = [
    '<cbc:CustomizationID>urn:cen.eu:en16931:2017</cbc:CustomizationID>',
    text('ID', number),
    text('IssueDate', issuedOn),
    text('DueDate', dueOn),
    '<cbc:InvoiceTypeCode>380</cbc:InvoiceTypeCode>',
    text('DocumentCurrencyCode', currency),
    optional('BuyerReference', terms.buyerReference),
    wrapped('cac:InvoicePeriod', text('StartDate', from) + text('EndDate', to)),
    terms.orderReference === null ? '' : wrapped('cac:OrderReference', text('ID', terms.orderReference)),
    wrapped('cac:ContractDocumentReference', text('ID', contract)),
    wrapped('cac:AccountingSupplierParty', partyXml(terms.seller)),
    wrapped('cac:AccountingCustomerParty', partyXml(terms.buyer)),
    wrapped(
      'cac:PaymentMeans',
      '<cbc:PaymentMeansCode>58</cbc:PaymentMeansCode>' +
        wrapped('cac:PayeeFinancialAccount', text('ID', terms.iban ?? '')),
    ),
    wrapped(
      'cac:TaxTotal',
      amount('TaxAmount', invoice.taxMinor) +
        wrapped(
          'cac:TaxSubtotal',
          amount('TaxableAmount', invoice.netMinor) +
            amount('TaxAmount', invoice.taxMinor) +
            taxXml('cac:TaxCategory', terms, true),
        ),
    ),
    wrapped(
      'cac:LegalMonetaryTotal',
      amount('LineExtensionAmount', invoice.netMinor) +
        amount('TaxExclusiveAmount', invoice.netMinor) +
        amount('TaxInclusiveAmount', invoice.grossMinor) +
        amount('PayableAmount', invoice.grossMinor),
    ),
    ...lines.map((line) => lineXml(line, invoice, amount)),
  ]
  return `<?xml version="1.0" encoding="UTF-8"?>\n<Invoice ${NAMESPACES}>${inner.join('')}</Invoice>\n`
}

function lineXml(
  { id, name, quantity, unit, priceMinor, per, amountMinor }: InvoiceLine,
  { terms }: Invoice,
  amount: (name: string, minor: number) => string,
): string {
  const price =
    amount('PriceAmount', priceMinor) +
    (per === 1 ? '' : `<cbc:BaseQuantity unitCode="${unit}">${per}</cbc:BaseQuantity>`)
  return wrapped(
    'cac:InvoiceLine',
    text('ID', id) +
      `<cbc:InvoicedQuantity unitCode="${unit}">${quantity}</cbc:InvoicedQuantity>` +
      amount('LineExtensionAmount', amountMinor) +
      wrapped('cac:Item', text('Name', name) + taxXml('cac:ClassifiedTaxCategory', terms, false)) +
      wrapped('cac:Price', price),
  )
}

function taxXml(
  name: string,
  { taxCategory, taxBp, exemption }: Pick<Invoicing, 'taxCategory' | 'taxBp' | 'exemption'>,
  reasoned: boolean,
): string {
  // What is out of scope has no rate at all (BR-O-05).
  const rate = taxCategory === 'O' ? '' : text('Percent', (taxBp / 100).toFixed(2))
  const why = reasoned && exemption !== null ? text('TaxExemptionReason', exemption) : ''
  return wrapped(name, text('ID', taxCategory) + rate + why + wrapped('cac:TaxScheme', text('ID', 'VAT')))
}

function partyXml({ name, street, city, postCode, country, vatId, email }: InvoiceParty): string {
  const address =
    text('StreetName', street) +
    text('CityName', city) +
    text('PostalZone', postCode) +
    wrapped('cac:Country', text('IdentificationCode', country))
  return wrapped(
    'cac:Party',
    (email === null ? '' : `<cbc:EndpointID schemeID="EM">${escaped(email)}</cbc:EndpointID>`) +
      wrapped('cac:PostalAddress', address) +
      (vatId === null
        ? ''
        : wrapped('cac:PartyTaxScheme', text('CompanyID', vatId) + wrapped('cac:TaxScheme', text('ID', 'VAT')))) +
      wrapped('cac:PartyLegalEntity', text('RegistrationName', name)),
  )
}

function wrapped(name: string, inner: string): string {
  return `<${name}>${inner}</${name}>`
}

function text(name: string, value: string): string {
  return `<cbc:${name}>${escaped(value)}</cbc:${name}>`
}

function optional(name: string, value: string | null): string {
  return value === null ? '' : text(name, value)
}

/** Control characters are in no XML at all, not even escaped. */
function escaped(value: string): string {
  return value
    .replaceAll(/[\p{Cc}\uFFFE\uFFFF]+/gu, ' ')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
}

/** The same lines for a spreadsheet; with a comma as the decimal sign, fields are parted by semicolons. */
export function invoiceCsv(
  { lines, number, contract, currency, from, to }: Invoice,
  decimal: 'point' | 'comma',
): string {
  const [between, sign] = decimal === 'comma' ? [';', ','] : [',', '.']
  const money = (minor: number) => plainAmount(minor, currency).replace('.', sign)
  const head = [
    'invoice',
    'contract',
    'from',
    'to',
    'line',
    'name',
    'quantity',
    'unit',
    'price',
    'per',
    'amount',
    'currency',
  ]
  const rows = lines.map(({ id, name, quantity, unit, priceMinor, per, amountMinor }) => [
    number,
    contract,
    from,
    to,
    id,
    name,
    String(quantity),
    unit,
    money(priceMinor),
    String(per),
    money(amountMinor),
    currency,
  ])
  return `\uFEFF${[head, ...rows].map((row) => row.map(csvField).join(between)).join('\r\n')}\r\n`
}

/** No field is taken for a formula by a spreadsheet: one that begins like it, and is no number, gets an apostrophe. */
function csvField(value: string): string {
  const formula = /^[=+\-@\t\r]/.test(value) && !/^-?\d+([.,]\d+)?$/.test(value)
  return `"${(formula ? `'${value}` : value).replaceAll('"', '""')}"`
}
