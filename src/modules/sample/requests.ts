import { newId } from '#core/id.ts'
import { addCatalogueItem, readOrderable, transitCatalogueItem } from '#modules/catalogue'
import { addSearches } from '#modules/portal'
import { applyDecision, applyMove, insertRequest, lockRequest, stepTask } from '#modules/requests'
import { type Context, type Db, system } from '#platform/context.ts'
import { transaction } from '#platform/database.ts'
import { type Fate, fates, items, vainSearches } from '#sample/catalogue.ts'
import type { SampleCompany } from '#sample/company.ts'

interface RequestPlan {
  /** With the ids that it has in the database. */
  readonly company: SampleCompany
  readonly tickets: number
  readonly now: Date
}

const REQUESTS_AT_MOST = 52
/** So many tickets come with one request. */
const TICKETS_EACH = 40
const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS

/** Writes what can be ordered, and what was ordered in the last months, through the doors of those who own it. */
export async function writeRequests(db: Db, { company, tickets, now }: RequestPlan): Promise<void> {
  const at = (moment: Date, personId: string | null, db2: Db): Context => ({
    db: db2,
    actor: { ...system, personId },
    now: moment,
    requestId: newId(moment.getTime()),
    listeners: {},
    enqueue: async () => undefined,
  })
  const act = async <Result>(moment: Date, personId: string | null, work: (context: Context) => Promise<Result>) =>
    transaction(db, system, 'read write', (tx) => work(at(moment < now ? moment : now, personId, tx)))

  const customers = new Map(company.customers.map(({ key, id }) => [key, id]))
  const teams = new Map(company.teams.map(({ key, id }) => [key as string, id]))
  const services = new Map(company.services.map(({ key, id }) => [key as string, id]))
  const offered: string[] = []
  for (const { customer, service, name, description, synonyms, price, approved, fields, plan } of items) {
    offered.push(
      await act(new Date(now.getTime() - 190 * DAY_MS), null, async (context) => {
        const { id } = await addCatalogueItem(context, {
          customer: customers.get(customer)!,
          service: services.get(service)!,
          sites: [],
          roles: [],
          name: { ...name },
          description: { ...description },
          synonyms: { de: [...synonyms.de], en: [...synonyms.en] },
          price: price === null ? null : { amountMinor: price, currency: 'EUR' },
          fields: fields.map(({ options, when, ...field }) => ({
            ...field,
            label: { ...field.label },
            purpose: { ...field.purpose },
            options: options.map(({ value, de, en }) => ({ value, label: { de, en } })),
            when: when === null ? null : { field: when.field, is: [...when.is] },
          })),
          approval: stepsOf(approved),
          plan: plan.map(({ title, team, stage, hours, uses }) => ({
            kind: team === null ? ('call' as const) : ('people' as const),
            title: { ...title },
            team: team === null ? null : teams.get(team)!,
            stage,
            seconds: hours * 3600,
            uses: [...uses],
            url: team === null ? 'https://provisioning.example/orders' : null,
          })),
        })
        await transitCatalogueItem(context, id, 'published')
        return id
      }),
    )
  }

  const people = company.requesters.filter(({ customer }) => customer === 'NHL')
  const sites = company.sites.filter(({ customer }) => customer === 'NHL')
  const customerId = customers.get('NHL')!
  const count = Math.min(REQUESTS_AT_MOST, Math.floor(tickets / TICKETS_EACH))
  for (let index = 0; index < count && people.length > 1; index++) {
    const fate = fates[index % fates.length]!
    // What a program does is done or has failed; the others take people their time.
    const itemIndex =
      fate === 'failed'
        ? 1
        : fate === 'under-way'
          ? 0
          : fate === 'waiting' || fate === 'rejected'
            ? (index % 2) * 2
            : index % 3
    const person = people[index % people.length]!.id
    // What is open was ordered lately, what is over lies further back.
    const days = isOpen(fate) ? (index % 3) + 1 : 9 + ((index * 11) % 160)
    const ordered = new Date(now.getTime() - days * DAY_MS - (index % 5) * HOUR_MS)
    const order = {
      item: offered[itemIndex]!,
      draft: fate === 'draft',
      answers: answersOf(itemIndex, index),
    }
    const id = await act(ordered, person, async (context) =>
      insertRequest(context, {
        item: await readOrderable(context, order.item),
        customerId,
        siteId: sites[index % sites.length]?.id ?? null,
        order,
      }),
    )
    await live({
      act,
      id,
      fate,
      ordered,
      person,
      deciders: { customer: people[(index + 1) % people.length]!.id, provider: company.staff[0]!.id },
      slow: index % 4,
    })
  }
  const day = new Date(now.getTime() - 3 * DAY_MS).toISOString().slice(0, 10)
  await act(now, null, async (context) => {
    for (const [words, times] of vainSearches) await addSearches(context, { customerId, day, words, times })
    await addSearches(context, { customerId, day, words: null, times: 40 })
  })
}

