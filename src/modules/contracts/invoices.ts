import { sql } from 'kysely'
import { refused } from '#core/failure.ts'
import { monthName } from '#core/month-text.ts'
import { barredFromCharges, barredFromContracting, require } from '#core/may.ts'
import { daysAfter, monthsAfter } from '#core/recurrence.ts'
import { speaker } from '#core/text.ts'
import type { Context, Db } from '#platform/context.ts'
import { audit } from '#platform/history.ts'
import type { FileReply } from '#platform/http.ts'
import de from '../../locales/de/contracts.json' with { type: 'json' }
import en from '../../locales/en/contracts.json' with { type: 'json' }
import type { Charge, Invoicing } from './api.ts'
import { listCharges } from './charges.ts'
import { invoiceCsv, invoiceXml } from './invoice-files.ts'
import { type Invoice, invoiceFaults, linesOfInvoice, totalsOf } from './invoice.ts'
import { lockContract, requireContract, todayOf } from './queries.ts'

const say = speaker({ en, de })

async function invoicingOf(db: Db, contractId: string): Promise<Invoicing | null> {
  const row = await db
    .selectFrom('contractInvoicing')
    .select(sql<Invoicing>`terms`.as('terms'))
    .where('contractId', '=', contractId)
    .executeTakeFirst()
  return row?.terms ?? null
}

export async function readInvoicing(
  { db, actor }: Context,
  contractId: string,
): Promise<{ invoicing: Invoicing | null }> {
  require(barredFromCharges(actor))
  await requireContract(db, contractId)
  return { invoicing: await invoicingOf(db, contractId) }
}

export async function writeInvoicing(
  context: Context,
  contractId: string,
  invoicing: Invoicing,
): Promise<{ invoicing: Invoicing }> {
  require(barredFromContracting(context.actor))
  const { db } = context
  const { customerId } = await lockContract(db, contractId)
  const terms = JSON.stringify(invoicing)
  await db
    .insertInto('contractInvoicing')
    .values({ contractId, customerId, terms })
    .onConflict((conflict) =>
      conflict.column('contractId').doUpdateSet({ terms, version: sql`contract_invoicing.version + 1` }),
    )
    .execute()
  await audit(context, { action: 'contract.invoicing', subjectType: 'contract', subjectId: contractId, customerId })
  return { invoicing }
}

interface Asked {
  readonly format: 'xml' | 'csv'
  readonly decimal: 'point' | 'comma'
}

const INVOICED: readonly Charge['state'][] = ['agreed', 'invoiced', 'paid']

/** What was agreed of a month as invoice data. What breaks a rule of EN 16931 is refused, and which. */
export async function invoiceFile(
  context: Context,
  contractId: string,
  month: string,
  { format, decimal }: Asked,
): Promise<FileReply> {
  require(barredFromCharges(context.actor))
  const { db, now, actor } = context
  const { number, currency, timeZone } = await requireContract(db, contractId)
  const [charges] = await listCharges(context, contractId, { month })
  if (charges === undefined || !charges.items.every(({ state }) => INVOICED.includes(state)))
    throw refused('invoice.not-agreed', { month })
  const terms = await invoicingOf(db, contractId)
  if (terms === null) throw refused('invoice.no-terms')
  const credit = (of: string, about: string) =>
    say(actor.language, 'invoice.credit', { month: monthName(actor.language, of), about }).trim()
  const lines = linesOfInvoice(charges.items, ({ kind, name, about }) =>
    kind === 'credit' ? credit(name, about ?? '') : name,
  )
  const issuedOn = todayOf(timeZone, now)
  const invoice: Invoice = {
    number: `${number}/${month}`,
    contract: number,
    currency,
    issuedOn,
    dueOn: daysAfter(issuedOn, terms.paymentDays),
    from: `${month}-01`,
    to: daysAfter(monthsAfter(`${month}-01`, 1), -1),
    terms,
    lines,
    ...totalsOf(lines, terms),
  }
  const faults = invoiceFaults(invoice)
  if (faults.length > 0) {
    const rules = faults.map((fault) => say(actor.language, `invoice-fault.${fault}`)).join(' ')
    throw refused('invoice.faulty', { rules })
  }
  const name = `${invoice.number.replaceAll(/[^\w.-]+/g, '-')}.${format}`
  return format === 'xml'
    ? { file: Buffer.from(invoiceXml(invoice)), type: 'application/xml; charset=utf-8', name }
    : { file: Buffer.from(invoiceCsv(invoice, decimal)), type: 'text/csv; charset=utf-8', name }
}
