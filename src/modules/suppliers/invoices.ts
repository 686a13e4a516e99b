import { invalid, refused } from '#core/failure.ts'
import { newId } from '#core/id.ts'
import { barredFromContracting, require } from '#core/may.ts'
import { requireLinesOpen } from '#modules/contracts'
import { postCosts } from '#modules/margin'
import { amountLines } from '#platform/amount-file.ts'
import type { Context } from '#platform/context.ts'
import { audit } from '#platform/history.ts'
import { invoiceCategories, type NewInvoiceImport, type SupplierInvoice } from './api.ts'
import { requireSupplierContract } from './queries.ts'

type Category = SupplierInvoice['category']

/**
 * Takes in invoices of a supplier, all or none, and posts them in the contract that they cost. What was taken in before is
 * known by its reference; an invoice that says something else now is refused.
 */
export async function importInvoices(
  context: Context,
  contractId: string,
  { text, decimal }: NewInvoiceImport,
): Promise<{ taken: number; known: number }> {
  require(barredFromContracting(context.actor))
  const { db, now } = context
  const of = await requireSupplierContract(db, contractId)
  const { supplierId, customerId, currency } = of
  const lines = amountLines(text, { decimal, currency, columns: [] }).map(({ columns, ...line }) => {
    const category = columns.category === undefined || columns.category === '' ? 'supplier' : columns.category
    if (!(invoiceCategories as readonly string[]).includes(category))
      throw invalid('supplier-invoice.category', { line: line.line, category })
    return { ...line, category: category as Category }
  })
  if (lines.length === 0) throw invalid('cost-import.unreadable')
  const references = lines.map(({ reference }) => reference)
  const before = await db
    .selectFrom('supplierInvoice')
    .select(['reference', 'month', 'amountMinor', 'category', 'supplierContractId'])
    .where('supplierId', '=', supplierId)
    .where('reference', 'in', references)
    .execute()
  const known = new Map(before.map((row) => [row.reference, row]))
  const fresh = lines.filter(({ line, reference, month, amountMinor, category }) => {
    const there = known.get(reference)
    if (there === undefined) return true
    const isSame =
      there.month === `${month}-01` &&
      there.amountMinor === amountMinor &&
      there.category === category &&
      there.supplierContractId === of.id
    if (!isSame) throw refused('cost-import.changed', { line, reference })
    return false
  })
  await requireLinesOpen(db, customerId, fresh)
  if (fresh.length > 0) {
    const rows = fresh.map(({ line: _line, currency: _currency, month, ...each }) => ({
      id: newId(now.getTime()),
      supplierId,
      supplierContractId: of.id,
      customerId,
      month: `${month}-01`,
      ...each,
      takenAt: now,
    }))
    await db.insertInto('supplierInvoice').values(rows).execute()
    if (of.contractId !== null) {
      const posted = fresh.map(({ currency: _currency, ...each }) => ({
        ...each,
        reference: `${of.number} ${each.reference}`.slice(0, 120),
        serviceId: of.serviceId,
      }))
      await postCosts(context, of.contractId, posted)
    }
  }
  const about = { subjectType: 'supplier', subjectId: supplierId, customerId, facts: { taken: fresh.length } }
  await audit(context, { action: 'supplier-invoices.taken', ...about })
  return { taken: fresh.length, known: lines.length - fresh.length }
}

export async function listInvoices(
  { db, actor }: Context,
  contractId: string,
  { month }: { readonly month?: string | undefined },
): Promise<SupplierInvoice[]> {
  if (actor.access !== 'auditor') require(barredFromContracting(actor))
  const { id } = await requireSupplierContract(db, contractId)
  const rows = await db
    .selectFrom('supplierInvoice')
    .select(['id', 'month', 'reference', 'category', 'amountMinor', 'description'])
    .where('supplierContractId', '=', id)
    .$if(month !== undefined, (query) => query.where('month', '=', `${month}-01`))
    .orderBy('month', 'desc')
    .orderBy('reference')
    .limit(500)
    .execute()
  return rows.map((row) => ({ ...row, month: row.month.slice(0, 7), category: row.category as Category }))
}
