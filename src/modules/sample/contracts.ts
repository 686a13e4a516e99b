import { daysAfter, monthsAfter } from '#core/recurrence.ts'
import { localAt } from '#core/zone.ts'
import {
  addContract,
  addLine,
  addObligation,
  addReading,
  draftCharges,
  moveCharges,
  moveContract,
  noticeDue,
  settleDue,
  writeInvoicing,
  writePrivate,
} from '#modules/contracts'
import { addRegime, calculateCredits, disputeCreditOf, moveCredit, noteMiss } from '#modules/credits'
import type { Context } from '#platform/context.ts'
import type { SampleCompany } from '#sample/company.ts'
import { contracts, type SampleContract } from '#sample/contracts.ts'
import { randomOf } from '#sample/random.ts'
import { storiesOf } from '#sample/stories.ts'
import type { Period } from './period.ts'
import { writeChanges } from './changes.ts'
import { writeGrowth } from './growth.ts'
import { writeProfit } from './profit.ts'

interface ContractPlan extends Period {
  /** With the ids that it has in the database. */
  readonly company: SampleCompany
  readonly seed: string
}

/** Writes the contracts, what was charged by them and what missed targets cost. To be called when months are counted. */
export async function writeContracts(context: Context, plan: ContractPlan): Promise<void> {
  for (const contract of contracts) await writeContract(context, plan, contract)
}

async function writeContract(context: Context, plan: ContractPlan, sample: SampleContract): Promise<void> {
  const customer = plan.company.customers.find(({ key }) => key === sample.customer)!
  const monthOf = (instant: number) => new Date(localAt(customer.timeZone, instant)).toISOString().slice(0, 7)
  const [first, now] = [monthOf(plan.from), monthOf(Math.min(plan.to, context.now.getTime()))]
  const startsOn = `${first}-01`
  const { number, title, currency, noticeDays, options, law } = sample
  const terms = {
    endsOn: monthsAfter(`${now}-01`, sample.endsAfter),
    noticeDays,
    options: options.map((option) => ({ ...option, usedOn: null })),
    services: [],
    sites: [],
    governingLaw: law,
    note: null,
    signedOn: daysAfter(startsOn, -40),
  }
  let contract = await addContract(context, { customer: customer.id, number, title, currency, startsOn, terms })
  for (const to of ['signed', 'live'] as const)
    contract = await moveContract(context, contract.id, contract.version, to)
  await writePrivate(context, contract.id, {
    marginTargetBp: sample.marginBp,
    valueMinor: sample.valueMinor,
    note: null,
  })
  const serviceId = (key: string) => plan.company.services.find((service) => service.key === key)!.id
  await writeObligations(context, contract.id, sample, now)
  await writeInvoicing(context, contract.id, sample.invoicing)

  const random = randomOf(`${plan.seed}/contracts/${sample.customer}`)
  const months: string[] = []
  for (let month = first; month < now; month = monthsAfter(`${month}-01`, 1).slice(0, 7)) months.push(month)
  for (const { name, unit, service, terms: price, around } of sample.lines) {
    const asked = {
      name,
      unit,
      service: service === null ? null : serviceId(service),
      validFrom: first,
      terms: price as never,
    }
    const { id } = await addLine(context, contract.id, asked)
    if (around === null) continue
    for (const month of months) {
      const countedAt = new Date(`${daysAfter(monthsAfter(`${month}-01`, 1), -1)}T18:00:00Z`)
      const quantity = Math.max(0, Math.round(around[0] + random.normal() * around[1]))
      await addReading(context, id, {
        month,
        quantity,
        countedAt,
        source:
          customer.language === 'de'
            ? unit === null
              ? 'Reisekostenbelege'
              : 'Gerätebestand'
            : unit === null
              ? 'Travel receipts'
              : 'Inventory',
      })
    }
  }
  const sources = Object.fromEntries(
    Object.entries(sample.sources).map(([level, source]) => [
      level,
      'priority' in source
        ? ({ of: 'attainment', metric: 'resolution', priority: source.priority, service: null } as const)
        : ({ of: 'availability', service: serviceId(source.service) } as const),
    ]),
  )
  await addRegime(context, contract.id, { validFrom: first, terms: sample.regime as never, sources })
  await noteCause(context, contract.id, plan, sample)
  // What a credit is reckoned from are the prices; what becomes of it is written with its month.
  const last = months.at(-1)
  const credits = last === undefined ? [] : await calculateCredits(context, contract.id, last)
  const latest = credits.findLast(({ amountMinor }) => amountMinor > 0)
  for (const [index, credit] of credits.entries()) {
    await writeCharges(context, contract.id, credit.month, months.length - index)
    await writeCredit(context, credit, { isLatest: credit.id === latest?.id, dispute: sample.dispute })
  }
  await writeChanges(context, contract.id, sample)
  await writeProfit(context, contract.id, { sample, customerId: customer.id, seed: plan.seed, months })
  await writeGrowth(context, { customer: { id: customer.id, key: sample.customer }, contractId: contract.id, currency })
}