function stepsOf(approved: (typeof items)[number]['approved']) {
  const stakeholders = { by: 'customer-stakeholder' as const, person: null, from: null }
  if (approved === 'never') return []
  return approved === 'by-customer'
    ? [stakeholders]
    : [stakeholders, { by: 'service-manager' as const, person: null, from: 100_000 }]
}

function answersOf(item: number, index: number): Record<string, string | boolean> {
  if (item === 1) return { address: `dock-${index}@nordhafen.example` }
  if (item === 2) return { from: '2026-01-12' }
  const model = index % 3 === 0 ? 'strong' : 'light'
  return { model, 'cost-centre': String(4000 + index), ...(model === 'strong' && { docking: true }) }
}

function isOpen(fate: Fate): boolean {
  return ['waiting', 'under-way', 'failed', 'draft', 'delivered'].includes(fate)
}

interface Life {
  readonly act: <Result>(
    moment: Date,
    personId: string | null,
    work: (context: Context) => Promise<Result>,
  ) => Promise<Result>
  readonly id: string
  readonly fate: Fate
  readonly ordered: Date
  readonly person: string
  /** Who decides for the customer, and who for us. */
  readonly deciders: { readonly customer: string; readonly provider: string }
  /** 0 to 3: how long it lies. */
  readonly slow: number
}

/** Lets a request become what it is to become. */
async function live({ act, id, fate, ordered, person, deciders, slow }: Life): Promise<void> {
  if (fate === 'draft' || fate === 'waiting') return
  const after = (hours: number) => new Date(ordered.getTime() + hours * HOUR_MS)
  if (fate === 'cancelled') {
    await act(after(2), person, (context) => applyMove(context, id, { to: 'cancelled' }))
    return
  }
  for (let asked = await waitingApproval(id, act, ordered), hours = 3 + 5 * slow; asked !== null; hours += 4) {
    const decision = fate === 'rejected' ? ('rejected' as const) : ('approved' as const)
    const note = decision === 'rejected' ? 'Erst im nächsten Quartal' : undefined
    const { id: approval, by } = asked
    const decider = by === 'service-manager' ? deciders.provider : deciders.customer
    await act(after(hours), decider, (context) => applyDecision(context, id, approval, { decision, note }))
    if (decision === 'rejected') return
    asked = await waitingApproval(id, act, after(hours))
  }
  let hours = 12 + 6 * slow
  for (let task = await openTask(id, act, after(hours)); task !== null; hours += 3 + slow) {
    const { id: taskId, kind, stage } = task
    if (fate === 'failed' && kind === 'call') {
      const failed = { to: 'failed' as const, result: 'HTTP 503' }
      await act(after(hours), null, async (context) =>
        stepTask(context, await lockRequest(context, id), taskId, failed),
      )
      return
    }
    // Of what is under way the last step is still to come.
    if (fate === 'under-way' && (stage > 1 || kind === 'call')) return
    const done = { to: 'done' as const, ...(stage === 1 && kind === 'people' && { result: 'Erledigt' }) }
    await act(after(hours), null, async (context) => stepTask(context, await lockRequest(context, id), taskId, done))
    if (fate === 'under-way') return
    task = await openTask(id, act, after(hours))
  }
  if (fate === 'confirmed' || fate === 'closed') {
    await act(after(hours + 20), person, (context) => applyMove(context, id, { to: 'confirmed' }))
  }
  if (fate === 'closed') await act(after(hours + 70), null, (context) => applyMove(context, id, { to: 'closed' }))
}

async function waitingApproval(requestId: string, act: Life['act'], moment: Date) {
  return act(moment, null, async ({ db }) => {
    const row = await db
      .selectFrom('requestApproval')
      .select(['id', 'by'])
      .where('requestId', '=', requestId)
      .where('state', '=', 'waiting')
      .executeTakeFirst()
    return row ?? null
  })
}

async function openTask(requestId: string, act: Life['act'], moment: Date) {
  return act(moment, null, async ({ db }) => {
    const row = await db
      .selectFrom('requestTask')
      .select(['id', 'kind', 'stage'])
      .where('requestId', '=', requestId)
      .where('state', 'in', ['open', 'started'])
      .orderBy('position')
      .executeTakeFirst()
    return row ?? null
  })
}
