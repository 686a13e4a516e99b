import { monthsAfter } from '#core/recurrence.ts'
import {
  addPool,
  addSupplier,
  addSupplierContract,
  callOff,
  importInvoices,
  moveOrder,
  moveSupplier,
} from '#modules/suppliers'
import type { Context } from '#platform/context.ts'
import { type SampleSupplier, suppliers } from '#sample/suppliers.ts'

interface Supplied {
  readonly customer: { readonly id: string; readonly key: string }
  readonly contractId: string
  readonly currency: string
  /** Months that are over, the first of them first. */
  readonly months: readonly string[]
}

/** Which categories of a customer's cost come as invoices of suppliers. */
export function suppliedCategories(customer: string): ReadonlySet<string> {
  return new Set(suppliers.filter((each) => each.customer === customer).map(({ category }) => category))
}

/**
 * The suppliers of a customer: their contracts, capacity and invoices.
 *
 * @param invoices Rows of a file by category: month, amount, reference and words.
 */
export async function writeSuppliers(
  context: Context,
  of: Supplied,
  invoices: ReadonlyMap<string, readonly string[]>,
): Promise<void> {
  for (const sample of suppliers.filter(({ customer }) => customer === of.customer.key))
    await writeSupplier(context, sample, { ...of, rows: invoices.get(sample.category) ?? [] })
}

async function writeSupplier(
  context: Context,
  sample: SampleSupplier,
  { customer, contractId, currency, months, rows }: Supplied & { readonly rows: readonly string[] },
): Promise<void> {
  const { db } = context
  const { name, tier, contact, certifications, exitPlan, number, title, noticeDays, recoveryBp } = sample
  const [first, last] = [months[0] ?? '2026-01', months.at(-1) ?? '2026-01']
  const said = { name, tier, contact, certifications, exitPlan, exitPlanTriedOn: null }
  let supplier = await addSupplier(context, said, { sample: true })
  for (const to of ['onboarding', 'active', ...(sample.watched ? (['watch'] as const) : [])] as const)
    supplier = await moveSupplier(context, supplier.id, supplier.version, to)
  const behind =
    sample.agreement === null
      ? undefined
      : await db
          .selectFrom('agreement')
          .select('id')
          .where('name', '=', sample.agreement)
          .where('customerId', '=', customer.id)
          .executeTakeFirst()
  const { contracts } = await addSupplierContract(context, supplier.id, {
    number,
    title,
    currency,
    customer: customer.id,
    contract: contractId,
    agreement: behind?.id ?? null,
    service: null,
    startsOn: `${first}-01`,
    endsOn: monthsAfter(`${last}-01`, sample.endsAfter + 1),
    noticeDays,
    recoveryBp,
  })
  const agreed = contracts[0]!.id
  // What was accepted of a pool is expected in its month, and invoiced in the one after.
  const invoiced = sample.pool === null ? rows : rows.slice(0, -1).map(inNextMonth)
  if (invoiced.length > 0) {
    const text = ['month,category,amount,reference,description', ...invoiced].join('\n')
    await importInvoices(context, agreed, { text, decimal: 'point' })
  }
  if (sample.pool !== null) await writePool(context, agreed, { pool: sample.pool, months })
}

function inNextMonth(row: string): string {
  return `${monthsAfter(`${row.slice(0, 7)}-01`, 1).slice(0, 7)}${row.slice(7)}`
}

async function writePool(
  context: Context,
  contractId: string,
  { pool, months }: { readonly pool: NonNullable<SampleSupplier['pool']>; readonly months: readonly string[] },
): Promise<void> {
  const { slots, called, unitMinor, ...role } = pool
  const rate = { validFrom: months[0] ?? '2026-01', unitMinor }
  const given = { ...role, unit: 'shift', flexBp: 1000, leadDays: 10, rate } as const
  const { contracts } = await addPool(context, contractId, given)
  const { id } = contracts.flatMap(({ pools }) => pools).find(({ name }) => name === pool.name)!
  for (const [index, month] of months.entries()) {
    const [quantity, accepted] = called.at((index - months.length) % called.length)!
    const ordered = await callOff(context, id, { month, quantity, slots })
    const confirmed = await moveOrder(context, ordered.id, ordered.version, { to: 'confirmed', quantity: null })
    const said = { to: 'delivered', quantity: Math.min(quantity, accepted + 2) } as const
    const delivered = await moveOrder(context, confirmed.id, confirmed.version, said)
    const taken = await moveOrder(context, delivered.id, delivered.version, { to: 'accepted', quantity: accepted })
    // What was accepted last is expected yet; all before it is on an invoice.
    if (index < months.length - 1) await moveOrder(context, taken.id, taken.version, { to: 'invoiced', quantity: null })
  }
  const next = monthsAfter(`${months.at(-1) ?? '2026-01'}-01`, 1).slice(0, 7)
  await callOff(context, id, { month: next, quantity: pool.committed, slots })
}