/** One cause of the month in which a story made two levels miss: it costs once. */
async function noteCause(
  context: Context,
  contractId: string,
  plan: ContractPlan,
  { customer, oneCause }: SampleContract,
): Promise<void> {
  const story = storiesOf(plan.from, plan.to).find(({ key }) => key === 'roaming')
  if (story === undefined || oneCause === null) return
  const { timeZone } = plan.company.customers.find(({ key }) => key === customer)!
  const month = new Date(localAt(timeZone, story.from)).toISOString().slice(0, 7)
  for (const level of oneCause.levels)
    await noteMiss(context, contractId, { month, level, cause: oneCause.cause, claimedOn: null })
}

/** What became of duties: ours were done, of the customer's the last is still owed. */
async function writeObligations(
  context: Context,
  contractId: string,
  { obligations }: SampleContract,
  now: string,
): Promise<void> {
  for (const { text, clause, party, rule, day, consequence, evidence, notice } of obligations) {
    const firstOn = `${monthsAfter(`${now}-01`, -4).slice(0, 7)}-${String(day).padStart(2, '0')}`
    const asked = { text, clause, party, rule, firstOn, consequence, evidenceNeeded: party === 'provider' }
    const { id, dues } = await addObligation(context, contractId, asked)
    const past = dues.filter(({ state }) => state === 'late')
    const done = party === 'provider' ? past : past.slice(0, -1)
    // On the day before, when nobody had to ask for it yet.
    for (const { dueOn } of done)
      await settleDue({ ...context, now: new Date(`${daysAfter(dueOn, -1)}T10:00Z`) }, id, {
        dueOn,
        outcome: 'fulfilled',
        evidence: evidence ?? null,
      })
    // What the customer owes and has not done was told to them: it may excuse a miss later.
    if (notice === undefined) continue
    for (const { dueOn } of past.slice(done.length))
      await noticeDue({ ...context, now: new Date(`${daysAfter(dueOn, 2)}T08:00Z`) }, id, { dueOn, notice })
  }
}

/** What a month costs, as it is by now: long ago paid, lately invoiced, the last one reviewed and not agreed yet. */
async function writeCharges(context: Context, contractId: string, month: string, ago: number): Promise<void> {
  await draftCharges(context, contractId, month)
  for (const to of ['reviewed', ...(ago > 1 ? ['agreed', 'invoiced'] : []), ...(ago > 2 ? ['paid'] : [])] as const)
    await moveCharges(context, contractId, { month, to: to as 'reviewed' })
}

/** What became of a credit: the customer has not answered to the latest yet, the others were taken off. */
async function writeCredit(
  context: Context,
  credit: Awaited<ReturnType<typeof calculateCredits>>[number],
  { isLatest, dispute }: Pick<SampleContract, 'dispute'> & { readonly isLatest: boolean },
): Promise<void> {
  const settled = isLatest ? [] : credit.amountMinor > 0 ? ['agreed', 'applied'] : ['agreed']
  let { version } = credit
  for (const to of ['internal-review', 'notified', ...settled])
    version = (await moveCredit(context, credit.id, version, to as 'agreed')).version
  if (!isLatest || dispute === null) return
  const here = <Result>(work: (context: Context) => Promise<Result>) => work(context)
  const door = {
    inTransaction: <Result>(_: unknown, work: (of: Context) => Promise<Result>) => here(work),
    asProgram: here,
  }
  await disputeCreditOf(door, credit.id, { ...dispute, amountMinor: 2 * credit.amountMinor })
}
